import { expect, test } from 'vitest';
import { RETRY } from '../../src/adapters/onoffice/limits.ts';
import { failure, stranger, world } from './onoffice-world.ts';

const STORMS = [
  ['429', { type: 'status', status: 429, headers: { 'retry-after': '2' } }],
  ['502', { type: 'status', status: 502, body: '<html></html>', contentType: 'text/html' }],
  ['HTML with status 200', { type: 'status', status: 200, body: '<html></html>', contentType: 'text/html' }],
  ['403 without a body', { type: 'status', status: 403 }],
  ['a lost answer', { type: 'lose-answer' }],
  ['half an answer', { type: 'truncate' }],
] as const;

test.each(STORMS)('reads, consent and tags survive %s', async (_name, fault) => {
  const { sim, reads, consentWrites } = world();
  const key = sim.agent.addTag('Eigentümer');
  const contactId = String(sim.agent.createContact({}).id);
  sim.faults.plan({ fault, times: 1 });
  expect((await reads.readContacts({ offset: 0 })).total).toBe(1);
  sim.faults.plan({ fault, times: 2 });
  expect(await consentWrites.writeConsent([{ contactId, consent: 'yes' }], 'cancellation')).toMatchObject([
    { outcome: 'done' },
  ]);
  sim.faults.plan({ fault, times: 1 });
  expect(await reads.writeTags([{ contactId, tagKeys: [key] }])).toMatchObject([{ outcome: 'done' }]);
});

test.each(STORMS)('a contact is never created twice, also not after %s', async (name, fault) => {
  const { sim, reads, consentWrites } = world();
  await reads.listTags();
  sim.faults.plan({ fault, times: 1 });
  const results = await consentWrites.createContacts([stranger('eva@immo-test.de'), stranger('ida@immo-test.de')]);
  expect(sim.counts.actions['create address'] ?? 0).toBeLessThanOrEqual(2);
  const wasRefusedBefore = name === '429' || name === '403 without a body';
  expect(results.map((result) => result.outcome)).toEqual(wasRefusedBefore ? ['done', 'done'] : ['unknown', 'unknown']);
});

test('a bad weather that stays is an error of its kind', async () => {
  const expected = [
    'rate_limited',
    'unavailable',
    'unexpected_response',
    'unavailable',
    'unavailable',
    'unexpected_response',
  ];
  for (const [index, [, fault]] of STORMS.entries()) {
    const { sim, reads } = world();
    sim.faults.plan({ fault, times: 100 });
    expect((await failure(reads.readContacts({ offset: 0 }))).kind).toBe(expected[index]);
    expect(sim.counts.requests).toBe(RETRY.attempts);
  }
});

test('a failure in the middle keeps what was written before it', async () => {
  const { sim, reads, consentWrites } = world();
  await reads.listTags();
  const contactIds = Array.from({ length: 20 }, () => String(sim.agent.createContact({}).id));
  // Five go in the first request, ten in the second, five would in the third.
  const { fetch } = sim;
  let writes = 0;
  sim.fetch = async (request) => {
    writes += 1;
    return writes >= 2 ? new Response('', { status: 404 }) : fetch(request);
  };
  const results = await consentWrites.writeConsent(
    contactIds.map((contactId) => ({ contactId, consent: 'yes' as const })),
    'cancellation',
  );
  expect(results.map((result) => result.outcome)).toEqual([
    ...Array.from({ length: 5 }, () => 'done'),
    ...Array.from({ length: 15 }, () => 'refused'),
  ]);
  expect(results.at(-1)).toMatchObject({ code: 'onoffice.unexpected_response', isPermanent: false });
});

test('an unknown error of onOffice is repeated for a change and looked into for a new contact', async () => {
  const { sim, reads, consentWrites } = world();
  await reads.listTags();
  const contactId = String(sim.agent.createContact({}).id);
  sim.actionFaults.plan({ code: 27, times: 1 });
  expect(await consentWrites.writeConsent([{ contactId, consent: 'no' }], 'no')).toMatchObject([{ outcome: 'done' }]);
  sim.actionFaults.plan({ code: 1, times: 1, carryOut: true });
  expect(
    await consentWrites.createContacts([stranger('eva@immo-test.de'), stranger('ida@immo-test.de')]),
  ).toMatchObject([{ outcome: 'unknown' }, { outcome: 'done' }]);
});

test('fewer actions than we send are learned and kept to', async () => {
  const { sim, reads, consentWrites } = world({ switches: { maxActions: 2 } });
  await reads.checkAccess();
  const contactIds = Array.from({ length: 5 }, () => String(sim.agent.createContact({}).id));
  const rows = contactIds.map((contactId) => ({ contactId, consent: 'yes' as const }));
  const results = await consentWrites.writeConsent(rows, 'cancellation');
  expect(results.map((result) => result.outcome)).toEqual(Array.from({ length: 5 }, () => 'done'));
  expect(sim.counts.actions['modify address']).toBe(5);
});

test('requests stay near two seconds while onOffice is slow', async () => {
  const { sim, reads, consentWrites } = world({ switches: { latencyMs: 700 } });
  await reads.listTags();
  const contactIds = Array.from({ length: 9 }, () => String(sim.agent.createContact({}).id));
  sim.counts.reset();
  await consentWrites.writeConsent(
    contactIds.map((contactId) => ({ contactId, consent: 'yes' as const })),
    'cancellation',
  );
  // Five at first, then two at a time.
  expect(sim.counts.requests).toBe(3);
});

test('many writes at once never exceed two requests a second, one at a time, and grow to twenty a request', async () => {
  const { sim, reads, consentWrites } = world({ switches: { requestsPerSecond: 2, maxActions: 20 } });
  await reads.listTags();
  const contactIds = Array.from({ length: 100 }, () => String(sim.agent.createContact({}).id));
  sim.counts.reset();
  const rows = contactIds.map((contactId) => ({ contactId, consent: 'yes' as const }));
  const [first] = await Promise.all([
    consentWrites.writeConsent(rows, 'cancellation'),
    reads.readContacts({ offset: 0 }),
    reads.readContacts({ offset: 0 }),
  ]);
  expect(first.every((result) => result.outcome === 'done')).toBe(true);
  expect(sim.counts.maxInFlight).toBe(1);
  // 5 + 10 + 20 × 4 + 5, and the two reads.
  expect(sim.counts.requests).toBe(9);
});
