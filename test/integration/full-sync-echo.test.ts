import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedFromAgency as seedMailchimp } from '../../simulators/mailchimp/index.ts';
import { seedFromAgency as seedOnOffice } from '../../simulators/onoffice/index.ts';
import { drawAgency } from '../../simulators/shared/agency.ts';
import { type Database, openPglite, openPostgres } from '../../src/db/database.ts';
import { freshPostgresUrl } from '../support/databases.ts';
import { audienceOf, plantContact, plantMember } from '../support/plant.ts';
import { countWrites, expectBridgeFits, expectSettled, memberTags, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

const BACKENDS = {
  pglite: async () => {
    const database = await openPglite(undefined);
    return { database, drop: () => database.close() };
  },
  postgres: async () => {
    const fresh = await freshPostgresUrl();
    const database = openPostgres(fresh.url);
    return {
      database,
      drop: async () => {
        await database.close();
        await fresh.drop();
      },
    };
  },
};

const writesSince = (world: World, before: Record<string, number>) =>
  Object.entries(countWrites(world))
    .map(([call, count]) => [call, count - (before[call] ?? 0)] as const)
    .filter(([, count]) => count > 0)
    .map(([call, count]) => `${count} ${call}`);

describe.each(['pglite', 'postgres'] as const)('on %s', (backend) => {
  let database: Database;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ database, drop } = await BACKENDS[backend]());
  });
  afterAll(() => drop());

  test.each([1, 2, 3, 4, 5])('R13: a second sync of an agency plans and writes nothing (seed %i)', async (seed) => {
    const agency = drawAgency({ contacts: 300, seed, audience: 'existing' });
    const world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        seedOnOffice(crm, agency);
        seedMailchimp(mailchimp, agency);
      },
    });
    await syncAndApprove(world);
    await expectBridgeFits(world);
    const before = countWrites(world);
    const second = await world.sync();
    expect(await world.planOf(second.id)).toEqual({});
    expect(countWrites(world)).toEqual(before);
    await expectBridgeFits(world);
  });

  test('M14: a changed name at one contact causes exactly one write', async () => {
    let id = 0;
    const world = await createWorld({
      database,
      seed: (crm) => {
        id = plantContact(crm, { email: 'anna@immo-test.de', firstName: 'Anna', lastName: 'Muster' });
        for (let number = 0; number < 5; number += 1) plantContact(crm, { email: `mit${number}@immo-test.de` });
      },
    });
    await syncAndApprove(world);
    world.advance(60_000);
    world.crm.agent.editContact(id, { Vorname: 'Annabell' });
    const before = countWrites(world);
    await world.sync();
    expect(writesSince(world, before)).toEqual(['1 PATCH /lists/{list_id}/members/{subscriber_hash}']);
    await expectSettled(world);
  });
});

describe('R13: what is not kept as it was sent is not sent again', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openPglite(undefined);
  });
  afterAll(() => database.close());

  const TEXTS = {
    'longer than the field': 'Überlänge '.repeat(40),
    'cut in the middle of a letter of several bytes': `${'x'.repeat(254)}ß`,
    emoji: '👩‍👩‍👧 Familie 🏡',
    'a letter in two code points': 'Mu\u0308ller',
    'spaces around and inside': '  Anna   Maria ',
    'a hard space and a tab': 'Anna\u00a0Maria\tX',
    'a line break': 'Anna\nMaria',
    markup: '<b>Anna & "Co"</b>',
    'a zero-width character': 'An\u200bna',
    'only spaces': '   ',
  };

  test.each(Object.entries(TEXTS))('%s', async (_, text) => {
    const world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        plantContact(crm, { email: 'neu@immo-test.de', firstName: text, lastName: text, letterSalutation: text });
        plantContact(crm, { email: 'alt@immo-test.de', firstName: text, lastName: text, letterSalutation: text });
        plantMember(mailchimp, { email: 'alt@immo-test.de', firstName: 'Alt' });
        plantMember(mailchimp, {
          email: 'fremd@immo-test.de',
          firstName: text.trim().slice(0, 60),
          lastName: text.trim().slice(0, 60),
        });
      },
    });
    await expectSettled(world);
  });

  test.each([
    ' Anna.MUSTER@Immo-Test.DE ',
    'ANNA@IMMO-TEST.DE',
    'anna+haus@immo-test.de',
    'o’anna@immo-test.de',
    'änna@immo-test.de',
    'anna@büro-test.de',
    'anna@immo-test.de.',
    'Anna <anna@immo-test.de>',
    'anna@immo-test.de, berta@immo-test.de',
    `${'a'.repeat(65)}@immo-test.de`,
  ])('the address "%s"', async (email) => {
    const world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        plantContact(crm, { email });
        plantMember(mailchimp, { email: 'berta@immo-test.de' });
      },
    });
    await expectSettled(world);
  });

  test.each([
    ['longer than Mailchimp keeps', 'T'.repeat(120)],
    ['of another case at Mailchimp', 'MIETER'],
    ['with spaces', ' Miete  und Kauf '],
    ['with emoji', '🏡 Haus'],
    ['with a comma and a pipe', 'Kauf, Miete | Rest'],
    ['of the marker’s name', 'OnOffice'],
  ])('a tag %s', async (_, label) => {
    const world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        plantContact(crm, { email: 'neu@immo-test.de', tags: [label] });
        plantContact(crm, { email: 'alt@immo-test.de', tags: [label] });
        plantMember(mailchimp, { email: 'alt@immo-test.de', tags: ['mieter'] });
      },
    });
    await expectSettled(world);
  });

  test('a member with more tags than a listing shows', async () => {
    const tags = Array.from({ length: 60 }, (_, number) => `Tag ${number}`);
    const world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        plantContact(crm, { email: 'alt@immo-test.de', tags: ['Tag 3'] });
        plantMember(mailchimp, { email: 'alt@immo-test.de', tags });
      },
    });
    await expectSettled(world);
    expect(memberTags(world, 'alt@immo-test.de')).toEqual([...tags, 'onoffice'].sort());
    expect(audienceOf(world.mailchimp).members.count('subscribed')).toBe(1);
  });
});
