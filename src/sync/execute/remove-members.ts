import { readMembersSingly } from '../read-members-singly.ts';
import { bookUnheardLeavings } from './book-unheard-leavings.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';
import { storeChanges } from './store-changes.ts';

/**
 * Takes members out of the audience through the gate (M18); what can no longer be taken out has gone already. Each is read right
 * before: an archived member hides that he had left, and nobody would learn of it (R4).
 */
export const removeMembers: ExecuteRows = async (parts, run, rows) => {
  const planned = rowsOfKind(rows, 'remove-member');
  const addresses = planned.map(({ operation }) => operation.email);
  const people = await parts.store.tables.people.load(addresses);
  const there = await readMembersSingly(parts, run.id, addresses, (tables, members) =>
    bookUnheardLeavings(tables, parts, planned, people, members),
  );
  const isThere = ({ operation }: (typeof planned)[number]) => there.get(operation.email)?.status === 'subscribed';
  const asked = planned.filter(isThere);
  await parts.store.transact((tables) =>
    tables
      .plan(run.id)
      .markWithWords(planned.filter((row) => !isThere(row)).map(({ id }) => ({ id, state: 'dropped', words: '' }))),
  );
  const emails = new Map(asked.map((row) => [row.id, row.operation.email]));
  const results = await parts.gate.removeMembers(asked, markSent(parts, run.id));
  const { provider, connection } = parts;
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
  const gone = answers.filter(({ answer }) => answer.outcome === 'done').map(({ email }) => email);
  await storeChanges(parts, run.id, answers, (tables) => tables.links.endLeavers(gone));
};
