import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedFromAgency as seedMailchimp } from '../../simulators/mailchimp/index.ts';
import { seedFromAgency as seedOnOffice } from '../../simulators/onoffice/index.ts';
import { drawAgency } from '../../simulators/shared/agency.ts';
import { drawInteger, drawOne, seededRandom } from '../../simulators/shared/random.ts';
import { type Database, openPglite, openPostgres } from '../../src/db/database.ts';
import { freshPostgresUrl } from '../support/databases.ts';
import { audienceOf } from '../support/plant.ts';
import { contactTags, expectBridgeFits, memberTags, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

const AGENCY = drawAgency({ contacts: 60, seed: 11, audience: 'existing' });

function agencyWorld(database: Database): Promise<World> {
  return createWorld({
    database,
    seed: (crm, mailchimp) => {
      seedOnOffice(crm, AGENCY);
      seedMailchimp(mailchimp, AGENCY);
    },
  });
}

/** Both sides as people see them: what two runs have to agree on, whatever happened on the way. */
function endStateOf(world: World) {
  const members = [...audienceOf(world.mailchimp).members.all()].map((member) => ({
    email: member.emailAddress.toLowerCase(),
    status: member.status,
    fields: member.mergeFields,
    tags: memberTags(world, member.emailAddress),
  }));
  const contacts = [...world.crm.store.addresses.values()].map((record) => ({
    emails: record.emails.map(({ address }) => address),
    newsletter: record.values.newsletter_aktiv,
    name: [record.values.Anrede, record.values.Vorname, record.values.Name],
    tags: contactTags(world, record.id),
  }));
  const byText = (one: object, other: object) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
  return { members: members.sort(byText), contacts: contacts.sort(byText) };
}

/** Every change of consent by address: nobody may be raised or lowered twice because an answer was lost. */
function consentWritesOf({ mailchimp }: World): string[] {
  return mailchimp.store.consentHistory
    .filter(({ by }) => by === 'api')
    .map(({ email, from, to }) => `${email} ${from} ${to}`)
    .sort();
}

const DATABASES = {
  pglite: async () => {
    const database = await openPglite(undefined);
    return { database, drop: () => database.close() };
  },
  postgres: async () => {
    const fresh = await freshPostgresUrl();
    const database = openPostgres(fresh.url);
    return { database, drop: () => database.close().then(() => fresh.drop()) };
  },
};

/** How often each kind of mishap is tried on each database; the moments are drawn from the seed. */
const DRAWS = 12;

describe.each(['pglite', 'postgres'] as const)('F5 on %s', (backend) => {
  let database: Database;
  let drop: () => Promise<void>;
  let undisturbed: World;
  let requests = 0;
  beforeAll(async () => {
    ({ database, drop } = await DATABASES[backend]());
    undisturbed = await agencyWorld(database);
    undisturbed.onRequest = () => {
      requests += 1;
    };
    await syncAndApprove(undisturbed);
  });
  afterAll(() => drop());

  async function expectSameEnd(world: World): Promise<void> {
    await expectBridgeFits(world);
    expect(endStateOf(world)).toEqual(endStateOf(undisturbed));
    expect(consentWritesOf(world)).toEqual(consentWritesOf(undisturbed));
    const before = endStateOf(world);
    const second = await world.sync();
    expect(await world.planOf(second.id)).toEqual({});
    expect(endStateOf(world)).toEqual(before);
  }

  const seeds = Array.from({ length: DRAWS }, (_, index) => (backend === 'pglite' ? 1000 : 2000) + index);

  test.each(seeds)(
    'killed at some request and started again, it ends as if nothing had been (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const world = await agencyWorld(database);
      // Counted from the first request of the run; twice, because a restart may be killed as well.
      const moments = new Set([drawInteger(random, 0, requests - 1), drawInteger(random, 0, requests - 1)]);
      const kind = drawOne(random, ['kill-before', 'kill-after'] as const);
      let number = 0;
      world.onRequest = () => (moments.has(number++) ? kind : undefined);
      await syncAndApprove(world);
      expect(number).toBeGreaterThan(Math.min(...moments));
      world.onRequest = undefined;
      await expectSameEnd(world);
    },
  );

  test.each(seeds)('an answer that is lost after the call was carried out repeats nothing (seed %i)', async (seed) => {
    const random = seededRandom(seed * 7);
    const world = await agencyWorld(database);
    const moments = new Set(Array.from({ length: 4 }, () => drawInteger(random, 0, requests - 1)));
    let number = 0;
    world.onRequest = ({ system }) => {
      if (!moments.has(number++)) return;
      const { faults } = system === 'onoffice' ? world.crm : world.mailchimp;
      faults.plan({ fault: { type: drawOne(random, ['lose-answer', 'truncate'] as const) }, times: 1 });
    };
    await syncAndApprove(world);
    world.onRequest = undefined;
    await expectSameEnd(world);
  });
});
