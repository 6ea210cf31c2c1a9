import type { ExecuteRows } from './execute-rows.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';
import { readGone, storeChanges } from './store-changes.ts';

/** Takes members out of the audience through the gate (M18); what can no longer be taken out has gone already. */
export const removeMembers: ExecuteRows = async (parts, run, rows) => {
  const asked = rowsOfKind(rows, 'remove-member');
  const emails = new Map(asked.map((row) => [row.id, row.operation.email]));
  const results = await parts.gate.removeMembers(asked, markSent(parts, run.id));
  const { provider, connection, store } = parts;
  const answers = await Promise.all(
    results.flatMap((result) => {
      const email = emails.get(result.id);
      if (result.verdict === 'refused' || !email) return [];
      return [
        (async () => {
          if (result.answer.outcome !== 'done') return { id: result.id, email, answer: result.answer };
          const member =
            result.answer.member ?? (await provider.readMember(connection.audienceId, email, connection.mapping));
          return { id: result.id, email, answer: { outcome: 'done' as const, member } };
        })(),
      ];
    }),
  );
  await readGone(parts, run.id, answers);
  const gone = answers.filter(({ answer }) => answer.outcome === 'done').map(({ email }) => email);
  await store.transact(async (tables) => {
    await storeChanges(tables, run.id, answers);
    await tables.links.endLeavers(gone);
  });
};
