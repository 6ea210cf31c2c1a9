import { mainEmail } from '../../simulators/onoffice/entities.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { ownAudience } from '../own-audience.ts';
import type { Stage } from '../stage.ts';
import { activeMembers, isForgotten, LEFT_ALONE, readersInCrm, readShown } from './read-standing.ts';

/** Reasons under which somebody else with the same address is the active member. */
const OF_ANOTHER = new Set(['duplicate_email']);

/**
 * Section 7, M9, M15, M17, M18, by what the simulators hold: whoever says Yes and is shown without a reason gets mail, whoever is
 * shown with one does not; and nobody is a member through us whose contact does not say Yes.
 *
 * @param what.isCompared everything was just compared: whoever was deleted for good is found by that at the latest (F2)
 * @returns what is wrong, in sentences
 */
export async function checkAgreement(stage: Stage, { isCompared }: { isCompared: boolean }): Promise<string[]> {
  const problems: string[] = [];
  const readers = readersInCrm(stage);
  for (const connection of stage.world.connections) {
    const { provider } = connection;
    const shown = await readShown(stage, connection);
    const active = new Map(activeMembers(stage, provider).map((member) => [member.email, member]));
    for (const { id, email } of readers) {
      const reason = shown.contacts.get(id);
      if (shown.held.has(email)) continue;
      if (reason === undefined && !active.has(email) && (isCompared || isKnown(stage, provider, email)))
        problems.push(
          `agreement: contact ${id} says Yes and is no member as ${email} at ${provider}, without a reason`,
        );
      if (reason !== undefined && !OF_ANOTHER.has(reason) && active.has(email))
        problems.push(`agreement: contact ${id} is shown as ${reason} and is a member as ${email} at ${provider}`);
    }
    for (const { email, raisedBy, raisedAt } of active.values()) {
      const isExplained = readers.some((reader) => reader.email === email);
      if (raisedBy !== 'us' || isExplained || shown.held.has(email)) continue;
      // A value of the customer's own says nothing to us: the member stays and is counted (R5).
      if (shown.members.get(email) === 'member_of_unreadable_contact' && hasOwnValue(stage, email)) continue;
      // Whose mail came back at the other provider is left and counted (R6).
      const isCounted = shown.members.get(email) === 'member_of_undeliverable_contact';
      if (isCounted && stage.world.connections.length > 1) continue;
      // A backup of before knows nothing of the raise, nor of the Yes that it rested on: it is somebody's, and asked (R1, F9), or
      // left alone where the contact is none by now that the rules treat (R5).
      const reason = shown.members.get(email) ?? '';
      if (stage.restoredAt > 0 && reason === 'resubscribed_elsewhere') continue;
      if (isForgotten(stage, raisedAt) && LEFT_ALONE.test(reason)) continue;
      problems.push(
        `agreement: ${email} is a member at ${provider} through us, and no contact says Yes (shown as ${shown.members.get(email) ?? 'fine'})`,
      );
    }
  }
  return problems;
}

function hasOwnValue({ world }: Stage, email: string): boolean {
  return [...world.crm.store.addresses.values()].some(
    (record) => record.values.newsletter_aktiv === '9' && mainEmail(record).trim().toLowerCase() === email,
  );
}

function isKnown({ world }: Stage, provider: ProviderName, email: string): boolean {
  return provider === 'brevo'
    ? world.brevo.account.contacts.byEmail(email) !== undefined
    : ownAudience(world.mailchimp).members.find(email) !== undefined;
}
