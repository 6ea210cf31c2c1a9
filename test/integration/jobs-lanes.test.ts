import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connections } from '../../src/db/connections.ts';
import { type Database, openPostgres } from '../../src/db/database.ts';
import { syncRuns } from '../../src/db/sync-runs.ts';
import { type LaneQueue, startLaneQueue } from '../../src/jobs/lane-queue.ts';
import { startTick } from '../../src/jobs/tick.ts';
import { BACKENDS, draftConnection, type OpenDatabase, openMigrated } from '../support/backends.ts';

const NOW = Date.parse('2026-03-01T08:00:00Z');
const PATIENCE = { timeout: 40_000, interval: 20 };

const newLane = () => `lane ${randomUUID()}`;
const newLanes = (count: number) => Array.from({ length: count }, newLane);

/** Which lanes were worked on how often, and how many workers a lane ever had at once. */
function createWatch() {
  const running = new Map<string, number>();
  const runs = new Map<string, number>();
  let most = 0;
  return {
    most: () => most,
    runsOf: (lane: string) => runs.get(lane) ?? 0,
    async around(lane: string, work: () => Promise<'done' | 'more'>): Promise<'done' | 'more'> {
      const now = (running.get(lane) ?? 0) + 1;
      running.set(lane, now);
      most = Math.max(most, now);
      try {
        return await work();
      } finally {
        running.set(lane, (running.get(lane) ?? 1) - 1);
        runs.set(lane, (runs.get(lane) ?? 0) + 1);
      }
    },
  };
}

