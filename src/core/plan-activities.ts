import type { ActivityKind } from './activity.ts';
import type { ActivityToWrite } from './activity-groups.ts';

/** An activity whose time has come, with what decides whether it is written. */
export type ActivityCandidate = Omit<ActivityToWrite, 'contactId'> & {
  /** whose log it goes into; null: nobody who may get it */
  contactId: string | null;
  attempts: number;
  isChecked: boolean;
  /** whether its campaign went to our audience; null: not known, or no campaign */
  isOurs: boolean | null;
  /** the contact has this entry by another address */
  isDouble: boolean;
};

/** Why an activity is not written; each has a text for people. */
export const LEFT_OUT_REASONS = ['not_ticked', 'other_list', 'no_contact', 'double'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** What the settings say about activities, and whether what is older may be in the CRM already. */
export type ActivityRules = {
  ticked: ReadonlySet<ActivityKind>;
  otherLists: boolean;
  /** ISO 8601: the data went back then (F9), so that what happened before may have been written; undefined: they never did */
  wentBackAt: string | undefined;
};

/** What becomes of activities whose time has come. */
export type ActivityPlan = {
  write: ActivityToWrite[];
  /** to be looked for in the CRM first */
  check: ActivityToWrite[];
  leaveOut: { id: number; reason: LeftOutReason }[];
  /** it is not clear yet, and looked at again later */
  later: number[];
};

/** So often what is not clear is looked at again. */
const TRIES = 2;

/**
 * Decides what becomes of activities (M4, M26): a contact gets one entry for each campaign and kind, nothing that is not ticked
 * any more, and by setting nothing of other lists. Somebody without a contact may be one that is being created. Pure.
 */
export function planActivities(candidates: readonly ActivityCandidate[], rules: ActivityRules): ActivityPlan {
  const plan: ActivityPlan = { write: [], check: [], leaveOut: [], later: [] };
  const entries = new Set<string>();
  for (const candidate of candidates) {
    const { id, kind, campaignId, contactId, isOurs, attempts, isChecked } = candidate;
    const isTurn = kind === 'subscribed' || kind === 'unsubscribed';
    const leaveOut = (reason: LeftOutReason) => plan.leaveOut.push({ id, reason });
    const isOther = !isTurn && !rules.otherLists && isOurs !== true;
    if (!isTurn && !rules.ticked.has(kind)) {
      leaveOut('not_ticked');
    } else if (isOther && (isOurs === false || attempts >= TRIES)) {
      leaveOut('other_list');
    } else if (contactId === null && attempts >= TRIES) {
      leaveOut('no_contact');
    } else if (isOther || contactId === null) {
      plan.later.push(id);
    } else {
      const entry = `${kind} ${campaignId} ${contactId}`;
      if (!isTurn && (candidate.isDouble || entries.has(entry))) {
        leaveOut('double');
        continue;
      }
      entries.add(entry);
      const mayBeThere = rules.wentBackAt !== undefined && candidate.happenedAt <= rules.wentBackAt && !isChecked;
      (mayBeThere ? plan.check : plan.write).push({ ...candidate, contactId });
    }
  }
  return plan;
}
