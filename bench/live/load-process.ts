import { createHmac } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import type { LoadFigures } from '../bench-row.ts';
import { spreadOf } from '../spread.ts';
import { createWebhookBodies } from './webhook-bodies.ts';

/** What the load is made of. `perSecond`: an even stream; undefined: as much as `atOnce` connections take. */
export type LoadOrder = {
  provider: ProviderName;
  url: string;
  /** what deliveries are signed with */
  secret: string;
  audienceId: string;
  emails: readonly string[];
  events: number;
  atOnce: number;
  perSecond?: number;
};

/** No load lasts longer, however slow the server is. */
const LONGEST_MS = 30_000;

process.once('message', async (order: LoadOrder) => {
  process.send?.(await sendLoad(order));
  process.disconnect();
});

async function sendLoad(order: LoadOrder): Promise<LoadFigures> {
  const { provider, secret, events, atOnce, perSecond } = order;
  const { origin, pathname } = new URL(order.url);
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 });
  const bodyOf = createWebhookBodies(order);
  const answered: number[] = [];
  let sent = 0;
  const deliver = async (number: number, dueAt: number) => {
    sent += 1;
    const body = bodyOf(number);
    const { statusCode, body: answer } = await pool.request({
      method: 'POST',
      path: pathname,
      headers: headersOf(provider, secret, body),
      body,
    });
    await answer.dump();
    if (statusCode === 200) answered.push(performance.now() - dueAt);
  };
  const startedAt = performance.now();
  const endsAt = startedAt + LONGEST_MS;
  let next = 0;
  if (perSecond === undefined) {
    const sendInTurn = async () => {
      while (next < events && performance.now() < endsAt) await deliver(next++, performance.now());
    };
    await Promise.all(Array.from({ length: atOnce }, sendInTurn));
  } else {
    const open: Promise<void>[] = [];
    while (next < events && performance.now() < endsAt) {
      const dueAt = startedAt + (next * 1000) / perSecond;
      const waitMs = dueAt - performance.now();
      if (waitMs > 1) await delay(waitMs);
      open.push(deliver(next++, dueAt));
    }
    await Promise.all(open);
  }
  const elapsedMs = performance.now() - startedAt;
  await pool.close();
  return { sent, taken: answered.length, elapsedMs, answered: spreadOf(answered) };
}

function headersOf(provider: ProviderName, secret: string, body: string): Record<string, string> {
  if (provider === 'brevo') return { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
  const seconds = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-mailchimp-signature': `t=${seconds},v1=${signature}`,
  };
}