describe.each(BACKENDS)('lanes on %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  let queues: LaneQueue[] = [];
  const errors: unknown[] = [];
  beforeAll(async () => {
    opened = await openMigrated(backend);
    database = opened.database;
  });
  afterEach(async () => {
    for (const queue of queues) await queue.stop();
    queues = [];
    await database.runScript('delete from pgboss.job; delete from connections;');
    expect(errors).toEqual([]);
  });
  afterAll(() => opened.close());

  async function openQueue(on: Database = database): Promise<LaneQueue> {
    const queue = await startLaneQueue(on, (error) => errors.push(error));
    queues.push(queue);
    return queue;
  }

  test('every lane that is woken is worked on', async () => {
    const queue = await openQueue();
    const watch = createWatch();
    const lanes = newLanes(30);
    for (const lane of lanes.slice(0, 10)) await queue.wake(lane);
    await queue.work((lane) => watch.around(lane, async () => 'done'));
    for (const lane of lanes.slice(10)) await queue.wake(lane);
    await expect.poll(() => lanes.filter((lane) => watch.runsOf(lane) === 0), PATIENCE).toEqual([]);
  });

  test('many wakes during a turn are one turn more', async () => {
    const queue = await openQueue();
    const watch = createWatch();
    const [lane = '', sentinel = ''] = newLanes(2);
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    await queue.work((woken) =>
      watch.around(woken, async () => {
        if (woken !== lane) return 'done';
        begun.resolve();
        await gate.promise;
        return 'done';
      }),
    );
    await queue.wake(lane);
    await begun.promise;
    for (let index = 0; index < 20; index += 1) await queue.wake(lane);
    gate.resolve();
    await expect.poll(() => watch.runsOf(lane), PATIENCE).toBe(2);
    await queue.wake(sentinel);
    await expect.poll(() => watch.runsOf(sentinel), PATIENCE).toBe(1);
    expect(watch.runsOf(lane)).toBe(2);
    expect(watch.most()).toBe(1);
  });

  test('work that is stored before a wake is never forgotten, and a lane has one worker at a time', async () => {
    const others = backend === 'postgres' ? [openPostgres(database.url ?? '')] : [];
    const all = [await openQueue(), ...(await Promise.all(others.map(openQueue)))];
    const watch = createWatch();
    const lanes = newLanes(4);
    const stored = new Map(lanes.map((lane) => [lane, 0]));
    for (const queue of all) {
      await queue.work((lane) =>
        watch.around(lane, async () => {
          const taken = stored.get(lane) ?? 0;
          for (let turn = 0; turn < 20; turn += 1) await setImmediate();
          stored.set(lane, (stored.get(lane) ?? 0) - taken);
          return 'done';
        }),
      );
    }
    await Promise.all(
      lanes.map(async (lane) => {
        for (let index = 0; index < 30; index += 1) {
          stored.set(lane, (stored.get(lane) ?? 0) + 1);
          await all[index % all.length]?.wake(lane);
        }
      }),
    );
    await expect.poll(() => [...stored.values()], PATIENCE).toEqual(lanes.map(() => 0));
    expect(watch.most()).toBe(1);
    for (const queue of queues) await queue.stop();
    for (const other of others) await other.close();
  });

  test('a lane that has more goes on by itself, and others get their turn in between', async () => {
    const queue = await openQueue();
    const watch = createWatch();
    const [busy = '', ...quick] = newLanes(6);
    await queue.work((lane) =>
      watch.around(lane, async () => (lane === busy && watch.runsOf(busy) < 12 ? 'more' : 'done')),
    );
    await queue.wake(busy);
    for (const lane of quick) await queue.wake(lane);
    await expect.poll(() => quick.filter((lane) => watch.runsOf(lane) === 0), PATIENCE).toEqual([]);
    await expect.poll(() => watch.runsOf(busy), PATIENCE).toBe(13);
    expect(watch.most()).toBe(1);
  });

  test('a turn that fails is tried again, also when it is woken while it waits for that', async () => {
    const queue = await openQueue();
    const watch = createWatch();
    const lane = newLane();
    let failures = 0;
    await queue.work((woken) =>
      watch.around(woken, async () => {
        if (woken !== lane || failures >= 3) return 'done';
        failures += 1;
        if (failures === 2) await queue.wake(lane);
        throw new Error('broken');
      }),
    );
    await queue.wake(lane);
    await expect.poll(() => failures, PATIENCE).toBe(1);
    await queue.wake(lane);
    await expect.poll(() => watch.runsOf(lane), PATIENCE).toBeGreaterThan(3);
    expect(watch.most()).toBe(1);
  });

  test('what a failing turn quotes is not kept with the job', async () => {
    const queue = await openQueue();
    const lane = newLane();
    let failures = 0;
    await queue.work(async () => {
      failures += 1;
      if (failures > 1) return 'done';
      throw Object.assign(new TypeError('ada@example.org'), { detail: 'ada@example.org', params: ['ada@example.org'] });
    });
    await queue.wake(lane);
    const outputs = async () => {
      const { rows } = await sql<{ output: string }>`
        select output::text from pgboss.job where singleton_key = ${lane} and output is not null`.execute(database.db);
      return rows.map((row) => row.output).join();
    };
    await expect.poll(outputs, PATIENCE).toContain('TypeError');
    expect(await outputs()).not.toContain('ada@');
  });

  test('a stop lets a turn end, and what was woken before is worked on after the next start', async () => {
    const first = await openQueue();
    const watch = createWatch();
    const lanes = newLanes(8);
    const [running = ''] = lanes;
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    await first.work((lane) =>
      watch.around(lane, async () => {
        begun.resolve();
        await gate.promise;
        return 'done';
      }),
    );
    await first.wake(running);
    await begun.promise;
    for (const lane of lanes) await first.wake(lane);
    const stopped = first.stop();
    gate.resolve();
    await stopped;
    expect(watch.runsOf(running)).toBeGreaterThan(0);
    const again = await openQueue();
    await again.work((lane) => watch.around(lane, async () => 'done'));
    await expect.poll(() => lanes.filter((lane) => watch.runsOf(lane) === 0), PATIENCE).toEqual([]);
    await expect.poll(() => watch.runsOf(running), PATIENCE).toBeGreaterThan(1);
  });

  test('the lane of a worker that was killed is taken over', async () => {
    const killed = await openQueue();
    const lane = newLane();
    await killed.wake(lane);
    await killed.stop();
    // A worker that is killed leaves its job as it was: active, with the last heartbeat that it sent.
    const { rows } = await sql`
      update pgboss.job set state = 'active', started_on = now() - interval '20 seconds',
        heartbeat_on = now() - interval '11 seconds'
      where singleton_key = ${lane} returning id`.execute(database.db);
    expect(rows).toHaveLength(1);
    const watch = createWatch();
    const next = await openQueue();
    await next.work((woken) => watch.around(woken, async () => 'done'));
    await next.wake(lane);
    await expect.poll(() => watch.runsOf(lane), PATIENCE).toBeGreaterThan(0);
    await expect
      .poll(async () => {
        const left = await sql`select id from pgboss.job where state <= 'active'`.execute(database.db);
        return left.rows.length;
      }, PATIENCE)
      .toBe(0);
    expect(watch.most()).toBe(1);
  });

  test('the tick wakes what is due: what was left by a dead process, and what waited for a vendor', async () => {
    const tenantId = randomUUID();
    await connections(database.db).addTenant(tenantId, 'Test', NOW);
    let now = NOW;
    const runs = await Promise.all(
      ['left', 'waiting', 'asking'].map(async (name) => {
        const row = draftConnection(tenantId);
        await connections(database.db).add(row, { crmAccount: tenantId, hookSecret: row.id }, NOW);
        const table = syncRuns(database.db, { tenantId, connectionId: row.id });
        await table.start({ id: row.id, isFirst: true, asksFirst: false, now });
        if (name === 'waiting') await table.wait(row.id, { code: 'mailchimp.unavailable', params: {} }, now + 60_000);
        if (name === 'asking') await table.ask(row.id, 'first-sync');
        return row.id;
      }),
    );
    const queue = await openQueue();
    const watch = createWatch();
    await queue.work((lane) => watch.around(lane, async () => 'done'));
    const woken: string[] = [];
    const noted = {
      wake: async (lane: string) => {
        woken.push(lane);
        await queue.wake(lane);
      },
    };
    const tick = startTick(database, noted, { now: () => now }, (error) => errors.push(error));
    await tick.run();
    const [left = '', waiting = '', asking = ''] = runs;
    await expect.poll(() => watch.runsOf(left), PATIENCE).toBeGreaterThan(0);
    expect(woken).not.toContain(waiting);
    // By itself, without a call: the hour also makes the embedded database clean up.
    now += 3_600_000;
    await expect.poll(() => watch.runsOf(waiting), PATIENCE).toBeGreaterThan(0);
    await tick.stop();
    const wakes = woken.length;
    expect(woken).not.toContain(asking);
    await setImmediate();
    expect(woken).toHaveLength(wakes);
  });

  test('a tick that fails says so and goes on', async () => {
    const tenantId = randomUUID();
    await connections(database.db).addTenant(tenantId, 'Test', NOW);
    const row = draftConnection(tenantId);
    await connections(database.db).add(row, { crmAccount: tenantId, hookSecret: row.id }, NOW);
    const table = syncRuns(database.db, { tenantId, connectionId: row.id });
    await table.start({ id: row.id, isFirst: true, asksFirst: false, now: NOW });
    const told: unknown[] = [];
    let wakes = 0;
    const wake = async () => {
      wakes += 1;
      throw new Error(`broken ${wakes}`);
    };
    const tick = startTick(database, { wake }, { now: () => NOW }, (error) => told.push(error));
    await expect.poll(() => told, PATIENCE).toEqual([new Error('broken 1'), new Error('broken 2')]);
    await tick.stop();
  });
});
