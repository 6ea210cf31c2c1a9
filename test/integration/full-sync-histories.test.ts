import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mainEmail } from '../../simulators/onoffice/entities.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { audienceOf, type PlantedContact, type PlantedMember, plantContact, plantMember } from '../support/plant.ts';
import { expectBridgeFits, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const ADDRESSES = ['anna', 'berta', 'carl'].map((name) => `${name}@immo-test.de`);
const LIST = 'onoffice';

/** Somebody does something, between two runs or while one is going on. */
type Deed =
  | { who: 'person' | 'admin'; does: 'unsubscribe' | 'subscribe' | 'complain' | 'archive'; address: string }
  | { who: 'agent'; sets: '0' | '1' | '2' | '4'; contact: number }
  | { who: 'agent'; moves: string; contact: number };

const address = fc.constantFrom(...ADDRESSES);
const contact = fc.nat({ max: 4 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ who: fc.constantFrom('person', 'admin'), does: fc.constant('unsubscribe'), address }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      who: fc.constantFrom('person', 'admin'),
      does: fc.constantFrom('subscribe', 'complain', 'archive'),
      address,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ who: fc.constant('agent'), sets: fc.constantFrom('0', '1', '2', '4'), contact }),
  },
  { weight: 1, arbitrary: fc.record({ who: fc.constant('agent'), moves: address, contact }) },
) as fc.Arbitrary<Deed>;

