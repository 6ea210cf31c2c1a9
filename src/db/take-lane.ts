import { sql } from 'kysely';
import type { Connection } from '../core/connection.ts';
import type { Secret } from '../core/secret.ts';
import { openClaim } from './activations.ts';
import { CONNECTION_COLUMNS, FENCE, HOOKS_COLUMNS, type HooksKnown, type Lane } from './connections.ts';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';
import type { SecretBox } from './secret-box.ts';
import { openSecret, type SecretName } from './secrets.ts';

/** What a lane begins a turn with, as it stood when it was taken. */
export type TakenLane = {
  connection: Connection;
  fence: number;
  hooks: HooksKnown;
  /** Opens the secrets that were asked for, as far as the connection has them. */
  secrets(): ReadonlyMap<SecretName, Secret>;
  /** The claim of the tenant's activation whose token has this hash; undefined: a key of somebody else, or there is none yet. */
  claimFor(tokenHash: string): Secret | undefined;
};

type Row = Connection &
  HooksKnown & {
    takenFence: number;
    sealed: Partial<Record<SecretName, string>> | null;
    activation: { tokenHash: string; sealedClaim: string | null } | null;
  };

/**
 * Takes a lane, as `connectionRow.takeLane`, and reads what its turn needs, in one statement: a lane is taken for each poll.
 *
 * @returns undefined: there is no such connection
 */
export async function takeLane(
  db: Queryable,
  box: SecretBox,
  { connectionId, lane }: { connectionId: string; lane: Lane },
  names: readonly SecretName[],
): Promise<TakenLane | undefined> {
  const column = FENCE[lane];
  const { rows } = await sql<Row>`
    update connections set ${column} = ${column} + 1 where id = ${connectionId}
    returning ${CONNECTION_COLUMNS}, ${HOOKS_COLUMNS}, ${column} as "takenFence",
      (select json_object_agg(name, sealed) from secrets
        where secrets.connection_id = connections.id and name = any(${textArray(names)})) as sealed,
      (select json_build_object('tokenHash', token_hash, 'sealedClaim', sealed_claim) from activations
        where activations.tenant_id = connections.tenant_id) as activation`.execute(db);
  if (!rows[0]) return undefined;
  const { takenFence: fence, sealed, activation, marks, accepted, checkedAt, ...connection } = rows[0];
  const { tenantId } = connection;
  return {
    connection,
    fence,
    hooks: { marks, accepted, checkedAt },
    secrets: () =>
      new Map(
        names.flatMap((name) => {
          const text = sealed?.[name];
          return text === undefined ? [] : [[name, openSecret(box, { tenantId, connectionId }, name, text)] as const];
        }),
      ),
    claimFor: (tokenHash) =>
      activation?.tokenHash === tokenHash && activation.sealedClaim !== null
        ? openClaim(box, tenantId, activation.sealedClaim)
        : undefined,
  };
}
