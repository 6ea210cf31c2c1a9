import { type Happening, LONG_AGO } from './happening.ts';
import { type Identity, isListedWithMain, mainsAt } from './holders.ts';
import type { Stage } from './stage.ts';
import { consentHistories } from './true-time.ts';

/** What we write so long after a listing of the contacts is written by whoever knows what it said, in ms. */
const OWN_WORK_MS = 20_000;

/** So long after it was asked for the CRM has listed its contacts, in ms. */
const READING_MS = 2_000;

/**
 * A No of an agent counts when it stands, when it stood when everything was in order, or when we had read it before its contact was
 * deleted, or for long before we wrote something else; a Yes when the field said otherwise before.
 */
export function saidByAgents(stage: Stage): Happening[] {
  const { ofContact } = consentHistories(stage.world);
  return [...stage.mains.keys()].flatMap((id) => {
    const changes = ofContact(id);
    return changes.flatMap(({ at, by, from, to }, index): Happening[] => {
      if (by !== 'agent') return [];
      if (to === '1' && from !== undefined) {
        const about: Identity[] = [`contact ${id}`, ...mainsAt(stage, id, at)];
        return [{ at, kind: 'says', says: 'opt-in', about, how: 'agent in the CRM' }];
      }
      const next = changes[index + 1];
      const endedAt = next?.at ?? stage.goneAt.get(id);
      const wasThereAt = (instant: number) => instant > at && instant < (endedAt ?? Infinity);
      const wasReadFor = (ms: number) =>
        stage.world.contactsListedAt.some((listed) => wasThereAt(listed) && wasThereAt(listed + ms));
      const isKnown = next ? next.by === 'api' && wasReadFor(OWN_WORK_MS) : wasReadFor(READING_MS);
      const stood = endedAt === undefined || stage.calmAt.some(wasThereAt) || isKnown;
      // From one No to the other nobody says anything.
      const wasNo = from === '0' || from === '2';
      if ((to !== '0' && to !== '2') || wasNo || !stood) return [];
      const earlier = noKnownBefore(stage, changes, index);
      if (earlier?.by === 'api') return [];
      if (earlier) {
        return [{ at: earlier.at, kind: 'says', says: 'opt-out', about: [`contact ${id}`], how: 'agent in the CRM' }];
      }
      // One that a contact was made with, or that was there before we had read the Yes, is its own: nobody saw it set (R8).
      const before = changes[index - 1]?.at ?? 0;
      const isYesListed = (listed: number) => listed >= before && listed < at - READING_MS;
      const wasSeenSet = from === '1' && stage.world.contactsListedAt.some(isYesListed);
      const whose: Identity[] = [
        `contact ${id}`,
        ...(wasSeenSet && isListedWithMain(stage, id, at) ? mainsAt(stage, id, at) : []),
      ];
      return [{ at, kind: 'says', says: 'opt-out', about: whose, how: 'agent in the CRM' }];
    });
  });
}

type NewsletterChange = { at: number; by: string; from: string | undefined; to: string };

/** The No that was listed, or that we wrote, before this change, if nobody has seen anything else in between. */
function noKnownBefore(
  { world }: Stage,
  changes: readonly NewsletterChange[],
  index: number,
): Pick<NewsletterChange, 'at' | 'by'> | undefined {
  const wasListed = (since: number, until: number) =>
    world.contactsListedAt.some((listed) => listed >= since && listed < until - READING_MS);
  const before = changes.slice(0, index);
  const known = before.findLastIndex(({ at, by }, place) => by === 'api' || wasListed(at, changes[place + 1]?.at ?? 0));
  const first = { at: LONG_AGO, by: 'agent', to: changes[0]?.from };
  const last = before[known] ?? (wasListed(0, changes[0]?.at ?? 0) ? first : undefined);
  return last?.to === '0' || last?.to === '2' ? last : undefined;
}
