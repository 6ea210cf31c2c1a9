import { expect, test } from 'vitest';
import { createBrevoProvider } from '../../src/adapters/brevo/brevo-provider.ts';
import { brevoWorld, START } from './brevo-world.ts';

const URL_OF_HOOK = 'https://connector.test/hook/1/geheim';
const PREFIX = 'https://connector.test/hook/1/';
const NEEDED = ['unsubscribed', 'spam', 'hardBounce', 'listAddition', 'contactUpdated', 'contactDeleted'];

test('the key check tells account, plan and lists, and creates nothing', async () => {
  const { reads, brevo, audienceId, sent } = brevoWorld();
  for (let number = 0; number < 60; number += 1) brevo.admin.createList(`Liste ${number}`);
  brevo.admin.addContact({ email: 'a@immo-test.de', lists: ['onoffice'] });
  const account = await reads.checkAccount();
  expect(account).toMatchObject({
    accountId: brevo.account.id,
    name: 'Muster Immobilien GmbH',
    plan: 'free',
    isPaidPlan: false,
    mayCreateAudience: true,
  });
  expect(account.audiences).toHaveLength(62);
  expect(account.audiences).toContainEqual({ id: audienceId, name: 'onoffice', memberCount: 1 });
  expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
});

test('a list is made in a folder of its name, which is made only once', async () => {
  const { reads, brevo } = brevoWorld();
  const first = await reads.createAudience('newsletter');
  const second = await reads.createAudience('newsletter');
  expect(first).toEqual({ id: expect.stringMatching(/^\d+$/), name: 'newsletter', memberCount: 0 });
  expect(second.id).not.toBe(first.id);
  const folders = [...brevo.account.folders.values()].filter(({ name }) => name === 'newsletter');
  expect(folders).toHaveLength(1);
  expect(brevo.account.lists.get(Number(first.id))?.folderId).toBe(folders[0]?.id);
});

test.each([
  ['en', 'FIRSTNAME', 'LASTNAME'],
  ['de', 'VORNAME', 'NACHNAME'],
  ['fr', 'PRENOM', 'NOM'],
  ['es', 'NOMBRE', 'APELLIDOS'],
  ['it', 'NOME', 'COGNOME'],
  ['pt', 'NOME', 'SOBRENOME'],
] as const)(
  'the fields of an account opened in %s are recognised, the missing ones created',
  async (language, firstName, lastName) => {
    const { reads, audienceId, brevo } = brevoWorld({ account: { language } });
    const { mapping, missing } = await reads.recogniseFields(audienceId);
    expect(mapping).toEqual({ firstName, lastName });
    expect(missing).toEqual(['salutation', 'letterSalutation']);
    const whole = await reads.createFields(audienceId, missing);
    expect(whole).toEqual({ firstName, lastName, salutation: 'ANREDE', letterSalutation: 'BRIEFANREDE' });
    expect(brevo.account.attributes.get('BRIEFANREDE')).toMatchObject({ category: 'normal', type: 'text' });
    expect((await reads.recogniseFields(audienceId)).missing).toEqual([]);
  },
);

test('a renamed field is reported missing, and made anew only when asked', async () => {
  const { reads, audienceId, brevo } = brevoWorld();
  brevo.admin.deleteAttribute('VORNAME');
  brevo.admin.createAttribute('RUFNAME', 'text');
  const { mapping, missing, fields } = await reads.recogniseFields(audienceId);
  expect(mapping).toEqual({ lastName: 'NACHNAME' });
  expect(missing).toContain('firstName');
  expect(fields.map(({ key }) => key)).toContain('RUFNAME');
  expect(await reads.createFields(audienceId, ['firstName'])).toMatchObject({ firstName: 'VORNAME' });
});

test('with two pairs of names, the one that contacts use', async () => {
  const { reads, audienceId, brevo } = brevoWorld();
  brevo.admin.createAttribute('FIRSTNAME', 'text');
  brevo.admin.createAttribute('LASTNAME', 'text');
  brevo.admin.addContact({ email: 'a@immo-test.de', attributes: { VORNAME: 'Anna', NACHNAME: 'Muster' } });
  expect((await reads.recogniseFields(audienceId)).mapping).toMatchObject({ firstName: 'VORNAME' });
});

