import { expect, test } from 'vitest';
import { address, brevoWorld, MAPPING, newMember, newMembers, raisedMember } from './brevo-world.ts';

const ANNA = 'anna.muster@immo-test.de';

test('a few members are added one by one, create-only, one result per row in order', async () => {
  const { writes, brevo, audienceId, list, sent, at } = brevoWorld();
  brevo.admin.addContact({ email: 'drauf@immo-test.de', lists: ['onoffice'], attributes: { VORNAME: 'Bleibt' } });
  brevo.admin.addContact({ email: 'geblockt@immo-test.de', blocked: true, attributes: { VORNAME: 'Bleibt' } });
  brevo.admin.addContact({ email: 'da@immo-test.de', lists: ['Your first list'] });
  const results = await writes.addMembers(
    audienceId,
    [
      newMember(ANNA),
      newMember('drauf@immo-test.de'),
      newMember('geblockt@immo-test.de'),
      newMember('da@immo-test.de'),
    ],
    MAPPING,
  );
  expect(results).toMatchObject([
    { outcome: 'done', member: { email: ANNA, status: 'subscribed', fields: { firstName: 'Anna' } } },
    { outcome: 'already-member' },
    { outcome: 'already-member' },
    { outcome: 'done', member: { email: 'da@immo-test.de', status: 'subscribed' } },
  ]);
  expect(at('drauf@immo-test.de')?.attributes.VORNAME).toBe('Bleibt');
  expect(at('geblockt@immo-test.de')).toMatchObject({ emailBlacklisted: true, listIds: [] });
  expect(at('da@immo-test.de')?.listIds).toEqual([2, list.id]);
  for (const { body } of sent) expect(JSON.stringify(body ?? {})).not.toContain('lacklist');
  expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toContainEqual({
    email: ANNA,
    attributes: { VORNAME: 'Anna', NACHNAME: 'Muster' },
    listIds: [list.id],
    updateEnabled: false,
  });
});

test('an address that Brevo takes for none is refused for good', async () => {
  const { writes, audienceId } = brevoWorld();
  const rows = [newMember('x@immo-test.d3'), newMember(ANNA)];
  const [first, second] = await writes.addMembers(audienceId, rows, MAPPING);
  expect(first).toMatchObject({ outcome: 'refused', reason: 'invalid_email', isPermanent: true });
  expect(second).toMatchObject({ outcome: 'done' });
});

test.each(['duplicate_parameter', 'invalid_parameter'] as const)(
  'a known contact answers %s',
  async (duplicateCode) => {
    const { writes, brevo, audienceId } = brevoWorld({ switches: { duplicateCode } });
    brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
    expect(await writes.addMembers(audienceId, [newMember(ANNA)], MAPPING)).toEqual([{ outcome: 'already-member' }]);
  },
);

test('many members go into one import, which ends later', async () => {
  const { writes, reads, brevo, audienceId, list, sent, at, pass } = brevoWorld();
  brevo.admin.addContact({ email: 'neu0@immo-test.de', lists: ['Your first list'] });
  const results = await writes.addMembers(audienceId, newMembers(30), MAPPING);
  const imports = sent.filter(({ path }) => path === '/contacts/import');
  expect(imports).toHaveLength(1);
  expect(imports[0]?.body).toMatchObject({ listIds: [list.id], disableNotification: true });
  expect(Object.keys(imports[0]?.body ?? {})).not.toContain('emailBlacklist');
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  const [result] = results;
  if (result?.outcome !== 'queued') throw new Error('not queued');
  const ask = () => reads.readProcess?.(result.processId);
  expect(await ask()).toEqual({ state: 'waiting' });
  expect(at('neu7@immo-test.de')).toBeUndefined();
  await pass(2_000);
  expect(await ask()).toEqual({ state: 'running' });
  await pass(10_000);
  expect(await ask()).toEqual({ state: 'ended', invalid: [] });
  expect(at('neu7@immo-test.de')).toMatchObject({ listIds: [list.id], attributes: { VORNAME: 'Anna' } });
  expect(at('neu0@immo-test.de')?.listIds).toEqual([2, list.id]);
  expect(brevo.store.systemMails).toEqual([]);
});

