import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/core/email-address.ts';
import { MEMBER_REASONS, type MemberReason } from '../../src/core/reason.ts';
import type { Database } from '../../src/db/database.ts';
import type { Store } from '../../src/db/store.ts';
import { openConnection } from '../../src/http/open-connection.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';

let database: Database;
let world: HttpWorld;
let store: Store;
let base = '';

const MANY = 230;
const emailOf = (index: number) => `person.${String(index).padStart(3, '0')}@immo-test.de` as EmailAddress;
const reasonOf = (index: number) => MEMBER_REASONS[index % MEMBER_REASONS.length] ?? 'leaving';

/** Members with every reason, one that is explained, and one that is no active member any more. */
beforeAll(async () => {
  database = await openHttpDatabase();
  world = await createHttpWorld(database);
  const { id } = (await world.connect()).json as unknown as { id: string };
  base = `/api/connections/${id}`;
  store = (await openConnection(world.parts, id)).store;
  const emails = Array.from({ length: MANY + 2 }, (_, index) => emailOf(index));
  await store.tables.members.observe(
    'run',
    emails.map((email, index) => ({
      email,
      status: index > MANY ? 'unsubscribed' : 'subscribed',
      fields: { salutation: '', letterSalutation: '', firstName: 'Ida', lastName: index === 7 ? 'Weiß' : `=${index}` },
      tags: [],
      hasMoreTags: false,
      ids: {},
      stableId: '',
      changedAt: '',
      optInAt: '',
      optInIp: '',
    })),
  );
  const withReason = emails.flatMap((emailKey, index) =>
    index === MANY ? [] : [{ emailKey, reason: reasonOf(index) }],
  );
  await store.tables.memberReasons.set(emails, withReason);
  await store.tables.members.join(emailOf(5), '4711', 'second_address');
});
afterAll(async () => {
  await world.close();
  await database.close();
});

type Listed = {
  members: { email: string; name: string; contactId: string | null; reason: MemberReason }[];
  counts: { reason: MemberReason; count: number }[];
  next: string | null;
};

async function list(query: string): Promise<Listed> {
  return (await world.call('GET', `${base}/unexplained-members?${query}`)).json as unknown as Listed;
}

async function listAll(query: string): Promise<Listed['members']> {
  const all: Listed['members'] = [];
  for (let after = ''; ; ) {
    const { members, next } = await list(`${query}&after=${encodeURIComponent(after)}`);
    all.push(...members);
    if (next === null) return all;
    after = next;
  }
}

test('section 7: the list behind each bar holds exactly the members that the bridge counts there', async () => {
  const bridge = await store.tables.bridges.count();
  expect(bridge.memberReasons.map(({ reason }) => reason).sort()).toEqual([...MEMBER_REASONS].sort());
  for (const { reason, count } of bridge.memberReasons) {
    const shown = await listAll(`reason=${reason}`);
    expect([reason, shown.length]).toEqual([reason, count]);
    expect(new Set(shown.map((member) => member.reason))).toEqual(new Set([reason]));
  }
  const everybody = await listAll('search=');
  expect(everybody.map(({ email }) => email)).toEqual(Array.from({ length: MANY }, (_, index) => emailOf(index)));
  expect((await list('')).counts.reduce((sum, { count }) => sum + count, 0)).toBe(MANY);
});

test('a member is found by a part of his name or address, with the contact that he belongs to', async () => {
  expect((await list('search=weiß')).members).toEqual([
    { email: emailOf(7), name: 'Ida Weiß', contactId: null, reason: reasonOf(7) },
  ]);
  expect((await list('search=PERSON.005')).members).toMatchObject([{ email: emailOf(5), contactId: '4711' }]);
  expect((await list('search=%25')).members).toEqual([]);
});

test('the same members come as a file: for programs by names that never change, for people in their language', async () => {
  const csv = async (query: string) =>
    (await world.call('GET', `${base}/unexplained-members.csv?${query}`)).text.trimEnd().split('\r\n');
  const plain = await csv('');
  expect(plain).toHaveLength(MANY + 1);
  expect(plain[0]).toBe('\uFEFFemail,name,contactId,reason');
  expect(plain[6]).toBe(`${emailOf(5)},Ida =5,4711,second_address`);
  const german = await csv('language=de&reason=second_address&search=person.005');
  expect(german).toEqual(['\uFEFFE-Mail;Name;Kontakt Nr.;Grund', `${emailOf(5)};Ida =5;4711;Zweite Adresse`]);
});

test('F8: a reason that is none is named', async () => {
  for (const path of ['unexplained-members', 'unexplained-members.csv']) {
    expect((await world.call('GET', `${base}/${path}?reason=opted_out`)).json.error?.field).toBe('reason');
  }
});

test('U7: of a connection that has ended nobody is tried again, and no tag is asked about', async () => {
  await store.tables.ending.disconnect(world.clock.now());
  expect(await world.call('POST', `${base}/undelivered/try-again`, {})).toMatchObject({
    status: 409,
    json: { error: { code: 'connection.disconnected' } },
  });
  expect((await world.call('GET', `${base}/asked-tags`)).json).toEqual({ tags: [] });
});
