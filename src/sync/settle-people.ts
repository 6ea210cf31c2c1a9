import type { EmailAddress } from '../core/email-address.ts';
import type { PersonPlan } from '../core/person-plan.ts';
import type { Reason } from '../core/reason.ts';
import type { Tables } from '../db/store.ts';
import { noteTurns } from './activities/note-turns.ts';
import { type ChunkPlan, saveReasons } from './plan-chunk.ts';

/** Reasons of contacts that the rules leave out altogether. */
const LEFT_OUT: ReadonlySet<Reason> = new Set(['not_readable', 'archived_contact', 'private']);

/**
 * Stores how people stand after their operations were carried out: whoever needs nothing more gets his link and base state,
 * everybody his reason (M12, section 7). `planned` was planned over what is stored now. What of it is a sign-up or an opt-out
 * is noted with it, so that it becomes an activity once (M25).
 */
export async function settlePeople(
  tables: Tables,
  emails: readonly EmailAddress[],
  planned: ChunkPlan,
  now: number,
): Promise<void> {
  const links = planned.plans.flatMap(({ email, plan }) =>
    plan.agreed ? [{ contactId: plan.agreed.contactId, emailKey: email, base: plan.agreed.base }] : [],
  );
  const settled = planned.plans.filter(({ plan, isHeld }) => !isHeld && isSettled(plan)).map(({ email }) => email);
  const saved = await tables.links.save(links);
  // The other lane may have settled the same people since they were planned: what turned, it has noted.
  const turned = planned.plans.filter(({ plan }) => plan.agreed && saved.changed.has(plan.agreed.contactId));
  await noteTurns(tables, turned, now);
  await tables.links.endOthers(settled, links);
  const ended = await tables.links.endFormer(settled, links);
  // Whom a contact leaves behind leaves at once (M18), whatever was known of him when his address was planned last.
  const left = new Set([...saved.left, ...ended, ...(await tables.contacts.forgetHeldBefore(settled))]);
  await tables.due.mark(
    [...left].map((emailKey) => ({ emailKey, cause: 'crm' })),
    now,
  );
  await tables.members.forgetMoves(settled);
  await saveReasons(tables, emails, planned);
  await tables.held.release(planned.obsoleteHeld);
}

/** Whether links that were not agreed now say nothing any more. A refused contact keeps his: he was met before (R6). */
function isSettled({ operations, agreed, reasons }: PersonPlan): boolean {
  return operations.length === 0 && (agreed !== undefined || reasons.every(({ reason }) => LEFT_OUT.has(reason)));
}
