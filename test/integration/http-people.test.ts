import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { EmailAddress } from '../../src/core/email-address.ts';
import { parseEmailAddress } from '../../src/core/email-address.ts';
import type { Database } from '../../src/db/database.ts';
import type { Store } from '../../src/db/store.ts';
import type { FoundPerson, Person, Proof } from '../../src/http/api/people.ts';
import { openConnection } from '../../src/http/open-connection.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';

let database: Database;
let world: HttpWorld;
let id = '';
let store: Store;

beforeAll(async () => {
  database = await openHttpDatabase();
});
beforeEach(async () => {
  world = await createHttpWorld(database);
  id = ((await world.connect()).json as unknown as { id: string }).id;
  store = (await openConnection(world.parts, id)).store;
});
afterEach(() => world.close());
afterAll(() => database.close());

type SeenOptions = { consent?: 'yes' | 'no' | 'none'; email?: string; isPrivate?: boolean };

async function seeContact(contactId: string, name: string, options: SeenOptions = {}): Promise<void> {
  const [firstName = '', lastName = ''] = name.split(' ');
  const email = options.email ?? `${firstName}@immo-test.de`;
  const read = { at: world.clock.now(), from: 0 };
  await store.tables.contacts.observe(
    'run',
    [
      {
        contact: {
          id: contactId,
          email,
          consent: options.consent ?? 'yes',
          fields: { salutation: '', letterSalutation: '', firstName, lastName },
          tagKeys: [],
          isPrivate: options.isPrivate ?? false,
          isArchived: false,
          modifiedAt: '2026-03-01 08:00:00',
        },
        emailKey: parseEmailAddress(email),
      },
    ],
    read,
  );
}

async function seeMember(email: string, status: 'subscribed' | 'unsubscribed', name = ''): Promise<void> {
  const [firstName = '', lastName = ''] = name.split(' ');
  await store.tables.members.observe('run', [
    {
      email: email as EmailAddress,
      status,
      fields: { salutation: '', letterSalutation: '', firstName, lastName },
      tags: [{ id: '7', name: 'onoffice' }],
      hasMoreTags: false,
      ids: { web_id: '77' },
      stableId: '',
      changedAt: '2026-02-01T08:00:00Z',
      optInAt: '',
      optInIp: '',
    },
  ]);
}

type Found = { people: z.output<typeof FoundPerson>[]; next: string | null };
const find = async (search: string, after?: string) => {
  const query = new URLSearchParams({ search, ...(after === undefined ? {} : { after }) });
  return (await world.call('GET', `/api/connections/${id}/people?${query}`)).json as unknown as Found;
};
const names = async (search: string) => (await find(search)).people.map(({ name, email }) => name || email);
const explain = async (person: string, language = 'en') => {
  const answer = await world.call(
    'GET',
    `/api/connections/${id}/people/${encodeURIComponent(person)}?language=${language}`,
  );
  return { ...answer, person: answer.json as unknown as z.output<typeof Person> };
};
const enter = (contactId: string, body: object, language = 'en') =>
  world.call('POST', `/api/connections/${id}/contacts/${contactId}/opt-in?language=${language}`, body);

const OPT_IN = { person: 'Anna', givenAt: '2026-03-01T07:00:00.000Z', evidence: 'on paper', setsField: true };

