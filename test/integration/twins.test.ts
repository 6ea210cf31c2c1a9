import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Audience } from '../../simulators/mailchimp/entities.ts';
import { connections } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import { createLaneWorker } from '../../src/jobs/lane-worker.ts';
import { settleStart } from '../../src/jobs/settle-start.ts';
import { backupOf, restoreInto } from '../support/backups.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase, PUBLIC_URL } from '../support/http-world.ts';

const SETTINGS = { audience: { choice: 'onoffice' }, mapping: {}, activities: [], optOutValue: 'cancellation' };
/** After so long hooks that may not be read are looked at again, and those of a provider that does not answer. */
const HOOKS_AGAIN_MS = 300_000;
const HOOKS_SOON_MS = 10_000;
const HOUR_MS = 3_600_000;

let database: Database;
let world: HttpWorld | undefined;
beforeAll(async () => {
  database = await openHttpDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await world?.close();
  world = undefined;
});

type Summary = {
  state: string;
  twin: { cause: string } | null;
  wentBack: { cause: string; isCaughtUp: boolean } | null;
};

/** A connection whose first sync has ended, with a worker that is turned by hand and looks at hooks. */
async function active() {
  const opened = await createHttpWorld(database);
  world = opened;
  const { crm, mailchimp, call, parts } = opened;
  const audience = mailchimp.addAudience({ name: 'onoffice' });
  crm.agent.createContact({ Name: 'Weiß', Email: 'eva@immo-test.de', newsletter_aktiv: '1' });
  const { id } = (await opened.connect()).json as unknown as { id: string };
  const base = `/api/connections/${id}`;
  expect((await call('PUT', `${base}/settings`, SETTINGS)).status).toBe(200);
  const bugs: unknown[] = [];
  let ids = 0;
  const lane = createLaneWorker({
    ...parts,
    // Numbers in front: a mark is the beginning of an id.
    newId: () => {
      ids += 1;
      return `${String(ids).padStart(8, '0')}-${randomUUID()}`;
    },
    place: { publicUrl: PUBLIC_URL, installationId: parts.installationId, isPractice: false },
    onProgress: () => {},
    onBug: (error) => bugs.push(error),
  });
  const work = async () => {
    while ((await lane(id)) === 'more');
    expect(bugs).toEqual([]);
  };
  /** As at a start: what the hooks tell is looked at before anything else. */
  const look = async () => {
    await connections(database.db).checkHooksSoon();
    await work();
    return summary();
  };
  const summary = async () =>
    ((await call('GET', `${base}/overview`)).json as unknown as { connection: Summary }).connection;
  const urls = () => [...audience.webhooks.values()].map(({ url }) => url);
  const writes = () => [...mailchimp.counts.byRoute].filter(([route]) => !route.startsWith('GET '));
  await call('POST', `${base}/runs`, { preview: false });
  await work();
  const run = ((await call('GET', `${base}/overview`)).json as unknown as { runningRun: { id: string } }).runningRun;
  expect((await call('POST', `${base}/runs/${run.id}/approve`, {})).status).toBe(200);
  await work();
  return { ...opened, audience, id, base, work, look, summary, urls, writes };
}

/** A hook that this connection has not made. */
function addHook(audience: Audience, url: string): void {
  const id = `hook${audience.webhooks.size}`;
  audience.webhooks.set(id, {
    id,
    url,
    events: { subscribe: true, unsubscribe: true, profile: true, cleaned: true, upemail: true, campaign: true },
    sources: { user: true, admin: true, api: true },
    signingSecret: undefined,
    disabled: false,
  });
}

const ON_OFFICE = 'https://newsletter.onoffice.de/hook';

