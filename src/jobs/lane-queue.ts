import { type PgBoss as Boss, PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';

/** Wakes lanes: at most one job of a lane runs and one waits; the rows in the database are the work. */
export type LaneQueue = {
  /** Makes sure that the lane's worker looks for work soon; many wakes are one. */
  wake(lane: string): Promise<void>;
  /** Starts working on lanes. The handler returns whether it left work behind; where it throws, the lane is woken again. */
  work(handler: (lane: string) => Promise<'done' | 'more'>): Promise<void>;
  /** Lets running handlers end their step and stops. */
  stop(): Promise<void>;
};

const QUEUE = 'lane';

/** Lanes that one process works on side by side. */
const LANES_AT_ONCE = 4;

/**
 * The queue of lanes on pg-boss. Figures of its settings: a lane of a dead worker is taken over in about ten seconds on
 * PostgreSQL; on the embedded database nobody else can be running a job at start, so what was active is failed at once.
 *
 * @param onError told of errors of the queue itself
 */
export async function startLaneQueue(database: Database, onError: (error: unknown) => void): Promise<LaneQueue> {
  const boss: Boss = new PgBoss({
    ...(database.queueStore
      ? { db: database.queueStore, backend: 'pglite' as const }
      : { connectionString: database.url ?? '', backend: 'postgres' as const, max: 4 }),
    useListenNotify: true,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(QUEUE, {
    policy: 'stately',
    notify: true,
    heartbeatSeconds: 10,
    retryLimit: 1000,
    retryDelay: 1,
    deleteAfterSeconds: 3600,
  });
  if (database.backend === 'pglite') await failOrphans(boss);
  const workers: string[] = [];
  const wake = async (lane: string) => {
    await boss.send(QUEUE, { lane }, { singletonKey: lane });
  };
  return {
    wake,
    async work(handler) {
      for (let index = 0; index < LANES_AT_ONCE; index += 1) {
        const id = await boss.work<{ lane: string }>(
          QUEUE,
          { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 1, batchSize: 1 },
          async (jobs) => {
            for (const job of jobs) {
              const end = await handler(job.data.lane).catch((error: unknown) => {
                // What a handler throws is kept with the job, and errors of the database quote rows.
                throw new Error(error instanceof Error ? error.name : 'unknown');
              });
              if (end === 'more') await wake(job.data.lane);
            }
            // A worker takes one job a poll: without this the next one waits for the poll.
            for (const worker of workers) boss.notifyWorker(worker);
          },
        );
        workers.push(id);
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000, close: database.backend === 'postgres' }),
  };
}

async function failOrphans(boss: Boss): Promise<void> {
  const jobs = await boss.findJobs(QUEUE);
  const active = jobs.filter((job) => job.state === 'active').map((job) => job.id);
  if (active.length > 0) await boss.fail(QUEUE, active);
}
