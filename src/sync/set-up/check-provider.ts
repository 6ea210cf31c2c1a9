import type { ProviderAccount, ProviderName } from '../../core/mailing-provider.ts';
import type { OutsideSystems } from '../../core/outside-systems.ts';
import type { Secret } from '../../core/secret.ts';

/** Name of the audience that is found or made (M2). */
export const AUDIENCE_NAME = 'onoffice';

/** A provider's account with what becomes of the audience `onoffice`. */
export type CheckedProvider = { account: ProviderAccount; onofficeAudience: 'found' | 'will-be-created' | 'no-room' };

/** Checks a provider's key (M1) and tells whether there is room for the audience (M2); nothing is created. */
export async function checkProvider(
  systems: OutsideSystems,
  name: ProviderName,
  apiKey: Secret,
): Promise<CheckedProvider> {
  const account = await systems.provider(name, apiKey).reads.checkAccount();
  const isThere = account.audiences.some((audience) => audience.name === AUDIENCE_NAME);
  const onofficeAudience = isThere ? 'found' : account.mayCreateAudience ? 'will-be-created' : 'no-room';
  return { account, onofficeAudience };
}