describe('U4: finding people', () => {
  beforeEach(async () => {
    await seeContact('1', 'Anna Müller');
    await seeContact('2', 'Berta Straße', { consent: 'no' });
    await seeContact('3', 'Carl Nomail', { email: 'none' });
    await seeContact('41', 'Dora Müller', { email: 'ANNA@immo-test.de' });
    await seeMember('anna@immo-test.de', 'subscribed', 'Anna Web');
    await seeMember('web.member@immo-test.de', 'unsubscribed', 'Erik Web');
  });

  test.each([
    ['müller', ['Anna Müller', 'Dora Müller']],
    ['MULLER anna', ['Anna Müller', 'Dora Müller']],
    ['strasse', ['Berta Straße']],
    ['anna@', ['Anna Müller', 'Dora Müller']],
    ['Anna@Immo-Test.de', ['Anna Müller', 'Dora Müller']],
    ['web.', ['Erik Web']],
    ['@immo-test', ['Anna Müller', 'Dora Müller', 'Berta Straße', 'Erik Web']],
    ['nomail', ['Carl Nomail']],
    ['41', ['Dora Müller']],
    ['%', []],
    ['', ['Carl Nomail', 'Anna Müller', 'Dora Müller', 'Berta Straße', 'Erik Web']],
  ])('%j finds the contacts and members it fits', async (search, found) => {
    expect(await names(search)).toEqual(found);
  });

  test('what is found says both sides', async () => {
    expect((await find('web.')).people).toEqual([
      {
        contactId: null,
        email: 'web.member@immo-test.de',
        name: 'Erik Web',
        consent: null,
        status: 'unsubscribed',
        reason: null,
      },
    ]);
    expect((await find('2')).people[0]).toMatchObject({ contactId: '2', consent: 'no', status: 'absent' });
  });

  test('a long list is read page by page, everybody once', async () => {
    for (let index = 0; index < 120; index += 1) await seeContact(String(1_000 + index), `Frieda${index} Muster`);
    for (let index = 0; index < 60; index += 1) {
      await seeContact(String(2_000 + index), `Paul${index} Muster`, { email: 'shared.muster@immo-test.de' });
    }
    for (const [search, count] of [
      ['muster', 180],
      ['frieda', 120],
      ['shared.muster@', 60],
      ['', 185],
    ] as const) {
      const seen: (string | null)[] = [];
      let next: string | null | undefined;
      do {
        const page = await find(search, next ?? undefined);
        seen.push(...page.people.map(({ contactId, email }) => contactId ?? email));
        next = page.next;
      } while (next !== null);
      expect(seen.length, search).toBe(count);
      expect(new Set(seen).size, search).toBe(seen.length);
    }
  });

  test('F8: a cursor that is none of ours is refused', async () => {
    for (const after of ['x', Buffer.from('[1,2]').toString('base64url'), Buffer.from('{}').toString('base64url')]) {
      const answer = await world.call('GET', `/api/connections/${id}/people?after=${after}`);
      expect([answer.status, answer.json.error?.field]).toEqual([400, 'after']);
    }
  });
});

