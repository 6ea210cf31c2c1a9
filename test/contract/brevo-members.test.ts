import { expect, test } from 'vitest';
import { address, brevoWorld, MAPPING, START } from './brevo-world.ts';

const ANNA = 'anna.muster@immo-test.de';
const DAY_MS = 86_400_000;

type World = ReturnType<typeof brevoWorld>;
const everybody = async ({ reads, audienceId }: World, more: object = {}) => {
  const page = await reads.readMembers({ audienceId, scope: 'present', offset: 0, mapping: MAPPING, ...more });
  return Object.fromEntries(page.members.map(({ email, status }) => [email.split('@')[0], status]));
};

test('the whole account is read, in the order blocked, left, on the list', async () => {
  const world = brevoWorld({ account: { unsubscribesPerList: true } });
  const { brevo, bounce } = world;
  const add = (name: string, lists: string[]) => brevo.admin.addContact({ email: `${name}@immo-test.de`, lists });
  for (const name of ['drauf', 'geblockt', 'tot', 'beschwert', 'raus', 'tot-und-beschwert']) add(name, ['onoffice']);
  for (const name of ['fremd', 'fremd-geblockt', 'fremd-tot']) add(name, ['Your first list']);
  for (const name of ['geblockt', 'fremd-geblockt']) brevo.admin.block(`${name}@immo-test.de`);
  for (const name of ['tot', 'fremd-tot', 'tot-und-beschwert']) bounce(`${name}@immo-test.de`);
  for (const name of ['beschwert', 'tot-und-beschwert']) brevo.person.complain(`${name}@immo-test.de`);
  brevo.person.unsubscribe('raus@immo-test.de', { list: 'onoffice' });
  const states = {
    drauf: 'subscribed',
    geblockt: 'unsubscribed',
    tot: 'cleaned',
    beschwert: 'unsubscribed',
    raus: 'unsubscribed',
    'tot-und-beschwert': 'unsubscribed',
    'fremd-geblockt': 'unsubscribed',
    'fremd-tot': 'cleaned',
  };
  expect(await everybody(world)).toEqual(states);
  for (const [name, status] of Object.entries(states))
    expect(await world.reads.readMember(world.audienceId, address(`${name}@immo-test.de`), MAPPING)).toMatchObject({
      status,
    });
  expect(await world.reads.readMember(world.audienceId, address('fremd@immo-test.de'), MAPPING)).toBeUndefined();
});

test.each(['null', 'missing', 'empty'] as const)('nobody left a single list: %s', async (listUnsubscribedWhenNone) => {
  const world = brevoWorld({ switches: { listUnsubscribedWhenNone } });
  world.brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  expect(await everybody(world)).toEqual({ 'anna.muster': 'subscribed' });
});

test.each(['local', 'utc'] as const)('a member is read with fields and instants in UTC (%s)', async (timestamps) => {
  const { reads, brevo, audienceId } = brevoWorld({ switches: { timestamps } });
  const contact = brevo.admin.addContact({ email: ANNA, lists: ['onoffice'], attributes: { VORNAME: 'Anna' } });
  const member = await reads.readMember(audienceId, address(ANNA), MAPPING);
  expect(member).toEqual({
    email: ANNA,
    status: 'subscribed',
    fields: { salutation: '', letterSalutation: '', firstName: 'Anna', lastName: '' },
    tags: [],
    hasMoreTags: false,
    ids: { id: String(contact.id) },
    changedAt: new Date(START).toISOString(),
    optInAt: '',
    optInIp: '',
    stableId: String(contact.id),
  });
  expect(reads.memberUrl(member!)).toBe(`https://app.brevo.com/contact/index/${contact.id}`);
});

test('nobody is archived at Brevo', async () => {
  const { reads, audienceId, sent } = brevoWorld();
  const page = await reads.readMembers({ audienceId, scope: 'archived', offset: 0, mapping: MAPPING });
  expect([page, sent]).toEqual([{ members: [], total: 0 }, []]);
});

