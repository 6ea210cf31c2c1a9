import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/core/email-address.ts';
import type { Database } from '../../src/db/database.ts';
import { openConnection } from '../../src/http/open-connection.ts';
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

const emailOf = (index: number) => `person.${index}@immo-test.de` as EmailAddress;

/** A connection whose first full sync is done, with `count` people on both sides. */
async function active(count = 12) {
  const opened = await createHttpWorld(database);
  world = opened;
  const { crm, mailchimp, call, parts } = opened;
  mailchimp.addAudience({ name: 'onoffice' });
  for (let index = 0; index < count; index += 1) {
    crm.agent.createContact({ Vorname: `Person ${index}`, Email: emailOf(index), newsletter_aktiv: '1' });
  }
  const { id } = (await opened.connect()).json as unknown as { id: string };
  const base = `/api/connections/${id}`;
  const settings = { audience: { choice: 'onoffice' }, mapping: {}, activities: [], optOutValue: 'cancellation' };
  await call('PUT', `${base}/settings`, settings);
  const lane = createLaneWorker({
    ...parts,
    newId: randomUUID,
    onProgress: () => {},
    onBug: (error) => {
      throw error;
    },
  });
  const work = async (name = id) => {
    while ((await lane(name)) === 'more');
  };
  const run = (await call('POST', `${base}/runs`, { preview: false })).json as unknown as { id: string };
  await work();
  await call('POST', `${base}/runs/${run.id}/approve`);
  await work();
  const { store } = await openConnection(parts, id);
  return { ...opened, id, base, work, store };
}

/** Holds the removal of the first people. */
async function hold({ store, clock }: Awaited<ReturnType<typeof active>>, count: number): Promise<void> {
  await store.tables.held.hold(
    Array.from({ length: count }, (_, index) => ({
      operation: { kind: 'remove-member', email: emailOf(index), contactId: undefined },
      question: 'brake',
    })),
    clock.now(),
  );
}

test('what waits is shown by question and kind with people, and answered by editors alone', async () => {
  const opened = await active();
  const { base, call, request, logIn, woken, id } = opened;
  await hold(opened, 12);
  const held = await call('GET', `${base}/held?language=en`);
  expect(held.json).toMatchObject({
    groups: [{ question: 'brake', kind: 'remove-member', count: 12, next: expect.any(String) }],
  });
  const [group] = (held.json as unknown as { groups: { changes: object[]; next: string }[] }).groups;
  expect(group?.changes).toHaveLength(10);
  expect(group?.changes[0]).toEqual({
    email: emailOf(0),
    name: 'Person 0',
    contactId: null,
    before: 'subscribed',
    after: 'archived',
  });
  const more = await call('GET', `${base}/held/changes?question=brake&kind=remove-member&after=${group?.next}`);
  expect(more.json).toMatchObject({ changes: [{ email: emailOf(10) }, { email: emailOf(11) }], next: null });

  const answer = { question: 'brake', kind: 'remove-member', decision: 'carry-out' };
  const reader = await logIn('reader');
  expect((await request(`${base}/held`, { cookie: reader })).status).toBe(200);
  const refused = await request(`${base}/held/decide`, { method: 'POST', cookie: reader, payload: answer });
  expect(refused.status).toBe(403);
  const wrong = await call('POST', `${base}/held/decide`, { ...answer, decision: 'put-back' });
  expect([wrong.status, wrong.json.error?.field]).toEqual([400, 'decision']);

  woken.length = 0;
  const editor = await logIn('editor');
  const answered = await request(`${base}/held/decide`, { method: 'POST', cookie: editor, payload: answer });
  expect(answered.json).toEqual({ answered: 12 });
  expect(woken).toEqual([`${id}/urgent`, id]);
  expect((await call('GET', `${base}/held`)).json).toMatchObject({ groups: [] });
  expect((await call('GET', `${base}/journal?kind=changes`)).json).toMatchObject({
    entries: [{ code: 'journal.held_decided', params: { count: 12, decision: 'carry-out' } }],
  });
});

test('what is held after the page was made waits for an answer of its own', async () => {
  const opened = await active(3);
  const { base, call, advance } = opened;
  const { asOf } = (await call('GET', `${base}/held`)).json as unknown as { asOf: string };
  advance(60_000);
  await hold(opened, 2);
  const body = { question: 'brake', kind: 'remove-member', decision: 'drop', asOf };
  expect((await call('POST', `${base}/held/decide`, body)).json).toEqual({ answered: 0 });
});