test('F9: at a start and then every few hours our hook gets a new mark, and goes on telling us', async () => {
  const { look, urls, work, advance, audience, mailchimp } = await active();
  const [before = ''] = urls();
  expect(await look()).toMatchObject({ state: 'active', twin: null });
  const [first = ''] = urls();
  expect(first).not.toBe(before);
  expect(first.replace(/mark=\w{8}$/, '')).toBe(before.replace(/mark=\w{8}$/, ''));
  expect([...audience.webhooks.values()][0]).toMatchObject({
    sources: { user: true, admin: true, api: false },
    events: { unsubscribe: true },
  });
  advance(5 * HOUR_MS);
  await work();
  expect(urls()).toEqual([first]);
  advance(HOUR_MS);
  await work();
  expect(urls()).not.toEqual([first]);
  mailchimp.person.unsubscribe(audience.id, 'eva@immo-test.de');
  await mailchimp.pump();
  const { rows } = await sql`select body from provider_events`.execute(database.db);
  expect(rows.length, 'an event finds us under the new address').toBeGreaterThan(0);
});

test('F9: a hook of somebody else stops the connection until a person takes the audience over', async () => {
  const { look, audience, call, base, writes, urls, woken, id } = await active();
  addHook(audience, ON_OFFICE);
  const before = writes();
  expect(await look()).toMatchObject({ state: 'attention', twin: { cause: 'foreign_hook' } });
  expect(writes(), 'nothing is written').toEqual(before);
  const refused = async (method: 'POST' | 'PUT', path: string, body?: object) => {
    const answer = await call(method, `${base}/${path}`, body);
    return [answer.status, answer.json.error?.code];
  };
  expect(await refused('POST', 'resume')).toEqual([409, 'connection.twin']);
  expect(await refused('PUT', 'settings', SETTINGS)).toEqual([409, 'connection.twin']);
  expect(await refused('POST', 'runs', { preview: false })).toEqual([409, 'connection.not_ready']);
  const entries = (await call('GET', `${base}/overview`)).json as unknown as { alarms: object[] };
  expect(entries.alarms).toContainEqual(expect.objectContaining({ code: 'journal.twin' }));

  woken.splice(0);
  const taken = await call('POST', `${base}/take-over`);
  expect(taken.json).toMatchObject({ state: 'active', twin: null, wentBack: null });
  expect(woken).toEqual([id]);
  expect(urls()).toContain(ON_OFFICE);
  expect(await look(), 'it is not asked again').toMatchObject({ state: 'active', twin: null });
  expect(await refused('POST', 'take-over')).toEqual([409, 'connection.not_stopped_as_twin']);
  addHook(audience, `${PUBLIC_URL}/hooks/mailchimp/installation-b/secret`);
  expect(await look(), 'but for another one').toMatchObject({ twin: { cause: 'foreign_hook' } });
});

describe('F9: a copy of the data', () => {
  test('that is older than what our hook tells writes nothing before it is told to, then reads first and asks', async () => {
    const { look, call, base, writes, urls, work, summary } = await active();
    await look();
    const copy = await backupOf(database);
    // The one that goes on has marked the hook since the copy was made.
    await look();
    await restoreInto(database, copy, 0);
    await sql`update installation set restored_at = null, last_alive_at = now()`.execute(database.db);
    const before = writes();
    expect(await look()).toMatchObject({ state: 'attention', twin: { cause: 'unknown_mark' } });
    expect(writes(), 'nothing is written').toEqual(before);

    expect((await call('POST', `${base}/take-over`)).json).toMatchObject({
      state: 'active',
      twin: null,
      wentBack: { cause: 'taken_over', isCaughtUp: false },
    });
    const [marked] = urls();
    await work();
    expect(await summary()).toMatchObject({ wentBack: { isCaughtUp: false } });
    const overview = (await call('GET', `${base}/overview`)).json;
    expect(overview).toMatchObject({ runningRun: { question: 'after-restore' } });
    expect(urls(), 'the hook waits for the answer, too').toEqual([marked]);
  });

  test('is noticed by the one that it was made of as soon as it is taken over', async () => {
    const { look, call, base } = await active();
    await look();
    const original = await backupOf(database);
    // Both have the same data; the copy is told that it goes on.
    await sql`update connections set twin = '{"cause":"copied","at":"2026-03-01T08:00:00.000Z"}', state = 'attention',
      state_before_attention = 'active'`.execute(database.db);
    expect((await call('POST', `${base}/take-over`)).status).toBe(200);
    await restoreInto(database, original, 0);
    await sql`update installation set restored_at = null, last_alive_at = now()`.execute(database.db);
    expect(await look()).toMatchObject({ state: 'attention', twin: { cause: 'unknown_mark' } });
  });

  test('that comes back by the command is not taken for a twin, but asks', async () => {
    const { look, clock, advance, work, summary, parts } = await active();
    await look();
    const backup = await backupOf(database);
    await look();
    advance(HOUR_MS);
    await restoreInto(database, backup, clock.now());
    const here = { installationId: parts.installationId, place: '', folderAliveAt: undefined, now: clock.now() };
    await sql`update installation set installation_id = ${parts.installationId}`.execute(database.db);
    await settleStart(database, here);
    await work();
    expect(await summary()).toMatchObject({
      state: 'active',
      twin: null,
      wentBack: { cause: 'restore', isCaughtUp: false },
    });
  });

  test('with another installation id takes its own former hook off and leaves others', async () => {
    const { audience, call, base, urls, look } = await active();
    const [own = ''] = urls();
    // The hook that this very connection made under the id that it had before.
    const former = own.replace('/installation-a/', '/installation-before/');
    audience.webhooks.clear();
    addHook(audience, former);
    addHook(audience, 'https://shop.immo-test.de/hook');
    expect(await look()).toMatchObject({ twin: { cause: 'other_installation' } });
    expect((await call('POST', `${base}/take-over`)).status).toBe(200);
    expect(urls().sort()).toEqual([
      expect.stringMatching(/\/installation-a\/.*mark=/),
      'https://shop.immo-test.de/hook',
    ]);
    expect(await look()).toMatchObject({ twin: null });
  });
});

