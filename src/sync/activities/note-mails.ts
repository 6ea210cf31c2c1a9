import type { MailHappening } from '../../core/activity.ts';
import { toMinute } from '../../core/activity-groups.ts';
import { isWanted } from '../../core/activity-settings.ts';
import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import type { NotedActivity } from '../../db/activities.ts';
import type { Tables } from '../../db/store.ts';
import type { SyncParts } from '../sync-parts.ts';

const MINUTE_MS = 60_000;
/** Most rows of one statement. */
const CHUNK_SIZE = 500;

/**
 * Notes what became of mails of known campaigns (M26), in the transaction that stores how far they were read. Only what the
 * settings want by now becomes an activity, or what a person asked for; what was noted before is not noted again.
 */
export async function noteMails(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  happenings: readonly MailHappening[],
): Promise<void> {
  if (happenings.length === 0) return;
  const campaigns = await tables.campaigns.sentAt([...new Set(happenings.map(({ campaignId }) => campaignId))]);
  const noted = happenings.flatMap((happening): NotedActivity[] => {
    const { kind, campaignId } = happening;
    const campaign = campaigns.get(campaignId);
    const emailKey = parseEmailAddress(happening.email);
    if (!campaign || !emailKey) return [];
    // All of a campaign is delivered at the time of its sending, so that it can be written together (section 9).
    const at = kind === 'delivered' ? campaign.sentAt : (happening.at ?? campaign.sentAt);
    const isAsked = campaign.wantsHistory && connection.settings.activities.includes(kind);
    if (!isAsked && !isWanted(connection, kind, at)) return [];
    const happenedAt = toMinute(at);
    return [{ kind, campaignId, emailKey, contactId: undefined, happenedAt, detail: happening.link }];
  });
  const now = clock.now();
  const dueAt = (Math.floor(now / MINUTE_MS) + 2) * MINUTE_MS;
  let isAnyNew = false;
  for (let start = 0; start < noted.length; start += CHUNK_SIZE) {
    const chunk = noted.slice(start, start + CHUNK_SIZE);
    const count = await tables.activities.note(chunk, dueAt);
    isAnyNew ||= count > 0;
  }
  for (const [campaignId, emails] of bouncedOf(noted)) await tables.activities.dropDelivered(campaignId, emails);
  if (isAnyNew) await tables.activityWork.wake('write', dueAt);
}

function bouncedOf(noted: readonly NotedActivity[]): Map<string, EmailAddress[]> {
  const bounced = new Map<string, EmailAddress[]>();
  for (const { kind, campaignId, emailKey } of noted) {
    if (kind === 'hard-bounce') bounced.set(campaignId, [...(bounced.get(campaignId) ?? []), emailKey]);
  }
  return bounced;
}