test('U6: single changes are listed newest first, found by address, kind and result, page by page', async () => {
  const { base, call } = await active(60);
  type Page = { operations: { email: string; kind: string; state: string }[]; next: string | null };
  const first = (await call('GET', `${base}/operations`)).json as unknown as Page;
  expect(first.operations).toHaveLength(50);
  const second = (await call('GET', `${base}/operations?after=${first.next}`)).json as unknown as Page;
  expect(second).toMatchObject({ next: null });
  const all = [...first.operations, ...second.operations];
  expect(new Set(all.map(({ email }) => email)).size).toBe(60);
  expect(all.every(({ kind, state }) => kind === 'add-member' && state === 'done')).toBe(true);
  const found = await call('GET', `${base}/operations?search=PERSON.7@&kind=add-member&state=done`);
  expect(found.json).toMatchObject({ operations: [{ email: emailOf(7), name: 'Person 7' }], next: null });
  expect((await call('GET', `${base}/operations?kind=remove-member`)).json).toEqual({ operations: [], next: null });
  for (const after of ['x', '2026-13-45T00:00:00.000Z_1', '2026-03-01T08:00:00.000Z_x']) {
    const refused = await call('GET', `${base}/operations?after=${after}`);
    expect([refused.status, refused.json.error?.field], after).toEqual([400, 'after']);
  }
});

test('U7: a connection is paused and goes on, and its summary, overview and journal say so', async () => {
  const { base, call, woken, id } = await active(3);
  const paused = await call('POST', `${base}/pause`);
  expect(paused.json).toMatchObject({ pausedAt: expect.any(String) });
  expect((await call('GET', `${base}/overview`)).json).toMatchObject({ connection: paused.json });
  expect((await call('POST', `${base}/runs`, { preview: false })).json.error?.code).toBe('connection.paused');
  woken.length = 0;
  expect((await call('POST', `${base}/unpause`)).json).toMatchObject({ pausedAt: null });
  expect(woken).toEqual([id]);
  expect((await call('GET', `${base}/journal?kind=settings`)).json).toMatchObject({
    entries: [{ code: 'journal.unpaused' }, { code: 'journal.paused' }, {}, {}, {}],
  });
});

test('nothing can be paused before the first full sync was started', async () => {
  world = await createHttpWorld(database);
  const { id } = (await world.connect()).json as unknown as { id: string };
  const refused = await world.call('POST', `/api/connections/${id}/pause`);
  expect([refused.status, refused.json.error?.code]).toEqual([409, 'connection.not_ready']);
});

test('U2: the overview tells of polls, webhooks, waiting work and opt-outs, and pages hear of it live', async () => {
  const { base, call, app, parts, store, clock, work, advance, id } = await active(30);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const stream = await fetch(`${origin}${base}/events`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${parts.cliToken}` },
  });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  advance(400_000);
  await work();
  parts.runEvents.emit({ connectionId: id, what: 'run' });
  let text = '';
  while (!/event: overview\n/.test(text)) text += (await reader?.read())?.value ?? '';
  await reader?.cancel();

  world?.mailchimp.person.unsubscribe('onoffice', emailOf(1));
  await world?.mailchimp.pump();
  await work(`${id}/urgent`);
  await store.tables.due.mark([{ emailKey: emailOf(2), cause: 'crm' }], clock.now());
  const overview = (await call('GET', `${base}/overview`)).json;
  const at = (ms: number) => new Date(ms).toISOString();
  expect(overview).toMatchObject({
    background: {
      crm: { readAt: expect.any(String), nextAt: expect.any(String) },
      provider: { readAt: expect.any(String), recovered: 0, recoveredAt: null },
      due: { waiting: 1, urgent: 0 },
      nightlyAt: expect.any(String),
      rounds: [],
      held: [],
    },
    optOuts: { figures: [{ direction: 'to-crm', count: 1 }], days: [{ direction: 'to-crm', count: 1 }] },
  });
  expect(at(Date.parse((overview as unknown as { optOuts: { since: string } }).optOuts.since))).toContain('T00:00:00');
});
