import type { ExecuteRows } from './execute-plan.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';

/** Sets the CRM's Newsletter field through the gate. Repeating it does no harm, so lost answers are simply sent again. */
export const writeConsent: ExecuteRows = async (parts, run, rows) => {
  const asked = rowsOfKind(rows, 'write-consent');
  const results = await parts.gate.writeConsent(asked, markSent(parts, run.id));
  const operations = new Map(asked.map((row) => [row.id, row.operation]));
  await parts.store.transact(async (tables) => {
    const outcomes = results.map((result) => {
      if (result.verdict === 'refused') return { id: result.id, state: 'refused' as const, words: 'opted_out' };
      const { answer } = result;
      if (answer.outcome === 'done') return { id: result.id, state: 'done' as const, words: '' };
      if (answer.outcome === 'unknown') return { id: result.id, state: 'planned' as const, words: '' };
      return { id: result.id, state: 'refused' as const, words: answer.words || answer.code };
    });
    for (const consent of ['yes', 'no', 'none', 'undeliverable'] as const) {
      const written = outcomes.filter(({ id, state }) => state === 'done' && operations.get(id)?.to === consent);
      await tables.contacts.setConsent(
        written.map(({ id }) => operations.get(id)?.contactId).filter((id) => id !== undefined),
        consent,
      );
    }
    await tables.plan(run.id).markWithWords(outcomes);
    const lost = outcomes.filter(({ id, state }) => state === 'refused' && operations.get(id)?.to === 'no').length;
    // An opt-out that one side refuses is an alarm, not only a reason (F7).
    if (lost > 0) await tables.journal.write('journal.opt_out_refused', { count: lost }, parts.clock.now(), true);
  });
};
