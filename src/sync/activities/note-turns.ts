import { toSecond } from '../../core/activity-groups.ts';
import { type ConsentTurn, turnCauseOf } from '../../core/consent-turn.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import type { PersonPlan } from '../../core/person-plan.ts';
import type { NotedActivity } from '../../db/activities.ts';
import type { Tables } from '../../db/store.ts';

/** So long a turn takes at most to reach the tenant's other connections, in ms. */
const SAME_TURN_MS = 86_400_000;

/** Entries of the record among which the cause of a turn is looked for. */
const RECORDS_LOOKED_AT = 20;

const NONE: ReadonlySet<string> = new Set();

/**
 * Notes the sign-ups and opt-outs that show when both sides have come to agree (M25), in the transaction that stores what they
 * agree about: the base state has turned then, and nobody sees them again. Whoever says Yes when he is met is a sign-up only
 * if he is new.
 */
export async function noteTurns(
  tables: Tables,
  agreements: readonly { email: EmailAddress; plan: Pick<PersonPlan, 'agreed'>; turn: ConsentTurn | undefined }[],
  now: number,
): Promise<void> {
  const contactIds = agreements.flatMap(({ plan }) => plan.agreed?.contactId ?? []);
  const isNew = await tables.contacts.endNewness(contactIds);
  const turned = agreements.flatMap(({ turn }) => turn?.contactId ?? []);
  const elsewhere = await tables.tenantTurns.newestSince(turned, now - SAME_TURN_MS);
  const told = await tables.activities.toldTurns(turned);
  const noted: NotedActivity[] = [];
  for (const { email, turn } of agreements) {
    if (!turn) continue;
    const { kind, contactId, isFirstMeeting } = turn;
    if (kind === 'subscribed' && isFirstMeeting && !isNew.has(contactId)) continue;
    // Another connection of the tenant tells of the same turn, because the CRM's field carried it there (R15).
    if (elsewhere.get(contactId) === kind) continue;
    const records = await tables.consent.ofPerson({ emails: [email], contactIds: [contactId] }, RECORDS_LOOKED_AT);
    const { by, happenedAt, campaignId } = turnCauseOf(kind, records, told.get(`${contactId} ${kind}`) ?? NONE);
    noted.push({
      kind,
      campaignId,
      emailKey: email,
      contactId,
      happenedAt: toSecond(happenedAt ?? new Date(now).toISOString()),
      detail: by,
    });
  }
  if (noted.length === 0) return;
  await tables.activities.note(noted, now);
  await tables.activityWork.wake('write', now);
}