describe('U4: one person', () => {
  test('both sides, what the next run will do and why, in the language of the reader', async () => {
    await seeContact('1', 'Anna Müller');
    await seeMember('anna@immo-test.de', 'unsubscribed', 'Anna Web');
    const { person } = await explain('ANNA@immo-test.de');
    expect(person).toMatchObject({
      email: 'anna@immo-test.de',
      contacts: [{ contactId: '1', name: 'Anna Müller', consent: 'yes', base: null }],
      member: { status: 'unsubscribed', name: 'Anna Web', url: expect.stringContaining('id=77') },
      nextRun: {
        operations: [
          {
            kind: 'write-consent',
            contactId: '1',
            before: 'Newsletter: yes',
            after: 'Newsletter: cancellation',
            why: 'The person unsubscribed at the provider.',
          },
        ],
        reasons: [{ contactId: '1', reason: 'opted_out', words: '' }],
        memberReason: null,
      },
      history: [],
      past: [],
    });
    expect((await explain('1')).person).toEqual(person);
    expect((await explain('1', 'de')).person.nextRun.operations[0]?.why).toContain('beim Anbieter abgemeldet');
  });

  test('operations of earlier runs, newest first', async () => {
    await seeContact('1', 'Anna Müller');
    for (const [index, state] of (['done', 'refused'] as const).entries()) {
      const runId = `run ${index}`;
      await store.tables.runs.start({ id: runId, isFirst: false, asksFirst: false, now: world.clock.now() });
      const email = 'anna@immo-test.de' as EmailAddress;
      const plan = store.tables.plan(runId);
      await plan.add([{ kind: 'unsubscribe-member', email, contactId: '1', from: 'subscribed' }]);
      const [row] = await plan.next(1);
      await plan.markWithWords([{ id: row?.id ?? 0, state, words: state }]);
      await store.tables.runs.finish(runId, 'succeeded', world.clock.now());
      world.advance(60_000);
    }
    expect((await explain('1')).person.past).toMatchObject([
      { state: 'refused', words: 'refused', after: 'unsubscribed', at: '2026-03-01T08:01:00.000Z' },
      { state: 'done', at: '2026-03-01T08:00:00.000Z' },
    ]);
  });

  test('U4: what a run that was given up had still to do is no thing of the past', async () => {
    await seeContact('1', 'Anna Müller');
    await store.tables.runs.start({ id: 'run', isFirst: false, asksFirst: true, now: world.clock.now() });
    const email = 'anna@immo-test.de' as EmailAddress;
    await store.tables.plan('run').add([{ kind: 'unsubscribe-member', email, contactId: '1', from: 'subscribed' }]);
    expect((await explain('1')).person.past).toMatchObject([{ state: 'planned' }]);
    await store.tables.runs.finish('run', 'cancelled', world.clock.now());
    expect((await explain('1')).person.past).toEqual([]);
  });

  test('a contact without an address says so and nothing is planned', async () => {
    await seeContact('3', 'Carl Nomail', { email: 'none' });
    await store.tables.contactReasons.setWithoutAddress();
    expect((await explain('3')).person).toMatchObject({
      email: '',
      contacts: [{ contactId: '3', email: 'none' }],
      nextRun: { operations: [], reasons: [{ contactId: '3', reason: 'invalid_email' }] },
    });
  });

  test('F8: whom neither side knows, and what is no address', async () => {
    expect((await explain('nobody@immo-test.de')).json.error?.code).toBe('person.not_found');
    expect((await explain('999')).status).toBe(404);
    expect((await explain('no@address')).json.error).toMatchObject({ code: 'input.invalid', field: 'person' });
  });
});

describe('R1 (c): an opt-in entered on the page', () => {
  beforeEach(() => seeContact('1', 'Anna Müller', { consent: 'no' }));

  test('is booked with the name of who entered it, and the answer tells what follows from it', async () => {
    const cookie = await world.logIn('editor');
    const answer = await world.request(`/api/connections/${id}/contacts/1/opt-in?language=en`, {
      method: 'POST',
      cookie,
      payload: OPT_IN,
    });
    expect(answer.json as unknown).toMatchObject({
      contacts: [{ asksYes: true }],
      nextRun: {
        operations: [
          { kind: 'write-consent', after: 'Newsletter: yes', why: expect.stringContaining('entered here') },
          { kind: 'add-member' },
        ],
      },
      history: [
        {
          effect: 'opt-in',
          happenedAt: OPT_IN.givenAt,
          learnedAt: '2026-03-01T08:00:00.000Z',
          words: { source: 'an operator, entered by hand', effect: 'opt-in' },
          evidence: [
            { name: 'given by', text: 'Anna' },
            { name: 'how', text: 'on paper' },
            { name: 'entered by', text: 'editor' },
          ],
        },
      ],
    });
    expect(world.woken).toContain(id);
    expect(world.lines.join(), 'nothing personal in the log').not.toMatch(/anna|on paper/i);
  });

  test.each([
    ['opt_in.evidence_missing', 'evidence', { evidence: ' ' }],
    ['opt_in.person_missing', 'person', { person: '' }],
    ['opt_in.in_future', 'givenAt', { givenAt: '2026-03-01T09:00:00.000Z' }],
    ['input.invalid', 'givenAt', { givenAt: 'yesterday' }],
    ['input.invalid', 'evidence', { evidence: 'x'.repeat(2_001) }],
    ['input.invalid', 'setsField', { setsField: 'perhaps' }],
  ])('F8: %s names %s and books nothing', async (code, field, wrong) => {
    const answer = await enter('1', { ...OPT_IN, ...wrong });
    expect([answer.status, answer.json.error?.code, answer.json.error?.field]).toEqual([400, code, field]);
    expect((await explain('1')).person).toMatchObject({ history: [], contacts: [{ asksYes: false }] });
  });

  test('a reader may not enter one', async () => {
    const cookie = await world.logIn('reader');
    const url = `/api/connections/${id}/contacts/1/opt-in`;
    expect((await world.request(url, { method: 'POST', cookie, payload: OPT_IN })).status).toBe(403);
  });
});

