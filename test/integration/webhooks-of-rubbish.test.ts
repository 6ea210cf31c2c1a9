import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const ANNA = 'anna.muster@immo-test.de';
const MINUTE = 60_000;

/** Addresses that are allowed and that hardly anybody has, and such that only look like some. */
const ODD_ADDRESSES = [
  'jürgen@müller-immobilien.de',
  'o’neill@immo-test.de',
  'a/b?c=d&e#f%20g@immo-test.de',
  '%2e%2e@immo-test.de',
  '..@immo-test.de',
  "x'or'1'='1@immo-test.de",
  `${'l'.repeat(64)}@${'d'.repeat(63)}.de`,
  '\u202egnp.exe@immo-test.de',
  '字@例え.テスト',
  'nobody@immo-test.de',
  'null',
  '<script>@immo-test.de',
];

/** What a stranger to the documentation may send, with each address where one can stand. */
const BODIES: Readonly<Record<'mailchimp' | 'brevo', (email: string, audienceId: string) => string[]>> = {
  mailchimp: (email, audienceId) => [
    ...['subscribe', 'unsubscribe', 'cleaned', 'profile'].map((type) =>
      form({ type, 'data[list_id]': audienceId, 'data[email]': email, 'data[id]': email, 'data[action]': 'unsub' }),
    ),
    form({ type: 'upemail', 'data[list_id]': audienceId, 'data[old_email]': email, 'data[new_email]': `neu.${email}` }),
    form({ type: 'unsubscribe', 'data[email]': `${email}@forgotten.mailchimp.com`, 'data[web_id]': email }),
  ],
  brevo: (email, audienceId) =>
    [
      ...['unsubscribe', 'spam', 'hard_bounce', 'contact_deleted', 'delivered'].map((event) => ({ event, email })),
      { event: 'list_addition', email, list_id: [Number(audienceId)] },
      {
        event: 'contact_updated',
        email,
        content: [{ email, emailBlacklist: true }, { updated_email: `neu.${email}` }],
      },
    ].map((event) => JSON.stringify(event)),
};
const RUBBISH = [
  '',
  '\0',
  'x'.repeat(100_000),
  '[]',
  '{}',
  '[[[[',
  'type=',
  'type=unsubscribe',
  '{"event":"spam"}',
  'null',
];

const form = (values: Record<string, string>) => new URLSearchParams(values).toString();

describe.each(SIDES)('$name', (side) => {
  let anna = 0;
  beforeEach(async () => {
    world = await createSyncedWorld({
      database,
      provider: side.name,
      brevoLanguage: 'de',
      seed: (crm) => {
        anna = plantContact(crm, { email: ANNA, firstName: 'Anna' });
        for (let index = 0; index < 10; index += 1)
          plantContact(crm, { email: `person.${index}@immo-test.de`, firstName: `Person ${index}` });
      },
    });
  });
  const receive = async (body: string) =>
    world.receive(
      new Request('http://connector.test', { method: 'POST', body, headers: { 'content-type': side.name } }),
    );
  const waiting = async () => (await world.store.tables.events.counts()).waiting;

  test('F7: neither rubbish nor people whom nobody knows hold up an opt-out', async () => {
    for (const body of RUBBISH) await receive(body);
    for (const email of ODD_ADDRESSES)
      for (const body of BODIES[side.name](email, world.connection.audienceId ?? '')) await receive(body);
    side.personLeaves(world, ANNA);
    await world.live(MINUTE);
    expect(newsletterOf(world, anna)).toBe('2');
    expect(await waiting()).toBe(0);
    const { rows } = await sql<{ body: string }>`select distinct body from provider_events
      where connection_id = ${world.connection.id}`.execute(database.db);
    expect(rows).toEqual([{ body: '' }]);
    await world.live(3 * MINUTE);
    expect(side.status(world, ANNA)).toBe('opted-out');
    expect(side.status(world, 'person.1@immo-test.de')).toBe('subscribed');
  });

  test.each([
    ['refuses', 400, '{"code":"invalid_parameter","title":"Invalid Resource","message":"email is not valid"}'],
    ['answers with a page about', 200, '<html>busy</html>'],
  ])('F7: a person whom the provider %s holds up nobody else’s opt-out', async (_, status, body) => {
    const other = 'person.1@immo-test.de';
    const key = side.name === 'brevo' ? encodeURIComponent(other) : createHash('md5').update(other).digest('hex');
    const match = new RegExp(`GET .*/(${key}|${other})`);
    world[side.name].faults.plan({ fault: { type: 'status', status, body }, times: 1000, match });
    side.personLeaves(world, other);
    side.personLeaves(world, ANNA);
    await world.live(MINUTE);
    expect(newsletterOf(world, anna)).toBe('2');
    expect(await waiting()).toBe(0);
  });
});
