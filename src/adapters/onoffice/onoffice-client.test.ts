import { expect, test } from 'vitest';
import { ProviderError } from '../../core/errors.ts';
import { signAction } from './hmac.ts';
import { type Action, createOnOfficeClient } from './onoffice-client.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';
const SECRET = 's'.repeat(32) + 't'.repeat(32);
const READ: Action = { verb: 'read', resourceType: 'address', parameters: { data: ['Name'] } };
const CREATE: Action = { verb: 'create', resourceType: 'address', parameters: { email: 'eva@example.org' } };

type SentAction = { timestamp: number; hmac: string; identifier: string; parameters: Record<string, unknown> };
type Answer = { status?: number; text: string; headers?: Record<string, string> };

const ok = (count = 1) => envelope(Array.from({ length: count }, () => ({ errorcode: 0 })));

function envelope(
  results: readonly { errorcode: number; message?: string; identifier?: string; data?: unknown }[],
  top: object = { code: 200, errorcode: 0, message: 'OK' },
): Answer {
  const data = { meta: { cntabsolute: null }, records: [{ id: 1, type: 'address', elements: [] }] };
  return {
    text: JSON.stringify({
      status: top,
      response: {
        results: results.map(({ errorcode, message = '', ...more }) => ({
          data: errorcode === 0 ? data : [],
          ...more,
          status: { errorcode, message },
        })),
      },
    }),
  };
}

/** A client whose requests are answered by the list, the last one again and again; waits move the clock. */
function clientWith(
  answers: readonly Answer[],
  more: { token?: string; secret?: string; extendedClaim?: string } = {},
) {
  let now = 1_700_000_000_900;
  const clock = { now: () => now };
  const sleep = async (ms: number) => {
    now += ms;
  };
  const sent: { token: string; request: { actions: SentAction[] } }[] = [];
  const waits: number[] = [];
  const client = createOnOfficeClient({
    token: TOKEN,
    secret: SECRET,
    ...more,
    clock,
    random: () => 0.5,
    fetch: async (_url, init) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)]!;
      sent.push(JSON.parse(init.body ?? ''));
      now += 5_000;
      return new Response(answer.text, { status: answer.status ?? 200, headers: answer.headers ?? {} });
    },
    sleep,
    onWaiting: ({ waitMs }) => waits.push(waitMs),
  });
  return { client, sent, waits };
}

async function failure(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ProviderError)) throw new Error('expected a ProviderError');
  return error;
}

test('every try is signed anew with the time of the try, and what is signed is what is sent', async () => {
  const { client, sent } = clientWith([{ status: 502, text: '<html>' }, ok()]);
  await client.send([READ], { isRepeatable: true });
  const signed = sent.map(({ request }) => request.actions[0]!);
  expect(signed[1]!.timestamp).toBeGreaterThan(signed[0]!.timestamp);
  for (const { timestamp, hmac } of signed)
    expect(hmac).toBe(signAction({ timestamp, token: TOKEN, secret: SECRET, resourceType: 'address', verb: 'read' }));
});

test('a claim travels with every action, and none without one', async () => {
  const { client, sent } = clientWith([ok(2)], { extendedClaim: 'claim-2' });
  await client.send([READ, CREATE], { isRepeatable: true });
  expect(sent[0]!.request.actions.map(({ parameters }) => parameters.extendedclaim)).toEqual(['claim-2', 'claim-2']);
  const plain = clientWith([ok()]);
  await plain.client.send([READ], { isRepeatable: true });
  expect(plain.sent[0]!.request.actions[0]!.parameters).not.toHaveProperty('extendedclaim');
});

test('swapped token and secret are noticed by their lengths before anything is sent', async () => {
  const { client, sent } = clientWith([ok()], { token: SECRET, secret: TOKEN });
  expect(await failure(client.send([READ], { isRepeatable: true }))).toMatchObject({
    kind: 'auth',
    code: 'onoffice.credentials_swapped',
  });
  expect(sent).toHaveLength(0);
});

test.each([
  ['the top names 97', { code: 500, errorcode: 97, message: 'Error in action' }],
  ['the top repeats the number', { code: 500, errorcode: 80, message: 'Unknown record' }],
  ['the top says that all is well', { code: 200, errorcode: 0, message: 'OK' }],
])('a failed action is read from its own status, whether %s', async (_name, top) => {
  const { client } = clientWith([envelope([{ errorcode: 0 }, { errorcode: 80, message: 'Unknown record' }], top)]);
  const { results } = await client.send([READ, READ], { isRepeatable: true });
  expect(results).toMatchObject([{ outcome: 'done' }, { outcome: 'failed', number: 80, message: 'Unknown record' }]);
});

test('a reason that meets every action is an error of the call', async () => {
  const { client } = clientWith([envelope([{ errorcode: 137 }, { errorcode: 137 }])]);
  expect(await failure(client.send([READ, READ], { isRepeatable: true }))).toMatchObject({
    kind: 'auth',
    code: 'onoffice.credentials_invalid',
    status: 137,
  });
});

