import type { MemberStatus } from '../../core/consent.ts';
import type { GateRow } from '../consent-gate/gate-rows.ts';
import { readMembersSingly } from '../read-members-singly.ts';
import type { SyncParts } from '../sync-parts.ts';
import { bookUnheardLeavings } from './book-unheard-leavings.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';
import { storeChanges } from './store-changes.ts';

const HAS_LEFT: ReadonlySet<MemberStatus> = new Set(['unsubscribed', 'cleaned']);

/**
 * Unsubscribes members through the gate; may be repeated. Whom we take out over flags that differ, or for the No of a contact that
 * is elsewhere, is read right before: who had left by then would be taken for somebody whom we took out ourselves (R4, R7, R8).
 */
export const unsubscribeMembers: ExecuteRows = async (parts, run, rows) => {
  const asked = await withoutLeft(parts, run.id, rowsOfKind(rows, 'unsubscribe-member'));
  const emails = new Map(asked.map((row) => [row.id, row.operation.email]));
  const results = await parts.gate.unsubscribeMembers(asked, markSent(parts, run.id));
  const answers = results.flatMap((result) => {
    const email = emails.get(result.id);
    return result.verdict === 'allowed' && email ? [{ id: result.id, email, answer: result.answer }] : [];
  });
  await storeChanges(parts, run.id, answers, async (tables) => {
    // A record that was only to be made stands for an opt-out that is written elsewhere: its refusal is remembered (R7, F7).
    const fresh = new Set(asked.filter(({ operation }) => operation.handedDownFrom !== undefined).map(({ id }) => id));
    await tables.refusals.save(
      answers.flatMap(({ id, email, answer }) => {
        if (answer.outcome !== 'refused' || !fresh.has(id)) return [];
        const { reason, words, isPermanent } = answer;
        return [{ emailKey: email, reason, words, isPermanent }];
      }),
    );
    const done = answers.filter(({ id, answer }) => answer.outcome === 'done' && !fresh.has(id));
    await tables.links.endLeaversMet(done.map(({ email }) => email));
    const refused = answers.filter(({ id, answer }) => answer.outcome === 'refused' && !fresh.has(id)).length;
    if (refused > 0) await tables.journal.write('journal.opt_out_refused', { count: refused }, parts.clock.now(), true);
  });
};

/**
 * Leaves out who has left by himself in the meantime, and books it for the contacts whose he is; and whose mail has come back, which
 * shows a complaint as long as it stays so (M18, R8).
 */
async function withoutLeft(
  parts: SyncParts,
  runId: string,
  rows: readonly GateRow<'unsubscribe-member'>[],
): Promise<readonly GateRow<'unsubscribe-member'>[]> {
  const { store } = parts;
  const people = await store.tables.people.load([...new Set(rows.map(({ operation }) => operation.email))]);
  const saysNoHere = new Set(
    people.flatMap(({ contacts }) => contacts.filter(({ consent }) => consent !== 'yes').map(({ id }) => id)),
  );
  const unsure = rows.filter(
    ({ operation: { contactId, from } }) =>
      from === 'subscribed' && contactId !== undefined && !saysNoHere.has(contactId),
  );
  if (unsure.length === 0) return rows;
  const there = await readMembersSingly(
    parts,
    runId,
    unsure.map(({ operation }) => operation.email),
    (tables, members) => bookUnheardLeavings(tables, parts, unsure, people, members),
  );
  const left = unsure.filter(({ operation }) => HAS_LEFT.has(there.get(operation.email)?.status ?? 'absent'));
  const hasLeft = new Set(left.map(({ id }) => id));
  await store.transact((tables) =>
    tables.plan(runId).markWithWords(left.map(({ id }) => ({ id, state: 'dropped', words: '' }))),
  );
  return rows.filter(({ id }) => !hasLeft.has(id));
}
