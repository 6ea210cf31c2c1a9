import type { ActivityKind } from './activity.ts';

/** An activity that waits to be written, with the contact it belongs to. */
export type ActivityToWrite = {
  id: number;
  kind: ActivityKind;
  /** '' for a sign-up or an opt-out without one */
  campaignId: string;
  contactId: string;
  /** ISO 8601 in UTC, whole minutes; of a sign-up or an opt-out whole seconds */
  happenedAt: string;
  detail: string;
  /** most contacts of one entry: lowered after a refusal, to find whom it concerns (F7) */
  groupLimit: number;
};

/** Activities that one call of the CRM can write together: they say the same at the same time (section 9). */
export type ActivityGroup = Pick<ActivityToWrite, 'kind' | 'campaignId' | 'happenedAt' | 'detail'> & {
  rows: readonly ActivityToWrite[];
};

/**
 * Puts activities together that say the same of several contacts; each contact is in a group once. The first groups come
 * first, in the order of the rows.
 *
 * @param maxContacts most contacts that the CRM takes with one entry
 */
export function groupActivities(rows: readonly ActivityToWrite[], maxContacts: number): ActivityGroup[] {
  const groups = new Map<string, ActivityToWrite[]>();
  const full: ActivityToWrite[][] = [];
  for (const row of rows) {
    const limit = Math.min(row.groupLimit, maxContacts);
    const key = JSON.stringify([row.kind, row.campaignId, row.happenedAt, row.detail, limit]);
    const group = groups.get(key);
    if (group?.some(({ contactId }) => contactId === row.contactId)) continue;
    if (group && group.length < limit) {
      group.push(row);
      continue;
    }
    const next = [row];
    groups.set(key, next);
    full.push(next);
  }
  return full.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { kind, campaignId, happenedAt, detail } = first;
    return [{ kind, campaignId, happenedAt, detail, rows: group }];
  });
}

/** The instant at which something became of a mail: whole minutes, so that what happened together is written together. */
export function toMinute(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16)}:00.000Z`;
}

/** The instant of a sign-up or an opt-out: whole seconds, because somebody may leave, come back and leave again within a minute (M25). */
export function toSecond(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}.000Z`;
}