test('a request refused as a whole is an error, whether the number or only the code says why', async () => {
  const refused = clientWith([{ text: JSON.stringify({ status: { code: 400, errorcode: 22, message: 'x' } }) }]);
  expect(await failure(refused.client.send([READ], { isRepeatable: true }))).toMatchObject({
    kind: 'auth',
    status: 22,
  });
  const bare = clientWith([{ text: '{"status":{"code":400,"errorcode":0},"response":[]}' }]);
  expect(await failure(bare.client.send([READ], { isRepeatable: true }))).toMatchObject({ kind: 'auth', status: 400 });
});

test('an error on top is not overheard because every action says it went well', async () => {
  const { client } = clientWith([envelope([{ errorcode: 0 }], { code: 500, errorcode: 1, message: 'Unknown error' })]);
  expect(await failure(client.send([CREATE], { isRepeatable: false }))).toMatchObject({
    kind: 'unavailable',
    mayHaveHappened: true,
  });
});

test.each([
  ['a result is missing', ok(1)],
  ['results are out of order', envelope([{ errorcode: 0, identifier: 'action-1' }, { errorcode: 0 }])],
  ['records are missing', envelope([{ errorcode: 0, data: null }, { errorcode: 0 }])],
  ['the body is cut off', { text: ok(2).text.slice(0, 80) }],
  ['the body is HTML', { text: '<html><body>Maintenance</body></html>' }],
  ['the body is empty', { text: '' }],
])('where %s, a write may have happened and is not repeated', async (_name, answer) => {
  const { client, sent } = clientWith([answer]);
  expect(await failure(client.send([CREATE, CREATE], { isRepeatable: false }))).toMatchObject({
    kind: 'unexpected_response',
    code: 'onoffice.unexpected_response',
    mayHaveHappened: true,
  });
  expect(sent).toHaveLength(1);
});

test('a lost answer is asked for again where that does no harm', async () => {
  const { client, sent, waits } = clientWith([{ status: 502, text: '<html>' }, { text: '{"sta' }, ok()]);
  await client.send([CREATE], { isRepeatable: true });
  expect(sent).toHaveLength(3);
  expect(waits).toEqual([500, 1_000]);
});

test('a limit is waited for as long as onOffice says, also by a write, which was not carried out', async () => {
  const { client, sent, waits } = clientWith([{ status: 429, text: '', headers: { 'retry-after': '7' } }, ok()]);
  await client.send([CREATE], { isRepeatable: false });
  expect(sent).toHaveLength(2);
  expect(waits).toEqual([7_500]);
});

test.each([
  [502, 'unavailable', true],
  [403, 'unavailable', false],
  [404, 'unexpected_response', false],
  [301, 'unexpected_response', false],
])('HTTP %i without an answer of onOffice is %s', async (status, kind, mayHaveHappened) => {
  const { client } = clientWith([{ status, text: '<html>' }]);
  expect(await failure(client.send([CREATE], { isRepeatable: false }))).toMatchObject({
    kind,
    status,
    mayHaveHappened,
  });
});

test('an answer of onOffice counts whatever the HTTP status', async () => {
  const { client } = clientWith([{ ...envelope([{ errorcode: 137 }]), status: 500 }]);
  expect(await failure(client.send([READ], { isRepeatable: true }))).toMatchObject({ kind: 'auth', status: 137 });
});

test.each([
  ['error 15', { text: '{"status":{"code":500,"errorcode":15,"message":"actions"},"response":{"results":[]}}' }],
  ['HTTP 413', { status: 413, text: '' }],
])('several actions refused unread (%s) may be too many; a single one is not', async (_name, answer) => {
  const { client } = clientWith([answer]);
  expect(await failure(client.send([READ, READ], { isRepeatable: true }))).toMatchObject({
    code: 'onoffice.too_many_actions',
  });
  const single = await failure(client.send([READ], { isRepeatable: true }));
  expect(single.code).not.toBe('onoffice.too_many_actions');
});

test('one request is under way at a time, and not more than two start in a second', async () => {
  let inFlight = 0;
  let most = 0;
  let now = 1_700_000_000_000;
  const startedAt: number[] = [];
  const clock = { now: () => now };
  const sleep = async (ms: number) => {
    now += ms;
  };
  const client = createOnOfficeClient({
    token: TOKEN,
    secret: SECRET,
    clock,
    sleep,
    random: () => 0,
    fetch: async () => {
      startedAt.push(now);
      inFlight += 1;
      most = Math.max(most, inFlight);
      await Promise.resolve();
      inFlight -= 1;
      return new Response(ok().text);
    },
  });
  await Promise.all(Array.from({ length: 5 }, () => client.send([READ], { isRepeatable: true })));
  expect(most).toBe(1);
  expect(startedAt.map((at) => at - startedAt[0]!)).toEqual([0, 500, 1_000, 1_500, 2_000]);
});
