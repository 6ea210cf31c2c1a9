import { sql } from 'kysely';
import { OPERATION_KINDS } from '../../src/core/operation.ts';
import { MEMBER_REASONS, REASONS } from '../../src/core/reason.ts';
import type { Stage } from '../stage.ts';

/** Everything that histories should visit at some time: reasons of contacts and members, and what became of operations. */
export const TO_BE_VISITED: readonly string[] = [
  ...REASONS,
  ...MEMBER_REASONS,
  ...OPERATION_KINDS.map((kind) => `${kind} done`),
];

/** What a history has visited up to now, in the words of `TO_BE_VISITED` and some more. */
export async function readVisited({ world }: Stage): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select reason as what from contacts where reason is not null
    union select reason from members where reason is not null
    union select kind || ' ' || state from plan_rows
    union select 'journal ' || code from journal`.execute(world.database.db);
  return rows.map(({ what }) => what);
}