test('only what changed is read, by the provider’s clock', async () => {
  const world = brevoWorld();
  world.brevo.admin.addContact({ email: 'alt@immo-test.de', lists: ['onoffice'] });
  await world.pass(60_000);
  world.brevo.admin.addContact({ email: 'neu@immo-test.de', lists: ['onoffice'] });
  const changedSince = new Date(START + 60_000).toISOString();
  expect(await everybody(world, { changedSince })).toEqual({ neu: 'subscribed' });
  expect(await everybody(world, { statuses: ['unsubscribed'] })).toEqual({});
});

test('M20: among what changed, contacts that are in the audience no longer are told by their address', async () => {
  const { brevo, reads, audienceId, pass } = brevoWorld();
  const add = (name: string, more: object = {}) =>
    brevo.admin.addContact({ email: `${name}@immo-test.de`, lists: ['onoffice'], ...more });
  for (const name of ['bleibt', 'weg', 'weg-und-geblockt', 'lange-weg']) add(name);
  brevo.admin.removeFromList('onoffice', 'lange-weg@immo-test.de');
  await pass(60_000);
  const changedSince = new Date(START + 60_000).toISOString();
  for (const name of ['weg', 'weg-und-geblockt']) brevo.admin.removeFromList('onoffice', `${name}@immo-test.de`);
  brevo.admin.block('weg-und-geblockt@immo-test.de');
  add('fremd', { lists: ['Your first list'] });
  add('neu');
  const page = await reads.readMembers({ audienceId, scope: 'present', offset: 0, mapping: MAPPING, changedSince });
  expect(page.absent).toEqual(['weg@immo-test.de', 'fremd@immo-test.de']);
  expect(page.members.map(({ email, status }) => [email, status])).toEqual([
    ['weg-und-geblockt@immo-test.de', 'unsubscribed'],
    ['neu@immo-test.de', 'subscribed'],
  ]);
  const left = await reads.readMembers({
    audienceId,
    scope: 'present',
    offset: 0,
    mapping: MAPPING,
    changedSince,
    statuses: ['unsubscribed'],
  });
  expect(left.absent).toEqual(page.absent);
});

test('the listing of all tells nobody who is not in the audience', async () => {
  const { brevo, reads, audienceId } = brevoWorld();
  brevo.admin.addContact({ email: ANNA, lists: ['Your first list'] });
  const page = await reads.readMembers({ audienceId, scope: 'present', offset: 0, mapping: MAPPING });
  expect(page).toMatchObject({ members: [], total: 1 });
  expect(page.absent).toBeUndefined();
});

test('who is blocked is looked up once, and not at all when it could tell nothing', async () => {
  const world = brevoWorld();
  world.brevo.admin.addContact({ email: 'alt@immo-test.de', lists: ['onoffice'] });
  world.bounce('alt@immo-test.de');
  await world.pass(95 * DAY_MS);
  world.brevo.admin.addContact({ email: 'neu@immo-test.de', blocked: true });
  expect(await everybody(world)).toEqual({ alt: 'unsubscribed', neu: 'unsubscribed' });
  await everybody(world);
  await everybody(world, { statuses: ['subscribed'] });
  const single = world.sent.filter(({ path }) => /^\/contacts\/\d+$/.test(path));
  expect(single).toHaveLength(1);
});

test('all pages together hold everybody once', async () => {
  const world = brevoWorld();
  const emails = Array.from({ length: 2_345 }, (_, number) => `m${number}@immo-test.de`);
  world.brevo.admin.importContacts('onoffice', emails);
  const read = new Set<string>();
  let rows = 0;
  for (let offset = 0, total = 1; offset < total; offset += world.reads.capabilities.membersPerPage) {
    const page = await world.reads.readMembers({
      audienceId: world.audienceId,
      scope: 'present',
      offset,
      mapping: MAPPING,
    });
    for (const { email } of page.members) read.add(email);
    rows += page.members.length;
    total = page.total;
  }
  expect([read.size, rows]).toEqual([2_345, 2_345]);
  expect(world.sent.filter(({ path }) => path === '/contacts')).toHaveLength(3);
});

