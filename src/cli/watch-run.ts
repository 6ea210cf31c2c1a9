import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import type { Run } from '../http/api/runs.ts';
import type { ApiClient } from './api-client.ts';

type RunAnswer = z.output<typeof Run>;

/** Watches a run until it ends or asks; progress goes to standard error, one line a phase. */
export async function watchRun(call: ApiClient, params: { connectionId: string; runId: string }): Promise<RunAnswer> {
  let shown = '';
  for (;;) {
    const run = await call('GET /api/connections/:connectionId/runs/:runId', { params });
    const state = run.waitingFor ? `waiting (${run.waitingFor.code})` : run.phase;
    const counted = run.progress.total === null ? '' : ` ${run.progress.done} of ${run.progress.total}`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${state}${counted}`);
    else if (state !== shown) console.error(state);
    shown = state;
    if (run.finishedAt !== null || run.state === 'awaiting-approval') {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      return run;
    }
    await delay(200);
  }
}
