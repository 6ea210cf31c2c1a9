import { expect, test } from 'vitest';
import { createBrevoLimiter } from '../../src/adapters/brevo/brevo-limiter.ts';
import { createBrevoProvider } from '../../src/adapters/brevo/brevo-provider.ts';
import { address, brevoWorld, MAPPING, newMembers, START } from './brevo-world.ts';

const METERS = [
  { bareContacts: 'fast', fastHeaders: 'hour' },
  { bareContacts: 'fast', fastHeaders: 'second' },
  { bareContacts: 'slow', fastHeaders: 'hour' },
  { bareContacts: 'slow', fastHeaders: 'second' },
] as const;

async function readAll({ reads, audienceId }: ReturnType<typeof brevoWorld>): Promise<number> {
  let members = 0;
  for (let offset = 0, total = 1; offset < total; offset += 4_000) {
    const pages = await Promise.all(
      [0, 1_000, 2_000, 3_000].map((more) =>
        reads.readMembers({ audienceId, scope: 'present', offset: offset + more, mapping: MAPPING }),
      ),
    );
    members += pages.reduce((sum, page) => sum + page.members.length, 0);
    total = Math.max(...pages.map((page) => page.total));
  }
  return members;
}

test.each(METERS)('reading 5,000 and importing 3,000 meets not one limit: %o', async (switches) => {
  const world = brevoWorld({ switches: { ...switches, limits: true } });
  const { brevo, reads, writes, audienceId, pass } = world;
  const emails = Array.from({ length: 5_000 }, (_, number) => `m${number}@immo-test.de`);
  brevo.admin.importContacts('onoffice', emails);
  for (const email of emails.slice(0, 60)) brevo.admin.block(email);
  await reads.checkAccount();
  expect(await readAll(world)).toBe(5_000);
  const results = await writes.addMembers(audienceId, newMembers(3_000), MAPPING);
  const [result] = results;
  if (result?.outcome !== 'queued') throw new Error('not queued');
  while ((await reads.readProcess?.(result.processId))?.state !== 'ended') await pass(5_000);
  expect(await readAll(world)).toBe(8_000);
  await Promise.all(
    emails.slice(100, 140).map((email) => writes.unsubscribeMember(audienceId, address(email), MAPPING)),
  );
  expect(brevo.counts.byStatus.get(429)).toBeUndefined();
  expect(brevo.counts.byRoute.get('POST /contacts/import')).toBe(1);
});

test('an empty meter of all else parks the work, keeps nobody else waiting, and is no request', async () => {
  const { brevo, reads, audienceId, pass, sent } = brevoWorld({ switches: { limits: true } });
  const failures: unknown[] = [];
  for (let number = 0; number < 105; number += 1)
    await reads.listWebhookUrls(audienceId).catch((error: unknown) => failures.push(error));
  expect(failures).toHaveLength(5);
  expect(failures[0]).toMatchObject({ kind: 'rate_limited', retryAfterMs: expect.any(Number), status: undefined });
  expect(sent).toHaveLength(100);
  await reads.recogniseFields(audienceId);
  expect(brevo.counts.byStatus.get(429)).toBeUndefined();
  const [{ retryAfterMs = 0 }] = failures as [{ retryAfterMs?: number }];
  await pass(retryAfterMs);
  expect(await reads.listWebhookUrls(audienceId)).toEqual([]);
  expect(brevo.counts.byStatus.get(429)).toBeUndefined();
});

test('a meter that others have used up is waited for as long as it says', async () => {
  const { brevo, reads, audienceId, waits } = brevoWorld();
  const headers = { 'x-sib-ratelimit-limit': '10', 'x-sib-ratelimit-remaining': '0', 'x-sib-ratelimit-reset': '7' };
  brevo.faults.plan({ fault: { type: 'status', status: 429, headers }, times: 1 });
  await reads.recogniseFields(audienceId);
  expect(waits).toMatchObject([{ code: 'brevo.rate_limited', waitMs: 7_500 }]);
});

test('connections of one account share the meters', async () => {
  const { brevo } = brevoWorld({ switches: { limits: true } });
  let now = START;
  const clock = { now: () => now };
  const sleep = async (ms: number) => {
    now += ms;
  };
  brevo.world.clock = clock;
  const limiter = createBrevoLimiter({ clock, sleep });
  const connect = () =>
    createBrevoProvider({
      apiKey: brevo.apiKey,
      baseUrl: 'http://127.0.0.1/v3',
      fetch: (url, init) => brevo.fetch(new Request(url, init)),
      clock,
      sleep,
      random: () => 0.5,
      language: 'de',
      limiter,
    }).reads;
  const [one, other] = [connect(), connect()];
  await Promise.all(Array.from({ length: 60 }, (_, number) => (number % 2 === 0 ? one : other).recogniseFields('1')));
  expect(brevo.counts.byStatus).toEqual(new Map([[200, 60]]));
});