test('where creating a contact counts on the slow meter, more than a few go into an import', async () => {
  const { writes, reads, audienceId, sent } = brevoWorld({ switches: { bareContacts: 'slow', limits: true } });
  await reads.readMembers({ audienceId, scope: 'present', offset: 0, mapping: MAPPING });
  expect(await writes.addMembers(audienceId, newMembers(3), MAPPING)).toMatchObject(Array(3).fill({ outcome: 'done' }));
  const results = await writes.addMembers(audienceId, newMembers(8).slice(3), MAPPING);
  expect(results.map(({ outcome }) => outcome)).toEqual(Array(5).fill('queued'));
  expect(sent.filter(({ method, path }) => method === 'POST' && path === '/contacts')).toHaveLength(3);
});

test('a slow import is asked for until it ends', async () => {
  const { writes, reads, audienceId, pass } = brevoWorld({
    switches: { processQueueMs: 1_200_000, processMs: 600_000 },
  });
  const [result] = await writes.addMembers(audienceId, newMembers(30), MAPPING);
  if (result?.outcome !== 'queued') throw new Error('not queued');
  const states: (string | undefined)[] = [];
  for (let minute = 0; minute <= 30; minute += 5) {
    states.push((await reads.readProcess?.(result.processId))?.state);
    await pass(300_000);
  }
  expect(states).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'running', 'running', 'ended']);
});

test.each(['in_process', 'processing'] as const)('a process that is %s is running', async (runningWord) => {
  const { writes, reads, audienceId, pass } = brevoWorld({ switches: { runningWord } });
  const [result] = await writes.addMembers(audienceId, newMembers(21), MAPPING);
  await pass(2_000);
  expect(await reads.readProcess?.(result?.outcome === 'queued' ? result.processId : '')).toEqual({ state: 'running' });
});

test.each(['failed', 'cancelled'] as const)(
  'a process that has %s has ended; the list tells the rest',
  async (processOutcome) => {
    const { writes, reads, audienceId, pass } = brevoWorld({ switches: { processOutcome } });
    const [result] = await writes.addMembers(audienceId, newMembers(21), MAPPING);
    await pass(10_000);
    expect(await reads.readProcess?.(result?.outcome === 'queued' ? result.processId : '')).toEqual({
      state: 'ended',
      invalid: [],
    });
  },
);

test('a process that Brevo no longer knows has ended', async () => {
  expect(await brevoWorld().reads.readProcess?.('4711')).toEqual({ state: 'ended', invalid: [] });
});

test.each([
  ['urls', [{ email: 'x@immo-test.d3', words: '' }]],
  ['counts', []],
] as const)('addresses that an import refuses are named where Brevo names them (%s)', async (importInfo, invalid) => {
  const { writes, reads, audienceId, pass, sent } = brevoWorld({ switches: { importInfo } });
  const rows = [...newMembers(30), newMember('x@immo-test.d3')];
  const [result] = await writes.addMembers(audienceId, rows, MAPPING);
  await pass(10_000);
  expect(await reads.readProcess?.(result?.outcome === 'queued' ? result.processId : '')).toEqual({
    state: 'ended',
    invalid,
  });
  expect(sent.some(({ path }) => path.startsWith('/_files/'))).toBe(importInfo === 'urls');
});

test('an import of unusable rows alone is refused', async () => {
  const { writes, audienceId } = brevoWorld();
  const rows = Array.from({ length: 21 }, (_, number) => newMember(`x${number}@immo-test.d3`));
  const results = await writes.addMembers(audienceId, rows, MAPPING);
  expect(results).toHaveLength(21);
  expect(results[20]).toMatchObject({ outcome: 'refused', reason: 'invalid_email', isPermanent: true });
});

test('imports stay below the size that Brevo takes, however long the texts are', async () => {
  const { writes, audienceId, sent } = brevoWorld();
  const long = { firstName: 'ä'.repeat(80), lastName: 'ö'.repeat(80), salutation: '', letterSalutation: '' };
  const rows = newMembers(25_000).map((row) => ({ ...row, fields: long }));
  const results = await writes.addMembers(audienceId, rows, MAPPING);
  const bodies = sent.filter(({ path }) => path === '/contacts/import').map(({ body }) => JSON.stringify(body));
  expect(bodies).toHaveLength(2);
  for (const body of bodies) expect(Buffer.byteLength(body)).toBeLessThan(8_000_000);
  expect(results).toHaveLength(25_000);
  expect(new Set(results.map((result) => result.outcome === 'queued' && result.processId)).size).toBe(2);
});

