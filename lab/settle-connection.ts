import { approveRun } from '../src/sync/set-up/approve-run.ts';
import { unpauseConnection } from '../src/sync/set-up/pause-connection.ts';
import { startRun } from '../src/sync/set-up/start-run.ts';
import type { LabConnection } from './lab-world.ts';
import type { Stage } from './stage.ts';

const STEP_MS = 30_000;
/** A run that has not ended after so many steps never will. */
const MOST_STEPS = 400;

/** The user answers whatever keeps a connection from working, until no full sync is open. */
export async function settleConnection(stage: Pick<Stage, 'world'>, connection: LabConnection): Promise<void> {
  const { world } = stage;
  const { store } = connection;
  const clock = { now: world.time.now };
  for (let steps = 0; ; steps += 1) {
    if (steps > MOST_STEPS) throw new Error('a full sync never ends');
    const row = await world.row(connection);
    if (row.state === 'attention') {
      await store.tables.connection.attentionIsOver();
      if (row.twin) throw new Error(`stopped as a twin: ${row.twin.cause}`);
    }
    if (row.pausedAt !== null) await unpauseConnection({ connection: row, store, clock });
    const run = await store.tables.runs.open();
    if (run?.state === 'awaiting-approval') await approveRun({ connection: row, store, clock }, run.id);
    else if (!run) {
      if (await store.tables.runs.anySucceeded()) return;
      await startRun({ connection: row, store, clock }, { id: world.newId(), asksFirst: false });
    }
    await world.live(world.time.now() + STEP_MS);
  }
}

/** A full sync from beginning to end. @returns its id */
export async function syncOnce(stage: Pick<Stage, 'world'>, connection: LabConnection): Promise<string> {
  const { world } = stage;
  const { store } = connection;
  await settleConnection(stage, connection);
  const id = world.newId();
  await startRun(
    { connection: await world.row(connection), store, clock: { now: world.time.now } },
    { id, asksFirst: false },
  );
  await settleConnection(stage, connection);
  return id;
}

/** R13: the second of two full syncs finds nothing to do. @returns what is wrong, in sentences */
export async function syncTwice(stage: Pick<Stage, 'world'>, connection: LabConnection): Promise<string[]> {
  await syncOnce(stage, connection);
  const counts = await connection.store.tables.plan(await syncOnce(stage, connection)).counts();
  if (counts.length === 0) return [];
  const plan = counts.map(({ kind, state, count }) => `${kind} ${state} ${count}`).join(', ');
  return [`R13: a second full sync at ${connection.provider} plans ${plan}`];
}
