import type { Saying } from '../happening.ts';
import type { History } from '../history.ts';
import { eligibleHolders, mainsAt } from '../holders.ts';
import { sayingsOf } from '../sayings.ts';
import type { Stage } from '../stage.ts';
import { activeMembers, isForgotten, LEFT_ALONE, ownRaisesSince, readersInCrm, readShown } from './read-standing.ts';

/** Stamps of two systems are whole seconds: what is nearer is a tie, of which no order is claimed. */
const TIE_MS = 1_100;

/**
 * R1 and "no opt-out is lost", by what the simulators saw people do: nobody whose last word is No gets mail or says Yes,
 * and nobody whose No everybody had heard of was raised even for a moment.
 *
 * @returns what is wrong, in sentences
 */
export async function checkConsent(stage: Stage, history: History): Promise<string[]> {
  const now = stage.world.time.now();
  const sayings = sayingsOf(stage, history);
  const heard = sayings.filter(({ isInHistory }) => !isInHistory);
  const problems: string[] = [];
  const lastCalm = stage.calmAt.at(-1);
  if (lastCalm !== undefined) {
    for (const { where, email, at, contactId } of ownRaisesSince(stage, lastCalm)) {
      // Nobody can be sure to have read which address a contact has got since.
      if (contactId !== undefined && !mainsAt(stage, contactId, lastCalm).includes(`address ${email}`)) continue;
      const before = new Set(eligibleHolders(stage, email, lastCalm));
      const known = eligibleHolders(stage, email, at).filter((one) => before.has(one));
      const no = lastWord(where === 'mailchimp' ? sayings : heard, known, {
        optOutsUntil: lastCalm,
        optInsUntil: at + TIE_MS,
      });
      if (no) problems.push(`R1: ${email} was raised at ${where} (${stamp(at)}) though: ${told(no)}`);
    }
  }
  for (const connection of stage.world.connections) {
    const shown = await readShown(stage, connection);
    for (const { provider, email, raisedBy, raisedAt } of activeMembers(stage, connection.provider)) {
      const reason = shown.members.get(email);
      if (raisedBy === 'program' || reason === 'resubscribed_elsewhere') continue;
      // Members of nobody whom the rules treat are left alone where we do not know that we put them there (R5, R9).
      const isOurs = raisedBy === 'us' && !isForgotten(stage, raisedAt);
      if (!isOurs && reason !== undefined && LEFT_ALONE.test(reason)) continue;
      // Whom we have put back at Mailchimp, we had to read the history of then (R5); nobody else has to be known by it.
      const ofThen = provider === 'mailchimp' && raisedBy === 'us' ? eligibleHolders(stage, email, raisedAt) : [];
      const inHistory = lastWord(sayings, ofThen, { optOutsUntil: now, optInsUntil: now });
      const no =
        lastWord(heard, eligibleHolders(stage, email, now), { optOutsUntil: now, optInsUntil: now }) ??
        (inHistory?.isInHistory ? inHistory : undefined);
      if (!no || isHeld(shown.held.get(email))) continue;
      problems.push(
        `R1: ${email} is subscribed at ${provider} (raised by ${raisedBy} ${stamp(raisedAt)}, shown as ${reason ?? 'fine'}) though: ${told(no)}`,
      );
    }
    for (const { id, email } of readersInCrm(stage)) {
      const no = lastWord(heard, [`address ${email}`, `contact ${id}`], { optOutsUntil: now, optInsUntil: now });
      const reason = shown.contacts.get(id);
      // What an agent says of one contact, or said from the beginning, may differ from what another one says (R8).
      const mayDiffer = reason === 'conflicting_flags' && no?.how.endsWith('CRM');
      if (!no || mayDiffer || isHeld(shown.held.get(email))) continue;
      problems.push(`lost: contact ${id} with ${email} says Yes (shown as ${reason ?? 'fine'}) though: ${told(no)}`);
    }
  }
  return problems;
}

function isHeld(held: string | undefined): boolean {
  return held !== undefined;
}

/** The newest opt-out that no later opt-in answers; undefined: there is none. */
function lastWord(
  sayings: readonly Saying[],
  identities: readonly string[],
  { optOutsUntil, optInsUntil }: { optOutsUntil: number; optInsUntil: number },
): Saying | undefined {
  const own = sayings.filter(({ about }) => identities.some((identity) => (about as Set<string>).has(identity)));
  const optOut = own.filter(({ says, at }) => says === 'opt-out' && at <= optOutsUntil).at(-1);
  const optIn = own.filter(({ says, at }) => says === 'opt-in' && at <= optInsUntil).at(-1);
  if (!optOut) return undefined;
  return optIn && optIn.at >= optOut.at - TIE_MS ? undefined : optOut;
}

function told({ at, how, about }: Saying): string {
  return `No by ${how} at ${stamp(at)} about ${[...about].join(', ')}`;
}

function stamp(at: number): string {
  return new Date(at).toISOString().slice(5, 19);
}