test('who was blocked between reading and importing stays blocked', async () => {
  const { writes, reads, brevo, audienceId, pass, at } = brevoWorld();
  brevo.admin.addContact({ email: 'neu3@immo-test.de' });
  await writes.addMembers(audienceId, newMembers(30), MAPPING);
  brevo.person.unsubscribe('neu3@immo-test.de');
  await writes.unsubscribeMember(audienceId, address('neu4@immo-test.de'), MAPPING);
  await pass(10_000);
  for (const name of ['neu3', 'neu4']) {
    expect(at(`${name}@immo-test.de`)?.emailBlacklisted).toBe(true);
    expect(await reads.readMember(audienceId, address(`${name}@immo-test.de`), MAPPING)).toMatchObject({
      status: 'unsubscribed',
    });
  }
});

test('nobody to add is no call, too many are a bug', async () => {
  const { writes, audienceId, sent } = brevoWorld();
  expect(await writes.addMembers(audienceId, [], MAPPING)).toEqual([]);
  await expect(writes.addMembers(audienceId, Array(40_001).fill(newMember(ANNA)), MAPPING)).rejects.toThrow(
    'more than',
  );
  expect(sent).toEqual([]);
});

test('nobody is added to a list that is gone', async () => {
  const { writes, brevo, audienceId } = brevoWorld();
  brevo.admin.deleteList('onoffice');
  await expect(writes.addMembers(audienceId, newMembers(30), MAPPING)).rejects.toMatchObject({
    code: 'brevo.audience_gone',
  });
});

test('a raise puts a contact onto the list and names no block where there is none', async () => {
  const { writes, brevo, audienceId, sent } = brevoWorld();
  brevo.admin.addContact({ email: ANNA });
  expect(await writes.raiseMember(audienceId, raisedMember(ANNA), MAPPING)).toMatchObject({
    outcome: 'done',
    member: { status: 'subscribed' },
  });
  expect(JSON.stringify(sent.map(({ body }) => body ?? {}))).not.toContain('lacklist');
});

test('a raise creates who is not there', async () => {
  const { writes, audienceId } = brevoWorld();
  expect(await writes.raiseMember(audienceId, raisedMember(ANNA), MAPPING)).toMatchObject({ outcome: 'done' });
});

test.each(['admin', 'none'] as const)('a raise lifts our own block (%s)', async (apiBlockStatistics) => {
  const { writes, brevo, audienceId, at } = brevoWorld({ switches: { apiBlockStatistics } });
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  await writes.unsubscribeMember(audienceId, address(ANNA), MAPPING);
  expect(at(ANNA)?.emailBlacklisted).toBe(true);
  const raised = raisedMember(ANNA, { isBlockOurs: true });
  expect(await writes.raiseMember(audienceId, raised, MAPPING)).toMatchObject({
    outcome: 'done',
    member: { status: 'subscribed' },
  });
  expect(at(ANNA)?.emailBlacklisted).toBe(false);
});

const LEAVINGS: readonly (readonly [string, (world: ReturnType<typeof brevoWorld>) => unknown])[] = [
  ['of the person himself', ({ brevo }) => brevo.person.unsubscribe(ANNA)],
  ['after a complaint', ({ brevo }) => brevo.person.complain(ANNA)],
  [
    'of a contact on other lists',
    ({ brevo }) => {
      brevo.admin.addToList('Your first list', ANNA);
      brevo.admin.block(ANNA);
    },
  ],
  [
    'of the person, longer ago than Brevo remembers',
    async ({ brevo, pass }) => {
      brevo.person.unsubscribe(ANNA);
      await pass(100 * 86_400_000);
    },
  ],
];

