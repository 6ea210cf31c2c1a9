import { expect, test } from 'vitest';
import { createOnOfficeSimulator, DEFAULT_TOKEN } from './index.ts';
import { call, errorCode, post, send, signedAction, testClock } from './test-client.ts';

function world() {
  const waited: number[] = [];
  const sim = createOnOfficeSimulator({
    clock: testClock(),
    wait: async (ms) => {
      waited.push(ms);
    },
  });
  return { sim, waited };
}

function creating(sim: ReturnType<typeof world>['sim']): string {
  const timestamp = Math.floor(sim.store.now() / 1000);
  const actions = [
    signedAction(['get fields', {}], sim.apiUser, timestamp),
    signedAction(['create address', { Name: 'A' }], sim.apiUser, timestamp),
  ];
  return JSON.stringify({ token: DEFAULT_TOKEN, request: { actions } });
}

test('a fault meets requests with a matching action, as often as planned', async () => {
  const { sim } = world();
  sim.faults.plan({ fault: { type: 'status', status: 503 }, times: 1, match: /^create address$/ });
  expect(await errorCode(sim, 'read address')).toBe(0);
  expect((await post(sim, creating(sim))).status).toBe(503);
  expect(sim.store.addresses.size).toBe(0);
  expect((await post(sim, creating(sim))).status).toBe(200);
});

test('a lost answer and a cut one are carried out all the same', async () => {
  const { sim } = world();
  sim.faults.plan({ fault: { type: 'lose-answer' }, times: 1 });
  expect((await post(sim, creating(sim))).status).toBe(502);
  sim.faults.plan({ fault: { type: 'truncate' }, times: 1 });
  const cut = await post(sim, creating(sim));
  expect(cut.status).toBe(200);
  await expect(cut.json()).rejects.toThrow();
  expect(sim.store.addresses.size).toBe(2);
});

test('delays and latency use the clock that was handed in', async () => {
  const { sim, waited } = world();
  sim.faults.plan({ fault: { type: 'delay', ms: 30_000 }, times: 1 });
  sim.switches.latencyMs = 40;
  await send(sim, [['read address'], ['read address']]);
  expect(waited).toEqual([30_000, 40, 40]);
});

test('single actions fail on command, carried out or not', async () => {
  const { sim } = world();
  const [a, b] = [sim.agent.createContact({ Name: 'A' }), sim.agent.createContact({ Name: 'B' })];
  sim.actionFaults.plan({ code: 88, times: 1, match: /^modify address$/, resourceId: String(b.id) });
  const both = await send(sim, [
    ['modify address', { Name: 'A2' }, a.id],
    ['modify address', { Name: 'B2' }, b.id],
  ]);
  expect(both.response.results.map(({ status }) => status.errorcode)).toEqual([0, 88]);
  expect([a.values.Name, b.values.Name]).toEqual(['A2', 'B']);
  sim.actionFaults.plan({ code: 1, times: 1, carryOut: true });
  expect((await call(sim, 'modify address', { Name: 'B2' }, b.id)).status.errorcode).toBe(1);
  expect(b.values.Name).toBe('B2');
  expect(await errorCode(sim, 'modify address', { Name: 'B3' }, b.id)).toBe(0);
});