const history = fc.record({
  contacts: fc.array(
    fc.record({ email: address, newsletter: fc.constantFrom('1', '1', '1', '0', '2', '3', '4', '5') }),
    { minLength: 1, maxLength: 4 },
  ) as fc.Arbitrary<PlantedContact[]>,
  members: fc.uniqueArray(
    fc.record({
      email: address,
      status: fc.constantFrom('subscribed', 'subscribed', 'unsubscribed', 'archived', 'transactional', 'cleaned'),
    }),
    { selector: ({ email }) => email, maxLength: 3 },
  ) as fc.Arbitrary<PlantedMember[]>,
  /** deeds of each round: before the run, and at a request of it */
  rounds: fc.array(
    fc.record({
      before: fc.array(deed, { maxLength: 3 }),
      during: fc.array(fc.record({ request: fc.nat({ max: 25 }), deed }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  switches: fc.record({
    batchCompliance: fc.constantFrom('silent', 'error'),
    bulkAddArchived: fc.constantFrom('refused', 'unarchived'),
    raiseAfterApiUnsubscribe: fc.constantFrom('allowed', 'refused', 'silent'),
    archivedFeed: fc.constantFrom('readable', 'missing'),
  } as const),
});

/** Does it, if it can be done as things are. */
function act(world: World, ids: readonly number[], one: Deed): void {
  const { person, admin } = world.mailchimp;
  if (one.who === 'agent') {
    const id = ids[one.contact % ids.length] ?? 0;
    if ('sets' in one) world.crm.agent.editContact(id, { newsletter_aktiv: one.sets });
    else world.crm.agent.editContact(id, { Email: one.moves });
    return;
  }
  const member = audienceOf(world.mailchimp).members.find(one.address);
  switch (one.does) {
    case 'unsubscribe':
      if (member?.status === 'subscribed') (one.who === 'admin' ? admin : person).unsubscribe(LIST, one.address);
      return;
    case 'subscribe':
      if (one.who === 'person') person.subscribe(LIST, { email: one.address });
      else if (member) admin.subscribe(LIST, one.address);
      return;
    case 'complain':
      if (member?.status === 'subscribed') person.complain(LIST, one.address);
      return;
    case 'archive':
      if (member) admin.archive(LIST, one.address);
      return;
  }
}

/**
 * The promise above all others, told from the simulators' own records alone: whoever unsubscribed at Mailchimp, or got a No
 * by an agent, and did nothing newer to come back, does not end as subscribed.
 */
function expectNobodyRaised(world: World): void {
  const list = audienceOf(world.mailchimp);
  for (const member of list.members.all()) {
    if (member.status !== 'subscribed') continue;
    const acts = world.mailchimp.store.consentHistory.filter(
      ({ email, by }) => email === member.emailAddress && (by === 'person' || by === 'admin'),
    );
    const holders = [...world.crm.store.addresses.values()].filter(
      (record) => mainEmail(record) === member.emailAddress,
    );
    const flags = holders.flatMap(({ id }) => world.crm.store.newsletterHistory(id)).filter(({ by }) => by === 'agent');
    const optOuts = acts.filter(({ to }) => to === 'unsubscribed').map(({ at }) => at);
    const optIns = [
      ...acts.filter(({ to }) => to === 'subscribed').map(({ at }) => at),
      ...flags.filter(({ to }) => to === '1').map(({ at }) => at),
    ];
    const saidNo = holders.flatMap(({ id, values }) => {
      const set = world.crm.store.newsletterHistory(id).at(-1);
      return set?.by === 'agent' && /^[02]$/.test(String(values.newsletter_aktiv)) ? [set.at] : [];
    });
    // A sign-up of his own is newer than the No of whoever shares his address (R8); an agent's Yes elsewhere is not.
    const signUps = acts.filter(({ to }) => to === 'subscribed').map(({ at }) => at + 1_000);
    for (const at of saidNo)
      expect(Math.max(0, ...signUps), `${member.emailAddress} has a No`).toBeGreaterThanOrEqual(at);
    const last = Math.max(0, ...optOuts);
    if (last === 0) continue;
    expect(Math.max(0, ...optIns), `${member.emailAddress} was raised`).toBeGreaterThanOrEqual(last);
  }
}

/** No opt-out is lost: nobody says Yes under an address that is unsubscribed, unless an agent says so against a refusal. */
async function expectNoOptOutLost(world: World): Promise<void> {
  const list = audienceOf(world.mailchimp);
  const rows = await world.store.tables.contactReasons.undelivered({ after: '', limit: 100 });
  for (const record of world.crm.store.addresses.values()) {
    if (record.values.newsletter_aktiv !== '1') continue;
    const status = list.members.find(mainEmail(record))?.status;
    if (status !== 'unsubscribed') continue;
    const reason = rows.find(({ contactId }) => contactId === String(record.id))?.reason;
    expect(['compliance', 'conflicting_flags', 'duplicate_email', 'rejected_by_provider'], `${record.id}`).toContain(
      reason,
    );
    // Flags that differed from the beginning are left as they are (R8).
    const sharing = [...world.crm.store.addresses.values()].filter((other) => mainEmail(other) === mainEmail(record));
    const reasons = sharing.map(({ id }) => rows.find(({ contactId }) => contactId === String(id))?.reason);
    if (reasons.includes('conflicting_flags')) continue;
    const flags = world.crm.store.newsletterHistory(record.id);
    expect(flags.at(-1), 'only an agent can have said Yes').toMatchObject({ to: '1', by: 'agent' });
  }
}

test('R1, R4: whatever people do between and during runs, nobody who left is raised and no opt-out is lost', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ contacts, members, rounds, switches }) => {
      let ids: number[] = [];
      const world = await createWorld({
        database,
        switches: { mailchimp: switches },
        seed: (crm, mailchimp) => {
          audienceOf(mailchimp);
          ids = contacts.map((one) => plantContact(crm, one));
          for (const member of members) plantMember(mailchimp, member);
        },
      });
      for (const { before, during } of rounds) {
        for (const one of before) {
          world.advance(30_000);
          act(world, ids, one);
        }
        world.advance(30_000);
        let number = 0;
        world.onRequest = () => {
          for (const { request, deed: one } of during) {
            if (request !== number) continue;
            world.advance(2_000);
            act(world, ids, one);
            world.advance(2_000);
          }
          number += 1;
        };
        await syncAndApprove(world);
      }
      world.onRequest = undefined;
      await syncAndApprove(world);
      await syncAndApprove(world);
      expectNobodyRaised(world);
      await expectNoOptOutLost(world);
      await expectBridgeFits(world);
      const last = await syncAndApprove(world);
      expect(await world.planOf(last.id)).toEqual({});
    }),
    { numRuns: 50, seed: 20_260_301 },
  );
});