describe('R14: the proof sheet of a contact', () => {
  const proof = (path: string, cookie?: string) =>
    world.request(`/api/connections/${id}/contacts/1/${path}?language=en`, {
      ...(cookie ? { cookie } : { headers: { authorization: `Bearer ${world.parts.cliToken}` } }),
    });

  beforeEach(async () => {
    await seeContact('1', 'Anna Müller', { consent: 'no' });
    await seeContact('2', 'Berta Straße', { consent: 'no' });
    expect((await enter('1', OPT_IN)).status).toBe(200);
    expect((await enter('2', OPT_IN)).status).toBe(200);
  });

  test('tells every change with its place in the chain, and how the whole record stands', async () => {
    const sheet = (await proof('proof')).json as unknown as z.output<typeof Proof>;
    expect(sheet).toMatchObject({
      issuedAt: '2026-03-01T08:00:00.000Z',
      contact: { contactId: '1', name: 'Anna Müller', email: 'Anna@immo-test.de' },
      changes: [{ number: 1, happenedAt: OPT_IN.givenAt, previousHash: '0'.repeat(64) }],
      check: { count: 2, brokenAt: null },
    });
    await database.runScript(`alter table consent_records disable trigger user;
      update consent_records set consent_to = 'no' where number = 2;
      alter table consent_records enable trigger user;`);
    expect((await proof('proof')).json as unknown).toMatchObject({ check: { brokenAt: 2, how: 'altered' } });
  });

  test('as a page that runs nothing, asks nothing and is shown in no frame', async () => {
    const { app, parts } = world;
    const answer = await app.inject({
      url: `/api/connections/${id}/contacts/1/proof.html?language=de`,
      headers: { authorization: `Bearer ${parts.cliToken}` },
    });
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; frame-ancestors 'none'; style-src 'nonce-[^']+'; base-uri 'none'/);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain(`nonce="${/nonce-([^']+)/.exec(policy)?.[1]}"`);
    expect(answer.body).toContain('Anna Müller');
    expect(answer.body).not.toContain('Berta');
  });

  test('a reader may see it, nobody else may, and an unknown contact has none', async () => {
    expect((await proof('proof', await world.logIn('reader'))).status).toBe(200);
    for (const path of ['proof', 'proof.html']) {
      expect((await world.request(`/api/connections/${id}/contacts/1/${path}`)).status).toBe(401);
      const unknown = await world.call('GET', `/api/connections/${id}/contacts/9/${path}`);
      expect([unknown.status, unknown.json.error?.code]).toEqual([404, 'contact.not_found']);
    }
  });
});

test('U4: a contact’s sheet is told where the contact is in onOffice, and an unknown one is not asked for there', async () => {
  const contact = world.crm.agent.createContact({ Vorname: 'Anna', Name: 'Müller', Email: 'anna@immo-test.de' });
  await seeContact(String(contact.id), 'Anna Müller');
  const urlOf = (contactId: number) => world.call('GET', `/api/connections/${id}/contacts/${contactId}/crm-url`);
  expect(await urlOf(contact.id)).toMatchObject({ status: 200, json: { url: expect.stringMatching(/^http/) } });
  const before = world.crm.counts.requests;
  expect((await urlOf(contact.id + 1)).json.error?.code).toBe('contact.not_found');
  expect(world.crm.counts.requests).toBe(before);
  world.crm.agent.deleteContact(contact.id);
  expect(await urlOf(contact.id)).toMatchObject({ status: 200, json: { url: null } });
});
