import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { createLaneWorker } from '../../src/jobs/lane-worker.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';

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

/** A connection that is set up, with some people on both sides, and a worker that is turned by hand. */
async function ready() {
  const opened = await createHttpWorld(database);
  world = opened;
  const { crm, mailchimp, call, parts } = opened;
  const audience = mailchimp.addAudience({ name: 'onoffice' });
  crm.agent.createContact({ Vorname: 'Eva', Name: '=Übler', Email: 'eva@immo-test.de', newsletter_aktiv: '1' });
  crm.agent.createContact({ Vorname: 'Ida', Name: 'Weiß', Email: 'kein Email', newsletter_aktiv: '1' });
  mailchimp.admin.addMember(audience.id, { email: 'otto@immo-test.de' });
  const { id } = (await opened.connect()).json as unknown as { id: string };
  const settings = { audience: { choice: 'onoffice' }, mapping: {}, activities: [], optOutValue: 'cancellation' };
  expect((await call('PUT', `/api/connections/${id}/settings`, settings)).status).toBe(200);
  const bugs: unknown[] = [];
  const lane = createLaneWorker({
    ...parts,
    newId: randomUUID,
    onProgress: () => {},
    onBug: (error) => bugs.push(error),
  });
  return {
    ...opened,
    audience,
    settings,
    base: `/api/connections/${id}`,
    id,
    work: async () => {
      while ((await lane(id)) === 'more');
      expect(bugs).toEqual([]);
    },
  };
}

test('the first sync asks with a preview, runs when it is approved, and the numbers add up', async () => {
  const { base, call, work, id, woken, mailchimp, audience } = await ready();
  const started = await call('POST', `${base}/runs`, { preview: false });
  expect(started.json).toMatchObject({ state: 'running', phase: 'reading-contacts', isFirst: true, question: null });
  expect(woken).toEqual([id]);
  const again = await call('POST', `${base}/runs`, { preview: false });
  expect([again.status, again.json.error?.code]).toEqual([409, 'run.already_running']);
  await work();

  const runUrl = `${base}/runs/${(started.json as unknown as { id: string }).id}`;
  const preview = (await call('GET', `${runUrl}/preview`)).json as never as {
    counts: { kind: string; count: number; samples: object[] }[];
  };
  expect(preview).toMatchObject({
    run: { state: 'awaiting-approval', question: 'first-sync', remainingSeconds: null },
    contactsRead: 2,
    membersRead: 1,
    plan: { name: 'monthly', isPaid: true },
    leftOut: [{ reason: 'invalid_email', count: 1 }],
  });
  expect(preview.counts.map(({ kind, count }) => [kind, count])).toContainEqual(['add-member', 1]);
  expect(preview.counts.find(({ kind }) => kind === 'add-member')?.samples).toMatchObject([
    { email: 'eva@immo-test.de', name: 'Eva =Übler', before: '', after: expect.stringContaining('angemeldet') },
  ]);
  expect((await call('GET', '/api/connections')).json).toMatchObject({ connections: [{ state: 'ready' }] });
  expect(audience.members.find('eva@immo-test.de')).toBeUndefined();

  expect((await call('POST', `${runUrl}/approve`)).json).toMatchObject({ state: 'running', phase: 'refreshing' });
  expect((await call('POST', `${runUrl}/approve`)).json.error?.code).toBe('run.not_waiting');
  await work();
  expect((await call('GET', runUrl)).json).toMatchObject({ state: 'succeeded', error: null });
  expect(audience.members.find('eva@immo-test.de')?.status).toBe('subscribed');
  expect((await call('GET', `${base}/overview`)).json).toMatchObject({
    connection: { state: 'active' },
    health: { crm: { state: 'ok' }, provider: { state: 'ok' }, webhook: { state: 'ok' } },
    bridge: { addsUp: true, contactsWithYes: 3, activeMembers: 2 },
    runningRun: null,
    lastRun: {
      state: 'succeeded',
      operations: expect.arrayContaining([{ kind: 'add-member', planned: 1, done: 1, refused: 0, heldBack: 0 }]),
    },
  });
  expect(mailchimp.store.lists.size).toBe(1);
});

test('what the preview shows comes as files that no spreadsheet takes for formulas', async () => {
  const { base, call, work } = await ready();
  const { id } = (await call('POST', `${base}/runs`, { preview: false })).json as unknown as { id: string };
  await work();
  const preview = (await call('GET', `${base}/runs/${id}/preview.csv`)).text;
  expect(preview.startsWith('\uFEFFkind,email,name,contactId,before,after,state,words\r\n')).toBe(true);
  expect(preview).toContain('add-member,eva@immo-test.de,Eva =Übler,');
  const german = (await call('GET', `${base}/runs/${id}/preview.csv?language=de`)).text;
  expect(german.startsWith('\uFEFFÄnderung;E-Mail;Name;Kontakt Nr.;Vorher;Nachher;Stand;')).toBe(true);
  expect(german).toContain('In die Mailing-Liste aufnehmen;eva@immo-test.de;');
  const audience = (await call('GET', `${base}/runs/${id}/audience.csv`)).text;
  expect(audience).toContain('\r\notto@immo-test.de,subscribed,');
  const undelivered = (await call('GET', `${base}/undelivered.csv?reason=invalid_email`)).text;
  expect(undelivered).toContain('kein Email,Ida Weiß,invalid_email,');
  const spanish = (await call('GET', `${base}/undelivered.csv?language=es`)).text;
  expect(spanish).toContain('kein Email;Ida Weiß;Correo no válido;');
  expect((await call('GET', `${base}/undelivered.csv?reason=nonsense`)).json.error?.field).toBe('reason');
  expect((await call('GET', `${base}/runs/none/preview.csv`)).json.error?.code).toBe('run.not_found');
  expect((await call('GET', `${base}/undelivered?search=weiß`)).json).toMatchObject({
    contacts: [{ name: 'Ida Weiß', reason: 'invalid_email' }],
    counts: [{ reason: 'invalid_email', count: 1 }],
    next: null,
  });
});

