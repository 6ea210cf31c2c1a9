import type { CrmAccess } from '../../core/crm.ts';
import { UserError } from '../../core/errors.ts';
import type { ProviderAccount, ProviderName } from '../../core/mailing-provider.ts';
import type { CrmCredentials, OutsideSystems } from '../../core/outside-systems.ts';
import { providerOfKey } from '../../core/provider-of-key.ts';
import type { Secret } from '../../core/secret.ts';
import { checkCrm } from './check-crm.ts';
import { checkProvider } from './check-provider.ts';
import type { ConnectionInSetUp } from './connection-registry.ts';
import { isSameCustomer } from './is-same-customer.ts';

/** New keys of a connection, as far as they change. `provider`: whose the person says `apiKey` is. */
export type NewKeys = {
  crm: CrmCredentials | undefined;
  provider?: ProviderName | undefined;
  apiKey: Secret | undefined;
};

/** What the new keys were found to open; to be stored together with them. */
export type RenewedKeys = NewKeys & { access: CrmAccess | undefined; account: ProviderAccount | undefined };

const PROVIDER_TITLES: Readonly<Record<ProviderName, string>> = { mailchimp: 'Mailchimp', brevo: 'Brevo' };

/**
 * Checks new keys of a connection (F6): they must open the same customer's CRM and the same account, or everything that was
 * learned would be about somebody else.
 *
 * @throws ProviderError when a key is refused
 * @throws UserError 409 `connection.provider_fixed` or `connection.same_account`
 */
export async function renewKeys(
  systems: OutsideSystems,
  { connection, store, credentials }: ConnectionInSetUp,
  keys: NewKeys,
): Promise<RenewedKeys> {
  const named = [keys.provider, keys.apiKey && providerOfKey(keys.apiKey.reveal())];
  if (named.some((provider) => provider !== undefined && provider !== connection.provider)) {
    const params = { provider: PROVIDER_TITLES[connection.provider] };
    throw new UserError({ code: 'connection.provider_fixed', status: 409, field: 'apiKey', params });
  }
  const access = keys.crm && (await checkCrm(systems, keys.crm));
  if (keys.crm && keys.crm.token.reveal() !== credentials.crm.token.reveal()) {
    if (!(await isSameCustomer(systems, store, keys.crm))) {
      throw new UserError({ code: 'connection.same_account', status: 409, field: 'crm' });
    }
  }
  const account = keys.apiKey && (await checkProvider(systems, connection.provider, keys.apiKey)).account;
  if (account && account.accountId !== connection.accountId) {
    throw new UserError({ code: 'connection.same_account', status: 409, field: 'apiKey' });
  }
  return { ...keys, access, account };
}
