import type { Account, Process } from './entities.ts';
import { nextNumber } from './store.ts';
import { postTo } from './webhooks.ts';
import type { World } from './world.ts';

/** A job for the account's queue. */
export type Job = {
  name: string;
  rows: number;
  notifyUrl?: string | undefined;
  /** does the work; the process is still running */
  run(process: Process): void;
};

/** Queues a job: jobs of an account run one after the other, and take effect when they end (fact sheet 4.3). */
export function queueProcess(world: World, account: Account, job: Job): Process {
  const { schedule, switches } = world;
  const now = world.clock.now();
  const process: Process = {
    id: nextNumber(account, 'process'),
    name: job.name,
    status: 'queued',
    createdAt: now,
    completedAt: undefined,
    error: undefined,
    trouble: undefined,
    fileKey: world.store.nextId('file', 16),
    exportFile: undefined,
  };
  account.processes.set(process.id, process);
  const startAt = Math.max(now + switches.processQueueMs, account.queueBusyUntil);
  const endAt = startAt + switches.processMs + Math.ceil((job.rows / 1000) * switches.processMsPerThousand);
  account.queueBusyUntil = endAt;
  schedule.plan(startAt, () => {
    process.status = 'running';
  });
  schedule.plan(endAt, async () => {
    process.completedAt = world.clock.now();
    if (switches.processOutcome === 'completed') job.run(process);
    process.status = switches.processOutcome;
    if (process.status === 'failed') process.error = 'Processing timeout exceeded';
    if (job.notifyUrl) await notify(world, job.notifyUrl, process);
  });
  return process;
}

// The body is not documented; receivers may take it as a wake-up only.
async function notify(world: World, url: string, { id }: Process): Promise<void> {
  const headers = new Headers({ 'content-type': 'application/json' });
  await postTo(world, url, headers, JSON.stringify({ process_id: id }));
}
