import type { AudienceChoice, Connection } from '../../core/connection.ts';
import { UserError } from '../../core/errors.ts';
import type { Audience, ProviderAccount, ProviderName } from '../../core/mailing-provider.ts';
import { AUDIENCE_NAME } from './check-provider.ts';

/** Where the members go: an audience that is there, or one that has to be made. */
export type ChosenAudience = { audience: Audience } | { audience: undefined };

/**
 * Finds the chosen audience (M2) and makes sure that no other connection writes to it. Nothing is created.
 *
 * @param others the account's other connections
 * @throws UserError `settings.audience_unknown`, `connection.audience_in_use`, `<provider>.no_room_for_audience`
 */
export function chooseAudience(
  provider: ProviderName,
  account: ProviderAccount,
  choice: AudienceChoice,
  others: readonly Connection[],
): ChosenAudience {
  const audience =
    choice.choice === 'existing'
      ? account.audiences.find(({ id }) => id === choice.id)
      : account.audiences.find(({ name }) => name === AUDIENCE_NAME);
  if (!audience && choice.choice === 'existing') {
    throw new UserError({ code: 'settings.audience_unknown', field: 'audience' });
  }
  if (others.some((other) => isUsedBy(other, choice, audience))) {
    throw new UserError({ code: 'connection.audience_in_use', status: 409, field: 'audience' });
  }
  if (!audience && !account.mayCreateAudience) {
    throw new UserError({ code: `${provider}.no_room_for_audience`, status: 422, field: 'audience' });
  }
  return { audience };
}

function isUsedBy(other: Connection, choice: AudienceChoice, audience: Audience | undefined): boolean {
  if (other.audienceId !== null) return other.audienceId === audience?.id;
  // Its set-up has not got so far; what it asked for is taken all the same.
  const asked = other.settings.audience;
  if (asked.choice === 'existing') return asked.id === audience?.id;
  return choice.choice === 'onoffice' || audience?.name === AUDIENCE_NAME;
}
