import type { Connection } from '../../core/connection.ts';
import type { OperationKind } from '../../core/operation.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import type { EndedState, OperationQuery } from '../../db/ended-operations.ts';
import type { Tables } from '../../db/store.ts';
import { describeChanges, type PlannedChange } from './preview-view.ts';

/** One thing that was done to one person, or was not after all (U6). `words`: a reason's name, or the vendor's own words. */
export type EndedOperation = PlannedChange & {
  id: string;
  kind: OperationKind;
  state: EndedState;
  endedAt: string;
  words: string;
};

/** One page of what was done, newest first; `next` continues it, null: that was all. */
export type OperationsView = { operations: EndedOperation[]; next: string | null };

const PAGE = 50;

/** Puts together one page of what was done, whatever the run. @param query.after `next` of the page before */
export async function operationsView(
  parts: { tables: Tables; connection: Connection; language: LetterLanguage },
  query: Omit<OperationQuery, 'limit'>,
): Promise<OperationsView> {
  const { tables, connection, language } = parts;
  const rows = await tables.ended.page({ ...query, limit: PAGE + 1 });
  const shown = rows.slice(0, PAGE);
  const described = await describeChanges(
    tables,
    shown.map(({ operation }) => operation),
    { language, optOutValue: connection.settings.optOutValue },
  );
  const last = shown.at(-1);
  return {
    operations: shown.flatMap(({ id, operation, state, endedAt, words }, index) => {
      const change = described[index];
      return change ? [{ ...change, id: String(id), kind: operation.kind, state, endedAt, words }] : [];
    }),
    next: rows.length > PAGE && last ? `${last.endedAt}_${last.id}` : null,
  };
}