test.each([...LEAVINGS, ['of a dead address', ({ bounce }: ReturnType<typeof brevoWorld>) => bounce(ANNA)] as const])(
  'R1: a Yes in the CRM alone does not lift a block %s',
  async (_name, leave) => {
    const world = brevoWorld();
    world.brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
    await leave(world);
    expect(await world.writes.raiseMember(world.audienceId, raisedMember(ANNA), MAPPING)).toMatchObject({
      outcome: 'refused',
      reason: 'compliance',
      isPermanent: true,
    });
    expect(world.at(ANNA)?.emailBlacklisted).toBe(true);
    expect(world.sent.filter(({ method }) => method !== 'GET')).toEqual([]);
  },
);

test.each(LEAVINGS)('R1: an opt-in of (a) or (c) lifts a block %s', async (_name, leave) => {
  const world = brevoWorld();
  world.brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  await leave(world);
  const raised = raisedMember(ANNA, { mayLiftOwnBlock: true });
  expect(await world.writes.raiseMember(world.audienceId, raised, MAPPING)).toMatchObject({
    outcome: 'done',
    member: { status: 'subscribed' },
  });
});

test('R6: no opt-in lifts the block of a dead address', async () => {
  const { writes, brevo, audienceId, bounce, at } = brevoWorld();
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  bounce(ANNA);
  const raised = raisedMember(ANNA, { mayLiftOwnBlock: true });
  expect(await writes.raiseMember(audienceId, raised, MAPPING)).toMatchObject({ outcome: 'refused' });
  expect(at(ANNA)?.emailBlacklisted).toBe(true);
});

test('a raise that leaves him unsubscribed is refused', async () => {
  const { writes, brevo, audienceId } = brevoWorld({ account: { unsubscribesPerList: true } });
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  brevo.person.unsubscribe(ANNA, { list: 'onoffice' });
  expect(await writes.raiseMember(audienceId, raisedMember(ANNA), MAPPING)).toMatchObject({
    outcome: 'refused',
    reason: 'compliance',
  });
});

test('an opt-out blocks, and sends nothing else', async () => {
  const { writes, brevo, audienceId, sent } = brevoWorld();
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  expect(await writes.unsubscribeMember(audienceId, address(ANNA), MAPPING)).toMatchObject({
    outcome: 'done',
    member: { status: 'unsubscribed' },
  });
  expect(sent[0]).toMatchObject({ method: 'PUT', body: { emailBlacklisted: true } });
});

test('an opt-out of somebody unknown is kept as a blocked contact', async () => {
  const { writes, audienceId, at } = brevoWorld();
  expect(await writes.unsubscribeMember(audienceId, address(ANNA), MAPPING)).toMatchObject({
    outcome: 'done',
    member: { status: 'unsubscribed' },
  });
  expect(at(ANNA)).toMatchObject({ emailBlacklisted: true, listIds: [] });
});

test('by setting an opt-out only leaves the list', async () => {
  const { writes, brevo, audienceId, at } = brevoWorld({}, { unsubscribeBy: 'list' });
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice', 'Your first list'] });
  expect(await writes.unsubscribeMember(audienceId, address(ANNA), MAPPING)).toEqual({
    outcome: 'done',
    member: undefined,
  });
  expect(at(ANNA)).toMatchObject({ emailBlacklisted: false, listIds: [2] });
  expect(await writes.unsubscribeMember(audienceId, address('niemand@immo-test.de'), MAPPING)).toEqual({
    outcome: 'gone',
  });
});

test('an opt-out that leaves him subscribed is refused', async () => {
  const { writes, brevo, audienceId } = brevoWorld();
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  brevo.faults.plan({ fault: { type: 'status', status: 204 }, times: 1, match: /PUT/ });
  expect(await writes.unsubscribeMember(audienceId, address(ANNA), MAPPING)).toMatchObject({ outcome: 'refused' });
});

test('removing takes off our list only, and never deletes', async () => {
  const { writes, brevo, audienceId, at, sent } = brevoWorld();
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice', 'Your first list'] });
  expect(await writes.removeMember(audienceId, address(ANNA))).toEqual({ outcome: 'done', member: undefined });
  expect(at(ANNA)).toMatchObject({ emailBlacklisted: false, listIds: [2] });
  expect(await writes.removeMember(audienceId, address('niemand@immo-test.de'))).toEqual({ outcome: 'gone' });
  expect(sent.map(({ method }) => method)).not.toContain('DELETE');
});
