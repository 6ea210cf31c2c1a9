import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import {
  type BrevoStanding,
  brevoList,
  brevoStatus,
  expectBrevoBridgeFits,
  plantBrevoContact,
} from '../support/brevo-people.ts';
import { plantContact } from '../support/plant.ts';
import { syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const PEOPLE = ['anna', 'berta', 'carl'];
const address = (person: number, move = 0) => `${PEOPLE[person]}${move || ''}@immo-test.de`;

/** What happens to one of the three, between two runs or while one is going on. Nothing of it is a newer opt-in. */
type Deed = {
  person: number;
  does:
    | 'unsubscribe'
    | 'complain'
    | 'block'
    | 'rename'
    | 'move'
    | 'off list'
    | 'on list'
    | 'other list'
    | 'no'
    | 'none';
};

const deed: fc.Arbitrary<Deed> = fc.record({
  person: fc.nat({ max: 2 }),
  does: fc.constantFrom(
    'unsubscribe',
    'unsubscribe',
    'complain',
    'block',
    'rename',
    'move',
    'off list',
    'on list',
    'other list',
    'no',
    'none',
  ),
});

const history = fc.record({
  standings: fc.array(
    fc.constantFrom<BrevoStanding>(
      'subscribed',
      'blocked by the person',
      'blocked off the list',
      'on no list',
      'unknown',
    ),
    { minLength: 3, maxLength: 3 },
  ),
  /** others who say Yes and are unknown: more than twenty make an import */
  others: fc.constantFrom(0, 25),
  rounds: fc.array(
    fc.record({
      before: fc.array(deed, { maxLength: 3 }),
      during: fc.array(fc.record({ request: fc.nat({ max: 30 }), deed }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  switches: fc.record({
    modifiedAtOnUnsubscribe: fc.boolean(),
    modifiedAtOnListRemoval: fc.boolean(),
    apiBlockStatistics: fc.constantFrom('admin', 'none'),
    storedAddresses: fc.constantFrom('lower-case', 'as-written'),
    importEvents: fc.constantFrom('none', 'all'),
  } as const),
});

type Story = { world: World; ids: readonly number[]; moves: number[]; names: number };

/** Does it, if it can be done as things are. */
function act({ world, ids, moves, ...story }: Story, { person, does }: Deed): void {
  const { brevo, crm } = world;
  const id = ids[person] ?? 0;
  const email = address(person, moves[person]);
  const contact = brevo.account.contacts.byEmail(email);
  switch (does) {
    case 'rename':
      crm.agent.editContact(id, { Vorname: `Name ${story.names}` });
      return;
    case 'move':
      moves[person] = (moves[person] ?? 0) + 1;
      crm.agent.editContact(id, { Email: address(person, moves[person]) });
      return;
    case 'no':
      crm.agent.editContact(id, { newsletter_aktiv: '0' });
      return;
    case 'none':
      crm.agent.editContact(id, { newsletter_aktiv: '4' });
      return;
  }
  if (!contact) return;
  if (does === 'unsubscribe') brevo.person.unsubscribe(email);
  else if (does === 'complain') brevo.person.complain(email);
  else if (does === 'block') brevo.admin.block(email);
  else if (does === 'off list') brevo.admin.removeFromList('onoffice', email);
  else if (does === 'on list') brevo.admin.addToList('onoffice', email);
  else brevo.admin.addToList(2, email);
}

/** Told from the simulator's own record alone: who was blocked once stays blocked. */
function expectBlockedStay({ world }: Story, planted: ReadonlySet<string>): void {
  const { account, store } = world.brevo;
  const blocked = new Set(planted);
  for (const { email, to } of store.consentHistory) if (to !== 'absent' && to.blocked) blocked.add(email.toLowerCase());
  for (const email of blocked) {
    expect(account.contacts.byEmail(email)?.emailBlacklisted, `${email} is blocked`).toBe(true);
  }
  const raised = store.consentHistory.filter(
    ({ from, to }) => from !== 'absent' && from.blocked && (to === 'absent' || !to.blocked),
  );
  expect(raised, 'nobody lifted a block on the way').toEqual([]);
}

/** R7: whoever was blocked under an address that a sync had met does not become subscribed by another one. */
function expectNobodyEscapes({ world, moves }: Story, planted: ReadonlySet<string>, met: ReadonlySet<string>): void {
  const acts = world.brevo.store.consentHistory.filter(
    ({ by, to }) => (by === 'person' || by === 'admin') && to !== 'absent' && to.blocked,
  );
  const blocked = new Set([...planted, ...acts.map(({ email }) => email.toLowerCase())]);
  for (const [person, move] of moves.entries()) {
    const left = Array.from({ length: move + 1 }, (_, index) => address(person, index)).some(
      (email) => blocked.has(email) && met.has(email),
    );
    if (left) expect(brevoStatus(world, address(person, move)), address(person, move)).not.toBe('subscribed');
  }
}

test('R1: whatever full syncs, imports, names, addresses and lists do, a blocked contact stays blocked', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ standings, others, rounds, switches }) => {
      let ids: number[] = [];
      const world = await createWorld({
        database,
        provider: 'brevo',
        switches: { brevo: switches },
        seed: (crm, _, brevo) => {
          brevoList(brevo);
          ids = PEOPLE.map((_name, person) => plantContact(crm, { email: address(person), firstName: 'Alt' }));
          for (const [person, standing] of standings.entries())
            plantBrevoContact(brevo, { email: address(person), standing });
          for (let number = 0; number < others; number += 1)
            plantContact(crm, { email: `andere.${number}@immo-test.de` });
        },
      });
      const planted = new Set(
        standings.flatMap((standing, person) => (standing.startsWith('blocked') ? [address(person)] : [])),
      );
      /** addresses under which a sync met the person */
      const met = new Set<string>();
      const story: Story = { world, ids, moves: [0, 0, 0], names: 0 };
      for (const { before, during } of rounds) {
        for (const one of before) {
          world.advance(30_000);
          story.names += 1;
          act(story, one);
        }
        world.advance(30_000);
        let number = 0;
        world.onRequest = () => {
          for (const { request, deed: one } of during) {
            if (request !== number) continue;
            world.advance(2_000);
            act(story, one);
            world.advance(2_000);
          }
          number += 1;
        };
        await syncAndApprove(world);
        expectBlockedStay(story, planted);
        for (const [person, move] of story.moves.entries()) met.add(address(person, move));
      }
      world.onRequest = undefined;
      await syncAndApprove(world);
      await syncAndApprove(world);
      expectBlockedStay(story, planted);
      expectNobodyEscapes(story, planted, met);
      await expectBrevoBridgeFits(world);
      const last = await syncAndApprove(world);
      expect(await world.planOf(last.id)).toEqual({});
    }),
    { numRuns: 30, seed: 20_260_301 },
  );
});