test('F9: an audience with a foreign hook is set up only when the user takes it over', async () => {
  const opened = await createHttpWorld(database);
  world = opened;
  const audience = opened.mailchimp.addAudience({ name: 'onoffice' });
  addHook(audience, ON_OFFICE);
  const { id } = (await opened.connect()).json as unknown as { id: string };
  const save = (more: object) => opened.call('PUT', `/api/connections/${id}/settings`, { ...SETTINGS, ...more });
  const refused = await save({});
  expect([refused.status, refused.json.error?.code]).toEqual([409, 'foreign_hook']);
  expect(audience.webhooks.size).toBe(1);
  expect((await save({ takesOver: true })).status).toBe(200);
  expect(audience.webhooks.size).toBe(2);
});

test.each([
  ['that may not be read', 403, HOOKS_AGAIN_MS],
  ['of a provider that is away', 503, HOOKS_SOON_MS],
])(
  'F9: hooks %s hold nobody, and are looked at again soon, before anything is written',
  async (_hooks, status, waitMs) => {
    const { look, mailchimp, work, audience, advance, summary } = await active();
    addHook(audience, ON_OFFICE);
    mailchimp.faults.plan({ fault: { type: 'status', status }, times: 100 });
    expect(await look()).toMatchObject({ twin: null });
    mailchimp.faults.clear();
    advance(waitMs);
    await work();
    expect(await summary()).toMatchObject({ state: 'attention', twin: { cause: 'foreign_hook' } });
  },
);

test('R11: a connection of a Brevo account leaves the hooks of its other connections alone', async () => {
  const opened = await createHttpWorld(database);
  world = opened;
  const { brevo, call } = opened;
  const connect = async (list: string) => {
    const { id: listId } = brevo.admin.createList(list);
    const audience = { choice: 'existing', id: String(listId) };
    const answer = await opened.connect({ provider: 'brevo', apiKey: brevo.apiKey, audience });
    const { id } = answer.json as unknown as { id: string };
    expect((await call('PUT', `/api/connections/${id}/settings`, { ...SETTINGS, audience })).status).toBe(200);
    return id;
  };
  const first = await connect('one');
  const second = await connect('two');
  const urls = () => [...brevo.account.webhooks.values()].map(({ url }) => url);
  expect(urls()).toHaveLength(2);
  const [hookOfFirst] = urls();
  expect((await call('POST', `/api/connections/${second}/disconnect`, { audience: 'keep' })).status).toBe(200);
  expect(urls()).toEqual([hookOfFirst]);
  expect((await call('POST', `/api/connections/${first}/disconnect`, { audience: 'keep' })).status).toBe(200);
  expect(urls()).toEqual([]);
});
