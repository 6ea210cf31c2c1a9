import { DEFAULT_SECRET, DEFAULT_TOKEN } from '../simulators/onoffice/index.ts';
import type { Connection } from '../src/core/connection.ts';
import { Secret } from '../src/core/secret.ts';
import { approveRun } from '../src/sync/set-up/approve-run.ts';
import { unpauseConnection } from '../src/sync/set-up/pause-connection.ts';
import { startRun } from '../src/sync/set-up/start-run.ts';
import { takeOver } from '../src/sync/set-up/take-over.ts';
import { hookSecretOf, type LabConnection, type LabWorld, PLACE } from './lab-world.ts';
import { readDue } from './read-due.ts';
import type { Stage } from './stage.ts';

const STEP_MS = 30_000;
/** Signs of a mark behind our hook's address. */
const MARK_LENGTH = 8;
/** After so many calms nobody is waited for any longer. */
const LONGEST_CALMS = 3;
/** How long rounds after a full sync may take, in ms. */
const ROUNDS_MS = 10 * 60_000;
/** A run that has not ended after so many steps never will. */
const MOST_STEPS = 400;

/** The user answers whatever keeps a connection from working, until no full sync is open. */
export async function settleConnection(stage: Pick<Stage, 'world'>, connection: LabConnection): Promise<void> {
  const { world } = stage;
  const { store } = connection;
  const clock = { now: world.time.now };
  for (let steps = 0; ; steps += 1) {
    if (steps > MOST_STEPS) throw new Error('a full sync never ends');
    let row = await world.row(connection);
    if (row.state === 'attention') {
      if (row.twin) await takeAudienceOver(world, connection, row);
      else await store.tables.connection.attentionIsOver();
      row = await world.row(connection);
    }
    if (row.pausedAt !== null) {
      await unpauseConnection({ connection: row, store, clock });
      row = await world.row(connection);
    }
    world.looksSoon();
    const run = await store.tables.runs.open();
    if (run?.state === 'awaiting-approval') await approveRun({ connection: row, store, clock }, run.id);
    else if (!run) {
      if (await store.tables.runs.anySucceeded()) return;
      await startRun({ connection: row, store, clock }, { id: world.newId(), asksFirst: false });
    }
    await world.live(world.time.now() + STEP_MS, async () => {
      const open = await store.tables.runs.open();
      return !open || open.state === 'awaiting-approval';
    });
  }
}

/** What the page does when the user says that this copy goes on (F9). */
async function takeAudienceOver(world: LabWorld, { store, id }: LabConnection, connection: Connection): Promise<void> {
  const engine = world.engine();
  // The page is served by the server that does the rest.
  if (!engine) return;
  const { provider } = connection;
  const credentials = {
    crm: { token: new Secret(DEFAULT_TOKEN), secret: new Secret(DEFAULT_SECRET) },
    providerKey: new Secret(provider === 'brevo' ? world.brevo.apiKey : world.mailchimp.apiKey),
  };
  const taking = takeOver(
    {
      systems: engine.systems,
      place: PLACE,
      hookSecret: hookSecretOf(provider),
      hookMark: world.newId().slice(0, MARK_LENGTH),
    },
    { connection, store, credentials },
  );
  const taken = await world.whileLiving(taking);
  const now = world.time.now();
  world.lanes.takeOver(id);
  await store.transact(async ({ connection: row }) => {
    await row.takeOver(taken.acceptedHooks);
    if (taken.mayBeOld) await row.goBack('taken_over', now);
  });
}

/**
 * Waits until nobody is left to do anything: both sides have been read since everything was in order, whatever that brought
 * has been carried out, and what it brought about was read again.
 *
 * @param calmMs how long somebody may take to begin: webhooks that come later are not waited for, nor work that is due later
 */
export async function awaitQuiet({ world }: Stage, calmMs: number): Promise<void> {
  const since = world.time.now();
  const isQuiet = async () => {
    const now = world.time.now();
    if (!world.isStill(Math.max(now, since + calmMs))) return false;
    const { work, readSince } = await readDue(world.database.db);
    return work > now + calmMs && readSince > Math.max(since, world.stirredAt());
  };
  await world.live(since + LONGEST_CALMS * calmMs, isQuiet);
}

/** Waits until what the full sync left to rounds has been carried out, and what that left to others. */
async function awaitRounds({ world }: Pick<Stage, 'world'>): Promise<void> {
  const until = world.time.now() + ROUNDS_MS;
  await world.live(until, async () => (await readDue(world.database.db)).work > until);
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

/** R13: a full sync after another one, and the rounds that it wanted, finds nothing to do. @returns what is wrong, in sentences */
export async function syncInVain(stage: Pick<Stage, 'world'>, connection: LabConnection): Promise<string[]> {
  await awaitRounds(stage);
  const counts = await connection.store.tables.plan(await syncOnce(stage, connection)).counts();
  if (counts.length === 0) return [];
  const plan = counts.map(({ kind, state, count }) => `${kind} ${state} ${count}`).join(', ');
  return [`R13: a second full sync at ${connection.provider} plans ${plan}`];
}
