import { expect, test } from 'vitest';
import { createMailchimpProvider } from '../../src/adapters/mailchimp/mailchimp-provider.ts';
import { address, MAPPING, mailchimpWorld, newMember } from './mailchimp-world.ts';

const ANNA = 'anna.muster@immo-test.de';
const HOOK = 'https://connector.test/hook/1/';

test('a key without a data centre is refused before any call', () => {
  const { mailchimp } = mailchimpWorld();
  expect(() =>
    createMailchimpProvider({
      apiKey: '0123456789abcdef0123456789abcdef',
      fetch: () => Promise.reject(new Error('called')),
      clock: { now: () => 0 },
      sleep: async () => undefined,
      random: () => 0,
      language: 'de',
    }),
  ).toThrow(expect.objectContaining({ code: 'mailchimp.key_malformed' }));
  expect(mailchimp.counts.total).toBe(0);
});

test('the key names the host', async () => {
  const urls: string[] = [];
  const { reads } = createMailchimpProvider({
    apiKey: '0123456789abcdef0123456789abcdef-us7',
    fetch: async (url) => {
      urls.push(url);
      return new Response('{"id":"a","lists":[],"account_id":"a"}');
    },
    clock: { now: () => 0 },
    sleep: async () => undefined,
    random: () => 0,
    language: 'de',
  });
  await reads.checkAccount();
  expect(urls.every((url) => url.startsWith('https://us7.api.mailchimp.com/3.0/'))).toBe(true);
});

test('the account is read with its audiences and the room for another', async () => {
  const { reads, listId, mailchimp, sent } = mailchimpWorld();
  expect(await reads.checkAccount()).toEqual({
    accountId: mailchimp.account.id,
    name: 'Muster Immobilien GmbH',
    plan: 'monthly',
    isPaidPlan: true,
    audiences: [{ id: listId, name: 'onoffice', memberCount: 0 }],
    mayCreateAudience: true,
  });
  expect(sent.every(({ method }) => method === 'GET')).toBe(true);
});

test.each([
  ['key revoked', 'revoked', 'mailchimp.key_invalid'],
  ['account deactivated', 'disabled', 'mailchimp.account_disabled'],
] as const)('%s', async (_name, state, code) => {
  const { reads, mailchimp } = mailchimpWorld();
  mailchimp.account.apiKeys.set(mailchimp.apiKey, state);
  await expect(reads.checkAccount()).rejects.toMatchObject({ kind: 'auth', code });
});

test('a key of another data centre', async () => {
  const { reads } = mailchimpWorld(
    { switches: { wrongDataCenter: 'forbidden' } },
    { apiKey: '0123456789abcdef0123456789abcdef-us6' },
  );
  await expect(reads.checkAccount()).rejects.toMatchObject({ kind: 'auth', code: 'mailchimp.wrong_data_center' });
});

test('an audience is created with the contact details of the account', async () => {
  const { reads, mailchimp, sent } = mailchimpWorld({ defaultAudience: 'Andere', account: { maxInstances: -1 } });
  const audience = await reads.createAudience('onoffice');
  expect(audience).toMatchObject({ name: 'onoffice', memberCount: 0 });
  expect(mailchimp.store.list(audience.id).contact).toMatchObject({ address1: 'Hauptstr. 1', city: 'Aachen' });
  expect(sent.at(-1)?.body).toMatchObject({
    double_optin: false,
    contact: { zip: '52062', state: '', country: 'DE' },
    campaign_defaults: { from_email: 'info@muster-immo.de', language: 'de' },
  });
});

test('a plan without room is noticed before anything is created', async () => {
  const { reads, sent } = mailchimpWorld({ defaultAudience: 'Andere', account: { maxInstances: 1 } });
  expect((await reads.checkAccount()).mayCreateAudience).toBe(false);
  await expect(reads.createAudience('onoffice')).rejects.toMatchObject({ code: 'mailchimp.no_room_for_audience' });
  expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a plan that says no only when asked to create has no room either', async () => {
  const { reads, mailchimp } = mailchimpWorld();
  mailchimp.faults.plan({
    fault: {
      type: 'status',
      status: 403,
      body: '{"title":"Authorization Failure","detail":"User does not have access to the requested operation"}',
    },
    times: 1,
    match: /POST \/3.0\/lists$/,
  });
  await expect(reads.createAudience('zwei')).rejects.toMatchObject({
    kind: 'forbidden',
    code: 'mailchimp.no_room_for_audience',
  });
});

