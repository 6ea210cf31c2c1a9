import { ProviderError } from '../../core/errors.ts';
import type { Audience, ProviderAccount } from '../../core/mailing-provider.ts';
import { withMeaning } from './errors.ts';
import type { FieldLanguage } from './field-names.ts';
import { MAILCHIMP_LIMITS, TIMEOUT_MS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import {
  ACCOUNT_FIELDS,
  AccountAnswer,
  AUDIENCE_LIST_FIELDS,
  AudienceAnswer,
  AudienceListAnswer,
  type Constraints,
  ConstraintsAnswer,
} from './schema.ts';

/** Stands in for what the Mailchimp account itself does not say; Mailchimp asks for it with every audience. */
export type AudienceDefaults = {
  company: string;
  address1: string;
  city: string;
  zip: string;
  /** two letters, e.g. `DE` */
  country: string;
  fromName: string;
  fromEmail: string;
};

const PERMISSION_REMINDER: Readonly<Record<FieldLanguage, string>> = {
  de: 'Sie erhalten diese E-Mail, weil Sie unseren Newsletter bestellt haben.',
  en: 'You receive this e-mail because you subscribed to our newsletter.',
  es: 'Recibe este correo porque se suscribió a nuestro boletín.',
  it: 'Riceve questa e-mail perché si è iscritto alla nostra newsletter.',
  fr: 'Vous recevez cet e-mail parce que vous êtes abonné à notre newsletter.',
};

/**
 * What the last check found, for the one creation that follows it: set-up has a dozen calls in all (product, section 9). Used
 * once, because a creation changes it.
 */
const justChecked = new WeakMap<MailchimpClient, { account: AccountAnswer; constraints: Constraints }>();

/** Reads account and audiences (M1). Two calls. */
export async function checkAccount(client: MailchimpClient): Promise<ProviderAccount> {
  const account = await readAccount(client);
  const { lists, constraints } = await client.ask(
    {
      method: 'GET',
      route: '/lists',
      query: { count: MAILCHIMP_LIMITS.rowsPerPage, fields: AUDIENCE_LIST_FIELDS },
      timeoutMs: TIMEOUT_MS.page,
    },
    AudienceListAnswer,
  );
  justChecked.set(client, { account, constraints });
  return {
    accountId: account.account_id,
    name: account.account_name,
    plan: account.pricing_plan_type,
    isPaidPlan: account.pricing_plan_type !== 'forever_free',
    audiences: lists.map(toAudience),
    mayCreateAudience: hasRoom(constraints),
  };
}

/**
 * Creates an audience with the account's own contact details (M2). Not repeated when the answer is lost: the caller looks
 * for the name again.
 *
 * @throws ProviderError code `mailchimp.no_room_for_audience`, before anything is created where Mailchimp says so
 */
export async function createAudience(
  client: MailchimpClient,
  name: string,
  language: FieldLanguage,
  defaults: Partial<AudienceDefaults>,
): Promise<Audience> {
  const { account, constraints } = justChecked.get(client) ?? (await readAccountAndRoom(client));
  justChecked.delete(client);
  if (!hasRoom(constraints))
    throw new ProviderError({ system: 'mailchimp', kind: 'forbidden', code: 'mailchimp.no_room_for_audience' });
  const { contact } = account;
  const company = contact.company || account.account_name || defaults.company || '';
  const creating = client.ask(
    {
      method: 'POST',
      route: '/lists',
      body: {
        name,
        // State and zip are not asked for by the description but were by the service: always sent.
        contact: {
          company,
          address1: contact.addr1 || defaults.address1 || '',
          address2: contact.addr2,
          city: contact.city || defaults.city || '',
          state: contact.state,
          zip: contact.zip || defaults.zip || '',
          // Mailchimp takes an invalid country for the United States.
          country: contact.country || defaults.country || 'DE',
          phone: '',
        },
        permission_reminder: PERMISSION_REMINDER[language],
        campaign_defaults: {
          from_name: defaults.fromName || company,
          from_email: defaults.fromEmail || account.email,
          subject: '',
          language,
        },
        email_type_option: false,
        double_optin: false,
        marketing_permissions: false,
      },
      timeoutMs: TIMEOUT_MS.page,
    },
    AudienceAnswer,
  );
  const made = await withMeaning(creating, {
    rejected: { kind: 'misconfigured', code: 'mailchimp.audience_refused' },
    // The one thing that this call answers "you may not" to is a plan whose audiences are used up.
    forbidden: { kind: 'forbidden', code: 'mailchimp.no_room_for_audience' },
  });
  return toAudience(made);
}

function readAccount(client: MailchimpClient): Promise<AccountAnswer> {
  return client.ask({ method: 'GET', route: '/', query: { fields: ACCOUNT_FIELDS } }, AccountAnswer);
}

async function readAccountAndRoom(client: MailchimpClient) {
  const { constraints } = await client.ask(
    { method: 'GET', route: '/lists', query: { count: 1, fields: 'constraints' } },
    ConstraintsAnswer,
  );
  return { constraints, account: await readAccount(client) };
}

function hasRoom({ may_create, max_instances, current_total_instances }: Constraints): boolean {
  return may_create && (max_instances === -1 || current_total_instances < max_instances);
}

function toAudience({ id, name, stats }: AudienceAnswer): Audience {
  return { id, name, memberCount: stats.member_count };
}