test('a salutation that is a choice is left alone, ours gets another name', async () => {
  const { reads, audienceId, brevo } = brevoWorld();
  brevo.admin.createAttribute('ANREDE', 'category');
  expect(await reads.createFields(audienceId, ['salutation'])).toMatchObject({ salutation: 'ANREDE2' });
});

test('a field that somebody made in between is taken', async () => {
  const { reads, audienceId, brevo } = brevoWorld();
  brevo.faults.plan({ fault: { type: 'lose-answer' }, times: 1, match: /POST .*ANREDE/ });
  await expect(reads.createFields(audienceId, ['salutation'])).rejects.toMatchObject({ mayHaveHappened: true });
  expect(await reads.createFields(audienceId, ['salutation'])).toMatchObject({ salutation: 'ANREDE' });
  brevo.faults.plan({
    fault: { type: 'status', status: 400, body: '{"code":"invalid_parameter","message":"Invalid attribute name"}' },
    times: 1,
    match: /POST/,
  });
  await expect(reads.createFields(audienceId, ['letterSalutation'])).rejects.toMatchObject({
    code: 'brevo.field_refused',
    kind: 'misconfigured',
  });
});

test('one marketing hook of ours is made, with a token, and found again', async () => {
  const { reads, audienceId, brevo } = brevoWorld();
  const ensure = () => reads.ensureWebhook(audienceId, URL_OF_HOOK, PREFIX);
  const made = await ensure();
  expect(made).toMatchObject({ state: 'created', signingSecret: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const hooks = [...brevo.account.webhooks.values()];
  expect(hooks).toMatchObject([{ type: 'marketing', url: URL_OF_HOOK, events: NEEDED }]);
  expect(hooks[0]?.auth).toEqual({ type: 'bearer', token: made.state === 'created' ? made.signingSecret : '' });
  expect(await ensure()).toEqual({ state: 'ok', id: String(hooks[0]?.id) });
  expect(await reads.listWebhookUrls(audienceId)).toEqual([URL_OF_HOOK]);
});

test('a changed hook is repaired and keeps its token, a doubled one goes, foreign ones stay', async () => {
  const { reads, audienceId, brevo } = brevoWorld();
  const ensure = () => reads.ensureWebhook(audienceId, URL_OF_HOOK, PREFIX, ['opened', 'hard-bounce']);
  const made = await ensure();
  const [hook] = brevo.account.webhooks.values();
  hook!.events = ['spam'];
  hook!.url = `${PREFIX}alt`;
  brevo.account.webhooks.set(98, { ...hook!, id: 98, url: `${PREFIX}doppelt` });
  brevo.account.webhooks.set(99, { ...hook!, id: 99, url: 'https://connector.test/hook/12/fremd' });
  expect(await ensure()).toEqual({ state: 'repaired', id: String(hook?.id) });
  expect(hook).toMatchObject({ url: URL_OF_HOOK, events: [...NEEDED, 'opened'] });
  expect(hook?.auth?.token).toBe(made.state === 'created' ? made.signingSecret : '');
  expect([...brevo.account.webhooks.keys()]).toEqual([hook?.id, 99]);
  await reads.removeWebhook(audienceId, PREFIX);
  expect([...brevo.account.webhooks.keys()]).toEqual([99]);
});

test('F3: what is unticked or doubled is found, in our words; what nobody asked for does no harm', async () => {
  const { reads, audienceId, brevo } = brevoWorld();
  await reads.ensureWebhook(audienceId, URL_OF_HOOK, PREFIX, ['clicked']);
  const [hook] = brevo.account.webhooks.values();
  const findings = async () => (await reads.inspectWebhook(audienceId, URL_OF_HOOK, PREFIX, ['clicked'])).findings;
  hook!.events = [...hook!.events, 'softBounce'];
  expect(await findings()).toEqual([]);
  hook!.events = ['unsubscribed', 'spam', 'hardBounce', 'contactUpdated'];
  const topics = ['subscribed', 'removed', 'clicked'];
  expect(await findings()).toEqual([{ kind: 'events-missing', topics, hasOptOuts: false }]);
  hook!.events = [...NEEDED, 'click'].filter((event) => event !== 'contactUpdated') as typeof NEEDED as never;
  brevo.account.webhooks.set(98, { ...hook!, id: 98 });
  expect(await findings()).toEqual([
    { kind: 'events-missing', topics: ['edited'], hasOptOuts: true },
    { kind: 'doubled', count: 2 },
  ]);
  expect(await reads.ensureWebhook(audienceId, URL_OF_HOOK, PREFIX, ['clicked'])).toMatchObject({
    state: 'repaired',
  });
  expect(await findings()).toEqual([]);
});

test('F9: hooks of other connections to the same account stay theirs', async () => {
  const { reads, audienceId, brevo } = brevoWorld();
  const other = `${PREFIX}anderes`;
  await reads.ensureWebhook(audienceId, other, other);
  await reads.ensureWebhook(audienceId, URL_OF_HOOK, URL_OF_HOOK);
  expect(await reads.inspectWebhook(audienceId, other, other)).toEqual({ findings: [], otherUrls: [URL_OF_HOOK] });
  await reads.removeWebhook(audienceId, URL_OF_HOOK);
  expect([...brevo.account.webhooks.values()].map(({ url }) => url)).toEqual([other]);
});

test('a hook that Brevo refuses is unreachable, one too many is told', async () => {
  const { reads, audienceId, brevo } = brevoWorld();
  expect(await reads.ensureWebhook(audienceId, 'connector', 'connector')).toMatchObject({ state: 'unreachable' });
  await reads.ensureWebhook(audienceId, 'https://other.test/hook', 'https://other.test/');
  const [hook] = brevo.account.webhooks.values();
  for (let id = 100; id < 139; id += 1) brevo.account.webhooks.set(id, { ...hook!, id });
  await expect(reads.ensureWebhook(audienceId, URL_OF_HOOK, PREFIX)).rejects.toMatchObject({
    code: 'brevo.webhook_limit',
  });
});

test('an account without a hook has none', async () => {
  const { reads, audienceId } = brevoWorld();
  expect(await reads.listWebhookUrls(audienceId)).toEqual([]);
  await reads.removeWebhook(audienceId, PREFIX);
});

test.each([
  ['a wrong key', () => ({}), 'xkeysib-falsch', 'brevo.key_invalid', 'auth'],
  ['no key', () => ({}), ' ', 'brevo.key_missing', 'auth'],
  ['a key that no header can carry', () => ({}), 'schlüssel', 'brevo.key_invalid', 'auth'],
])('%s is told apart', async (_name, _set, apiKey, code, kind) => {
  const open = async () => brevoWorld({}, { apiKey }).reads.checkAccount();
  await expect(open()).rejects.toMatchObject({ code, kind });
});

test('a revoked key, an expired one, a blocked address and a restricted key have their own words', async () => {
  const { reads, brevo, audienceId } = brevoWorld();
  const [key] = brevo.account.apiKeys.values();
  key!.state = 'deactivated';
  await expect(reads.checkAccount()).rejects.toMatchObject({ code: 'brevo.key_invalid', kind: 'auth' });
  key!.state = 'active';
  brevo.account.blocksCaller = true;
  await expect(reads.checkAccount()).rejects.toMatchObject({
    code: 'brevo.ip_blocked',
    kind: 'misconfigured',
    words: expect.stringContaining('203.0.113.10'),
  });
  brevo.account.blocksCaller = false;
  key!.permissions = { webhooks: 'none' };
  await reads.checkAccount();
  for (const missingPermission of ['bare-401', 'permission-denied'] as const) {
    brevo.switches.missingPermission = missingPermission;
    await expect(reads.listWebhookUrls(audienceId)).rejects.toMatchObject({
      code: 'brevo.no_permission',
      kind: 'forbidden',
    });
  }
});

test('opening sends nothing', () => {
  createBrevoProvider({
    apiKey: 'xkeysib-1',
    fetch: () => Promise.reject(new Error('sent')),
    clock: { now: () => START },
    sleep: async () => undefined,
    random: () => 0,
    language: 'en',
  });
});

test('Brevo carries no tags', async () => {
  const { reads, audienceId } = brevoWorld();
  expect(reads.capabilities).toMatchObject({ tags: false, asyncImport: true, membersPerPage: 1000 });
  expect(await reads.listTags(audienceId)).toEqual([]);
  await expect(reads.changeTag(audienceId, { id: undefined, name: 'x' }, { add: [], remove: [] })).rejects.toThrow();
});