test('fields are recognised, the missing ones are created once', async () => {
  const { reads, listId, sent } = mailchimpWorld();
  expect(await reads.recogniseFields(listId)).toEqual({
    fields: [
      { key: 'FNAME', label: 'Vorname' },
      { key: 'LNAME', label: 'Nachname' },
    ],
    mapping: MAPPING,
    missing: ['salutation', 'letterSalutation'],
  });
  const whole = { ...MAPPING, salutation: 'ANREDE', letterSalutation: 'BRIEFANR' };
  expect(await reads.createFields(listId, ['salutation', 'letterSalutation'])).toEqual(whole);
  expect(await reads.createFields(listId, ['salutation', 'letterSalutation'])).toEqual(whole);
  expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
    { tag: 'ANREDE', name: 'Anrede', type: 'text', public: false, required: false },
    { tag: 'BRIEFANR', name: 'Briefanrede', type: 'text', public: false, required: false },
  ]);
});

test('the webhook is created with all events, for people and administrators only', async () => {
  const { reads, listId, reachable, sent } = mailchimpWorld();
  reachable.add(`${HOOK}geheim`);
  const made = await reads.ensureWebhook(listId, `${HOOK}geheim`, HOOK);
  expect(made).toMatchObject({ state: 'created', signingSecret: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(sent.at(-1)?.body).toEqual({
    url: `${HOOK}geheim`,
    events: { subscribe: true, unsubscribe: true, profile: true, cleaned: true, upemail: true, campaign: true },
    sources: { user: true, admin: true, api: false },
  });
  expect(await reads.ensureWebhook(listId, `${HOOK}geheim`, HOOK)).toMatchObject({ state: 'ok' });
  expect(await reads.listWebhookUrls(listId)).toEqual([`${HOOK}geheim`]);
});

test('an unsigned webhook is made without a secret', async () => {
  const { reads, listId, reachable } = mailchimpWorld({ switches: { signWebhooks: false } });
  reachable.add(`${HOOK}geheim`);
  expect(await reads.ensureWebhook(listId, `${HOOK}geheim`, HOOK)).toMatchObject({
    state: 'created',
    signingSecret: '',
  });
});

test('a URL that does not answer is told, not thrown', async () => {
  const { reads, listId } = mailchimpWorld();
  expect(await reads.ensureWebhook(listId, `${HOOK}geheim`, HOOK)).toMatchObject({
    state: 'unreachable',
    words: expect.stringContaining('HTTP Code: 404'),
  });
});

test('a changed webhook is repaired, doubled ones go, foreign ones stay', async () => {
  const { reads, listId, reachable, mailchimp } = mailchimpWorld();
  const foreign = 'https://connector.test/hook/12/fremd';
  for (const url of [foreign, `${HOOK}alt`, `${HOOK}neu`, `${HOOK}dritter`]) {
    reachable.add(url);
    await mailchimp.fetch(
      new Request(`http://127.0.0.1/3.0/lists/${listId}/webhooks`, {
        method: 'POST',
        headers: { authorization: `Bearer ${mailchimp.apiKey}` },
        body: JSON.stringify({ url, events: { subscribe: true }, sources: { user: true, admin: true, api: true } }),
      }),
    );
  }
  expect(await reads.ensureWebhook(listId, `${HOOK}neu`, HOOK)).toMatchObject({ state: 'repaired' });
  expect(await reads.listWebhookUrls(listId)).toEqual([foreign, `${HOOK}neu`]);
  const hooks = [...mailchimp.store.list(listId).webhooks.values()];
  expect(hooks[0]?.sources.api).toBe(true);
  expect(hooks[1]).toMatchObject({ events: { cleaned: true, campaign: true }, sources: { api: false } });
  expect(await reads.ensureWebhook(listId, `${HOOK}neu`, HOOK)).toMatchObject({ state: 'ok' });
});

test('F3: what is unticked, ticked for programs or doubled is found, in our words', async () => {
  const { reads, listId, reachable, mailchimp } = mailchimpWorld();
  reachable.add(`${HOOK}geheim`);
  await reads.ensureWebhook(listId, `${HOOK}geheim`, HOOK);
  const [hook] = mailchimp.store.list(listId).webhooks.values();
  const findings = async () => (await reads.inspectWebhook(listId, `${HOOK}geheim`, HOOK)).findings;
  Object.assign(hook!.events, { profile: false, campaign: false });
  expect(await findings()).toEqual([{ kind: 'events-missing', topics: ['edited', 'campaign'], hasOptOuts: false }]);
  hook!.events.cleaned = false;
  hook!.sources = { user: false, admin: true, api: true };
  mailchimp.store.list(listId).webhooks.set('zweiter', { ...hook!, id: 'zweiter' });
  expect(await findings()).toEqual([
    { kind: 'events-missing', topics: ['edited', 'bounced', 'campaign'], hasOptOuts: true },
    { kind: 'sources-missing' },
    { kind: 'listens-to-programs' },
    { kind: 'doubled', count: 2 },
  ]);
  expect(await reads.ensureWebhook(listId, `${HOOK}geheim`, HOOK)).toMatchObject({ state: 'repaired' });
  expect(await findings()).toEqual([]);
});

test('a hook under an old secret is moved to the new one', async () => {
  const { reads, listId, reachable } = mailchimpWorld();
  for (const url of [`${HOOK}alt`, `${HOOK}neu`]) reachable.add(url);
  await reads.ensureWebhook(listId, `${HOOK}alt`, HOOK);
  expect(await reads.ensureWebhook(listId, `${HOOK}neu`, HOOK)).toMatchObject({ state: 'repaired' });
  expect(await reads.listWebhookUrls(listId)).toEqual([`${HOOK}neu`]);
});

test('a tag is found whatever its case, created where it is missing, and set twice without complaint', async () => {
  const { reads, writes, listId, mailchimp, tagged } = mailchimpWorld();
  await writes.addMembers(listId, [newMember(ANNA, { tags: ['Eigentümer'] }), newMember('b@immo-test.de')], MAPPING);
  const tags = await reads.listTags(listId);
  expect(tags.map(({ name }) => name).sort()).toEqual(['Eigentümer', 'onoffice']);
  const owner = tags.find(({ name }) => name === 'Eigentümer')?.id ?? '';
  const change = { add: [address(ANNA), address('b@immo-test.de')], remove: [] };
  expect(await reads.changeTag(listId, { id: undefined, name: 'EIGENTÜMER' }, change)).toEqual({
    id: owner,
    refused: [],
  });
  const made = await reads.changeTag(
    listId,
    { id: undefined, name: ` ${'x'.repeat(120)}` },
    { add: [address(ANNA), address('niemand@immo-test.de')], remove: [address('b@immo-test.de')] },
  );
  expect(made.refused).toEqual([{ email: 'niemand@immo-test.de', words: expect.stringContaining('not exist') }]);
  expect(mailchimp.store.list(listId).tags.get(Number(made.id))?.name).toBe('x'.repeat(100));
  await reads.changeTag(listId, { id: owner, name: 'Eigentümer' }, { add: [], remove: [address(ANNA)] });
  expect((await reads.readMember(listId, address(ANNA), MAPPING))?.tags).toEqual(tagged('x'.repeat(100)));
});

test('a tag that was deleted as a whole is not created again', async () => {
  const { reads, listId } = mailchimpWorld();
  const change = { add: [address(ANNA)], remove: [] };
  await expect(reads.changeTag(listId, { id: '4711', name: 'Weg' }, change)).rejects.toMatchObject({
    code: 'mailchimp.tag_gone',
  });
  expect(await reads.listTags(listId)).toEqual([]);
});

test('R11: a renamed tag keeps its id and its members, and a name that another tag has is refused', async () => {
  const { reads, writes, listId, sent, tagged } = mailchimpWorld();
  await writes.addMembers(listId, [newMember(ANNA, { tags: ['Käufer', 'Mieter'] })], MAPPING);
  const [buyers, tenants] = tagged('Käufer', 'Mieter');
  await reads.renameTag(listId, buyers?.id ?? '', ' Kaufinteressenten ');
  expect((await reads.readMember(listId, address(ANNA), MAPPING))?.tags).toEqual([
    { ...buyers, name: 'Kaufinteressenten' },
    tenants,
  ]);
  expect(sent.filter(({ method }) => method === 'PATCH').map(({ body }) => body)).toEqual([
    { name: 'Kaufinteressenten' },
  ]);
  await expect(reads.renameTag(listId, tenants?.id ?? '', 'KAUFINTERESSENTEN')).rejects.toMatchObject({
    kind: 'rejected',
    code: 'mailchimp.tag_refused',
  });
  await expect(reads.renameTag(listId, '4711', 'Weg')).rejects.toMatchObject({ kind: 'not_found' });
  // Another case of its own name is a name of its own.
  await reads.renameTag(listId, tenants?.id ?? '', 'MIETER');
  expect(await reads.listTags(listId)).toContainEqual({ ...tenants, name: 'MIETER' });
});

test('R11: a deleted tag leaves its members where they are, and one that is gone is no error', async () => {
  const { reads, writes, listId, tagged } = mailchimpWorld();
  await writes.addMembers(listId, [newMember(ANNA, { tags: ['Käufer'] })], MAPPING);
  const [buyers] = tagged('Käufer');
  await reads.deleteTag(listId, buyers?.id ?? '');
  await reads.deleteTag(listId, buyers?.id ?? '');
  expect(await reads.readMember(listId, address(ANNA), MAPPING)).toMatchObject({
    status: 'subscribed',
    tags: [],
  });
});

test('all pages of tags are read', async () => {
  const { reads, mailchimp, listId } = mailchimpWorld();
  mailchimp.admin.addMember(listId, {
    email: ANNA,
    tags: Array.from({ length: 1_203 }, (_, number) => `Tag ${number}`),
  });
  expect(await reads.listTags(listId)).toHaveLength(1_203);
});

test('the member has a page in Mailchimp', async () => {
  const { reads, mailchimp, listId } = mailchimpWorld();
  const { webId } = mailchimp.admin.addMember(listId, { email: ANNA });
  const member = await reads.readMember(listId, address(ANNA), MAPPING);
  expect(member && reads.memberUrl(member)).toBe(`https://us21.admin.mailchimp.com/lists/members/view?id=${webId}`);
});

test.each([
  [
    'members',
    (world: ReturnType<typeof mailchimpWorld>) =>
      world.reads.readMembers({ audienceId: 'weg', scope: 'present', offset: 0, mapping: {} }),
  ],
  ['a member', (world: ReturnType<typeof mailchimpWorld>) => world.reads.readMember('weg', address(ANNA), {})],
  ['a removal', (world: ReturnType<typeof mailchimpWorld>) => world.writes.removeMember('weg', address(ANNA))],
  [
    'a change',
    (world: ReturnType<typeof mailchimpWorld>) =>
      world.reads.updateMember('weg', address(ANNA), { firstName: 'A' }, MAPPING),
  ],
  ['a feed', (world: ReturnType<typeof mailchimpWorld>) => world.reads.readLeaveHistory('weg', address(ANNA))],
  [
    'a tag',
    (world: ReturnType<typeof mailchimpWorld>) =>
      world.reads.changeTag('weg', { id: '1', name: 'x' }, { add: [address(ANNA)], remove: [] }),
  ],
  ['a new name of a tag', (world: ReturnType<typeof mailchimpWorld>) => world.reads.renameTag('weg', '1', 'x')],
  ['a deletion of a tag', (world: ReturnType<typeof mailchimpWorld>) => world.reads.deleteTag('weg', '1')],
  ['an add', (world: ReturnType<typeof mailchimpWorld>) => world.writes.addMembers('weg', [newMember(ANNA)], {})],
] as const)('nobody is taken for gone because the audience is: %s', async (_name, act) => {
  await expect(act(mailchimpWorld())).rejects.toMatchObject({ code: 'mailchimp.audience_gone' });
});

test('taking our webhooks off leaves those of others, and nothing to do is no error', async () => {
  const { reads, mailchimp, listId, reachable } = mailchimpWorld();
  const list = mailchimp.store.list(listId);
  for (const url of [`${HOOK}geheim`, 'https://connector.test/hook/12/fremd']) reachable.add(url);
  await reads.ensureWebhook(listId, `${HOOK}geheim`, HOOK);
  await reads.ensureWebhook(listId, 'https://connector.test/hook/12/fremd', 'https://connector.test/hook/12/');
  await reads.removeWebhook(listId, HOOK);
  await reads.removeWebhook(listId, HOOK);
  expect([...list.webhooks.values()].map(({ url }) => url)).toEqual(['https://connector.test/hook/12/fremd']);
  mailchimp.store.lists.delete(listId);
  await reads.removeWebhook(listId, HOOK);
});