/** Everybody by paging on, with what the pages say of themselves. */
async function pageThrough({ reads, audienceId }: World, more: object = {}) {
  const read = new Map<string, string>();
  const isAudienceOnly = new Set<boolean>();
  for (let offset = 0, total = 1; offset < total; offset += reads.capabilities.membersPerPage) {
    const page = await reads.readMembers({ audienceId, scope: 'present', offset, mapping: MAPPING, ...more });
    for (const { email, status } of page.members) read.set(email, status);
    isAudienceOnly.add(page.isAudienceOnly ?? false);
    total = page.total;
  }
  return { read, isAudienceOnly: [...isAudienceOnly] };
}

/** 1,200 on our list, one of them blocked, one blocked off the list, and 600 on another list. */
function largeAccount(switches: object = {}): World {
  const world = brevoWorld({ switches });
  const { brevo } = world;
  brevo.admin.importContacts(
    'Your first list',
    Array.from({ length: 600 }, (_, number) => `fremd${number}@immo-test.de`),
  );
  brevo.admin.importContacts(
    'onoffice',
    Array.from({ length: 1_200 }, (_, number) => `m${number}@immo-test.de`),
  );
  for (const email of ['m7@immo-test.de', 'fremd7@immo-test.de']) brevo.admin.block(email);
  return world;
}
const pagesOf = ({ sent }: World) => sent.map(({ path }) => path).filter((path) => /contacts$/.test(path));

test('where the collection is metered slowly the list is read in its place, and says that it shows no more', async () => {
  const world = largeAccount({ bareContacts: 'slow' });
  const { read, isAudienceOnly } = await pageThrough(world);
  expect(read.size).toBe(1_200);
  expect(read.get('m7@immo-test.de')).toBe('unsubscribed');
  expect(isAudienceOnly).toEqual([true]);
  const list = `/contacts/lists/${world.audienceId}/contacts`;
  expect(pagesOf(world)).toEqual(['/contacts', list, list, list]);
  const single = await world.reads.readMember(world.audienceId, address('fremd7@immo-test.de'), MAPPING);
  expect(single).toMatchObject({ status: 'unsubscribed' });
});

test('a listing that fits one page of the collection is whole on the slow meter as well', async () => {
  const world = largeAccount({ bareContacts: 'slow' });
  await world.pass(60_000);
  world.brevo.person.unsubscribe('fremd9@immo-test.de');
  world.brevo.admin.removeFromList('onoffice', 'm9@immo-test.de');
  const changedSince = new Date(START + 60_000).toISOString();
  const { audienceId, reads } = world;
  const page = await reads.readMembers({ audienceId, scope: 'present', offset: 0, mapping: MAPPING, changedSince });
  expect(page.members).toMatchObject([{ email: 'fremd9@immo-test.de', status: 'unsubscribed' }]);
  expect(page.absent).toEqual(['m9@immo-test.de']);
  expect(page.isAudienceOnly).toBeUndefined();
});

test('with the slow meter empty the list is read all the same', async () => {
  const world = largeAccount({ bareContacts: 'slow', limits: true });
  await pageThrough(world);
  for (let number = 0; number < 120; number += 1) await world.reads.listWebhookUrls('1').catch(() => undefined);
  const { read, isAudienceOnly } = await pageThrough(world, { changedSince: new Date(START - 60_000).toISOString() });
  expect([read.size, isAudienceOnly]).toEqual([1_200, [true]]);
  expect(world.brevo.counts.byStatus.get(429)).toBeUndefined();
});

test('whoever asks for the audience alone gets its pages and no others', async () => {
  const world = largeAccount();
  const { read } = await pageThrough(world, { within: 'audience' });
  expect(read.size).toBe(1_200);
  expect(pagesOf(world)).toEqual(Array(3).fill(`/contacts/lists/${world.audienceId}/contacts`));
  expect((await pageThrough(world)).read.size, 'the whole account').toBe(1_201);
});

test('a page that is cut short is no page', async () => {
  const world = brevoWorld();
  world.brevo.faults.plan({
    fault: { type: 'status', status: 200, body: JSON.stringify({ contacts: [], count: 5_000 }) },
    times: 6,
    match: /\/contacts$/,
  });
  await expect(everybody(world)).rejects.toMatchObject({ code: 'brevo.unexpected_response' });
});

