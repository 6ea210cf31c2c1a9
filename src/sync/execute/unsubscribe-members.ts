import type { ExecuteRows } from './execute-rows.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';
import { readGone, storeChanges } from './store-changes.ts';

/** Unsubscribes members through the gate; may be repeated. */
export const unsubscribeMembers: ExecuteRows = async (parts, run, rows) => {
  const asked = rowsOfKind(rows, 'unsubscribe-member');
  const emails = new Map(asked.map((row) => [row.id, row.operation.email]));
  const results = await parts.gate.unsubscribeMembers(asked, markSent(parts, run.id));
  const answers = results.flatMap((result) => {
    const email = emails.get(result.id);
    return result.verdict === 'allowed' && email ? [{ id: result.id, email, answer: result.answer }] : [];
  });
  await readGone(parts, run.id, answers);
  await parts.store.transact(async (tables) => {
    await storeChanges(tables, run.id, answers);
    // A record that was only to be made stands for an opt-out that is written elsewhere: its refusal is remembered (R7, F7).
    const fresh = new Set(asked.filter(({ operation }) => operation.handedDownFrom !== undefined).map(({ id }) => id));
    await tables.refusals.save(
      answers.flatMap(({ id, email, answer }) => {
        if (answer.outcome !== 'refused' || !fresh.has(id)) return [];
        const { reason, words, isPermanent } = answer;
        return [{ emailKey: email, reason, words, isPermanent }];
      }),
    );
    const refused = answers.filter(({ id, answer }) => answer.outcome === 'refused' && !fresh.has(id)).length;
    if (refused > 0) await tables.journal.write('journal.opt_out_refused', { count: refused }, parts.clock.now(), true);
  });
};
