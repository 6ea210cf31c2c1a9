import type { ExecuteRows } from './execute-rows.ts';
import { rowsOfKind } from './rows-of-kind.ts';
import { storeChanges } from './store-changes.ts';

/** Writes changed fields of existing members; no status rides along (R3), and repeating it does no harm. */
export const updateMembers: ExecuteRows = async (parts, run, rows) => {
  const { provider, connection } = parts;
  const answers = await Promise.all(
    rowsOfKind(rows, 'update-member').map(async ({ id, operation }) => ({
      id,
      email: operation.email,
      answer: await provider.updateMember(connection.audienceId, operation.email, operation.after, connection.mapping),
    })),
  );
  await storeChanges(parts, run.id, answers);
};