test('when the list is gone nobody is taken for gone', async () => {
  const world = brevoWorld();
  world.brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  world.brevo.admin.deleteList('onoffice');
  await expect(everybody(world)).rejects.toMatchObject({ code: 'brevo.audience_gone', kind: 'not_found' });
  await expect(world.reads.readMember(world.audienceId, address(ANNA), MAPPING)).rejects.toMatchObject({
    code: 'brevo.audience_gone',
  });
});

test('many who are absent at once cost one question about the list', async () => {
  const { reads, audienceId, sent } = brevoWorld();
  const emails = Array.from({ length: 30 }, (_, number) => address(`niemand.${number}@immo-test.de`));
  await Promise.all(emails.map((email) => reads.readMember(audienceId, email, MAPPING)));
  expect(sent.filter(({ path }) => path === `/contacts/lists/${audienceId}`)).toHaveLength(1);
});

test('an unknown address is nobody', async () => {
  const { reads, audienceId } = brevoWorld();
  expect(await reads.readMember(audienceId, address(ANNA), MAPPING)).toBeUndefined();
  expect(await reads.readLeaveHistory(audienceId, address(ANNA))).toEqual({ state: 'not-left' });
});

test('fields are written alone: neither block nor lists ride along', async () => {
  const { reads, brevo, audienceId, sent, at } = brevoWorld();
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'], attributes: { VORNAME: 'Alt', NACHNAME: 'Muster' } });
  brevo.admin.block(ANNA);
  const fields = { firstName: 'Neu', lastName: '', salutation: 'Frau' };
  expect(await reads.updateMember(audienceId, address(ANNA), fields, MAPPING)).toMatchObject({
    outcome: 'done',
    member: { status: 'unsubscribed', fields: { firstName: 'Neu', lastName: '' } },
  });
  expect(sent[0]).toMatchObject({ method: 'PUT', path: `/contacts/${encodeURIComponent(ANNA)}` });
  expect(sent[0]?.body).toEqual({ attributes: { VORNAME: 'Neu', NACHNAME: '' } });
  expect(at(ANNA)).toMatchObject({ emailBlacklisted: true, attributes: { VORNAME: 'Neu' } });
});

test('who is not there cannot be updated', async () => {
  const { reads, audienceId } = brevoWorld();
  expect(await reads.updateMember(audienceId, address(ANNA), { firstName: 'x' }, MAPPING)).toEqual({ outcome: 'gone' });
});

test('a field that Brevo refuses is a refusal', async () => {
  const { reads, brevo, audienceId } = brevoWorld();
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  brevo.admin.deleteAttribute('VORNAME');
  expect(await reads.updateMember(audienceId, address(ANNA), { firstName: 'x' }, MAPPING)).toMatchObject({
    outcome: 'refused',
    reason: 'rejected_by_provider',
    isPermanent: false,
  });
});

test('the statistics tell how somebody left', async () => {
  const { reads, brevo, audienceId, bounce } = brevoWorld();
  const add = (name: string) => brevo.admin.addContact({ email: `${name}@immo-test.de`, lists: ['onoffice'] });
  for (const name of ['person', 'admin', 'spam', 'tot', 'drauf']) add(name);
  brevo.person.unsubscribe('person@immo-test.de');
  brevo.admin.block('admin@immo-test.de');
  brevo.person.complain('spam@immo-test.de');
  bounce('tot@immo-test.de');
  const history = (name: string) => reads.readLeaveHistory(audienceId, address(`${name}@immo-test.de`));
  const at = new Date(START).toISOString();
  expect(await history('person')).toEqual({ state: 'left', by: 'person', at });
  expect(await history('admin')).toEqual({ state: 'left', by: 'administrator', at });
  expect(await history('spam')).toEqual({ state: 'left', by: 'complaint', at });
  expect(await history('tot')).toEqual({ state: 'not-left' });
  expect(await history('drauf')).toEqual({ state: 'not-left' });
});