test('a cancelled run writes nothing and makes room for another', async () => {
  const { base, call, work, audience } = await ready();
  const { id } = (await call('POST', `${base}/runs`, { preview: true })).json as unknown as { id: string };
  await work();
  expect((await call('POST', `${base}/runs/${id}/cancel`)).json).toMatchObject({ state: 'cancelled' });
  expect((await call('POST', `${base}/runs/${id}/cancel`)).json).toMatchObject({ state: 'cancelled' });
  expect((await call('POST', `${base}/runs/${id}/approve`)).json.error?.code).toBe('run.not_waiting');
  await work();
  expect(audience.members.find('eva@immo-test.de')).toBeUndefined();
  expect((await call('POST', `${base}/runs`, { preview: true })).json).toMatchObject({ isFirst: true });
  const journal = (await call('GET', `${base}/journal`)).json as never as { entries: { id: string; code: string }[] };
  expect(journal.entries.map(({ code }) => code).slice(0, 3)).toEqual([
    'journal.run_started',
    'journal.run_cancelled',
    'journal.run_started',
  ]);
  const older = await call('GET', `${base}/journal?before=${journal.entries[0]?.id}`);
  expect(older.json).toEqual({ entries: journal.entries.slice(1) });
});

test('once a sync was started the audience stays', async () => {
  const { base, call, work, settings, mailchimp } = await ready();
  const { id } = (await call('POST', `${base}/runs`, { preview: false })).json as unknown as { id: string };
  await work();
  await call('POST', `${base}/runs/${id}/approve`);
  const other = mailchimp.addAudience({ name: 'Verkauf' });
  const moved = { ...settings, audience: { choice: 'existing', id: other.id } };
  expect((await call('PUT', `${base}/settings`, moved)).json.error?.code).toBe('settings.audience_fixed');
  expect((await call('PUT', `${base}/settings`, settings)).status).toBe(200);
});

test('a key that is revoked during a run stops the connection until it is renewed', async () => {
  const { base, call, work, mailchimp } = await ready();
  const { id } = (await call('POST', `${base}/runs`, { preview: false })).json as unknown as { id: string };
  mailchimp.account.apiKeys.set(mailchimp.apiKey, 'revoked');
  await work();
  expect((await call('GET', `${base}/overview`)).json).toMatchObject({
    connection: { state: 'attention' },
    health: { provider: { state: 'failing', notice: { code: 'mailchimp.key_invalid' } } },
    alarms: [{ code: 'journal.connection_attention' }],
  });
  expect((await call('POST', `${base}/runs/${id}/approve`)).json.error?.code).toBe('connection.not_ready');
  const renewed = `${'c'.repeat(32)}-us21`;
  mailchimp.account.apiKeys.set(renewed, 'active');
  expect((await call('PUT', `${base}/keys`, { apiKey: renewed })).json).toMatchObject({ state: 'ready' });
  await work();
  expect((await call('GET', `${base}/runs/${id}`)).json).toMatchObject({
    state: 'awaiting-approval',
    waitingFor: null,
  });
});

test('the page is told live what a run does', async () => {
  const { app, base, call, work, parts, id } = await ready();
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const started = await call('POST', `${base}/runs`, { preview: false });
  const runId = (started.json as unknown as { id: string }).id;
  const stream = await fetch(`${origin}${base}/events`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${parts.cliToken}` },
  });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const readUntil = async (pattern: RegExp) => {
    while (!pattern.test(text)) text += (await reader?.read())?.value ?? '';
  };
  await readUntil(/event: run\n/);
  expect(text).toContain(`"id":"${runId}"`);
  await work();
  parts.runEvents.emit({ connectionId: id, what: 'run' });
  await readUntil(/awaiting-approval/);
  await readUntil(/event: overview\n/);
  await call('POST', `${base}/runs/${runId}/cancel`);
  await readUntil(/"state":"cancelled"/);
  await reader?.cancel();
});

test('R9: members that the CRM does not know are left alone when the user says so, and stay so', async () => {
  const { base, call, work, crm, audience } = await ready();
  const { id: runId } = (await call('POST', `${base}/runs`, { preview: false })).json as unknown as { id: string };
  await work();
  await call('POST', `${base}/runs/${runId}/approve`, { unknownMembers: 'leave' });
  await work();
  await call('POST', `${base}/runs`, { preview: false });
  await work();
  expect(crm.store.addresses.size).toBe(2);
  expect(audience.members.find('otto@immo-test.de')?.status).toBe('subscribed');
  expect((await call('GET', `${base}/settings`)).json).toMatchObject({ unknownMembers: 'leave' });
  expect((await call('GET', `${base}/overview`)).json).toMatchObject({
    bridge: { addsUp: true, memberReasons: [{ reason: 'unknown_member', count: 1 }] },
  });
});
