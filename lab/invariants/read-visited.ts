import { sql } from 'kysely';
import { OPERATION_KINDS } from '../../src/core/operation.ts';
import { MEMBER_REASONS, REASONS } from '../../src/core/reason.ts';
import { ADMIN_DEEDS } from '../actors/admin.ts';
import { AGENT_DEEDS } from '../actors/agent.ts';
import { CHANCE_DEEDS, REQUEST_FATES } from '../actors/chance.ts';
import { OPERATOR_DEEDS } from '../actors/operator.ts';
import { SUBSCRIBER_DEEDS } from '../actors/subscriber.ts';
import type { Deed } from '../history.ts';
import { CELLS, ROWS } from '../meetings.ts';
import type { Stage } from '../stage.ts';

/** Everything that histories should visit at some time, by what it is. */
export const TO_BE_VISITED: Readonly<Record<string, readonly string[]>> = {
  reasons: [...REASONS, ...MEMBER_REASONS],
  operations: OPERATION_KINDS.map((kind) => `${kind} done`),
  deeds: [
    ...Object.keys(AGENT_DEEDS).map((does) => `agent ${does}`),
    ...Object.keys(SUBSCRIBER_DEEDS).map((does) => `subscriber ${does}`),
    ...Object.keys(ADMIN_DEEDS).map((does) => `admin ${does}`),
    ...Object.keys(OPERATOR_DEEDS).map((does) => `operator ${does}`),
  ],
  faults: [...[...Object.keys(CHANCE_DEEDS), 'restores', 'kills-at-commit'], ...Object.keys(REQUEST_FATES)].map(
    (what) => `fault ${what}`,
  ),
  'rows of R5 and R6': ROWS,
  'cells of R5 and R6': CELLS,
};

/** A deed that was done, in the words of `TO_BE_VISITED`. */
export function visitOf(deed: Deed): string {
  if (deed.who !== 'chance') return `${deed.who} ${deed.does}`;
  return `fault ${deed.does === 'meets-request' ? deed.fate.type : deed.does}`;
}

/** What a history has visited up to now by what is stored, in the words of `TO_BE_VISITED` and some more. */
export async function readVisited({ world }: Stage): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select reason as what from contacts where reason is not null
    union select reason from members where reason is not null
    union select kind || ' ' || state from plan_rows
    union select 'journal ' || code from journal`.execute(world.database.db);
  return rows.map(({ what }) => what);
}
