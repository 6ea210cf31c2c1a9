import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { enterOptIn } from '../../src/sync/opt-in/enter-opt-in.ts';
import { brevoList, brevoStatus, plantBrevoContact } from '../support/brevo-people.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf, reasonOf, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

const ANNA = 'anna@immo-test.de';
const DAY_MS = 86_400_000;

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

/** Anna says Yes and is subscribed; both sides have agreed on it. */
async function subscribedAnna(apiBlockStatistics: 'admin' | 'none' = 'admin'): Promise<{ world: World; id: number }> {
  let id = 0;
  const world = await createWorld({
    database,
    provider: 'brevo',
    switches: { brevo: { apiBlockStatistics } },
    seed: (crm, _, brevo) => {
      brevoList(brevo);
      id = plantContact(crm, { email: ANNA });
      plantBrevoContact(brevo, { email: ANNA });
    },
  });
  await syncAndApprove(world);
  return { world, id };
}

/** Time enough for two happenings to bear two time stamps, then a sync. */
async function sync(world: World): Promise<void> {
  world.advance(30_000);
  await syncAndApprove(world);
  world.advance(30_000);
}

/** The agent says what the Newsletter field is; each reading of it is a sync. */
async function say(world: World, id: number, value: '0' | '1'): Promise<void> {
  world.crm.agent.editContact(id, { newsletter_aktiv: value });
  await sync(world);
}

/** R1 (c): somebody entered who opted in, when and how. @returns false where it was refused as older than an opt-out */
async function enterOptInOfAnna(world: World, id: number): Promise<boolean> {
  const givenAt = new Date(world.clock.now()).toISOString();
  const typed = { person: 'Anna', how: 'on paper', givenAt, operator: 'Eva' };
  try {
    await enterOptIn(world, String(id), typed, { setsField: true });
    return true;
  } catch (error) {
    if (error instanceof UserError && error.code === 'opt_in.before_opt_out') return false;
    throw error;
  }
}

test.each([
  ['today', 0],
  ['longer ago than Brevo remembers', 100],
])(
  'R1: a block that the person set %s stays for a Yes of the CRM, and goes for an opt-in with evidence',
  async (_when, days) => {
    const { world, id } = await subscribedAnna();
    world.brevo.person.unsubscribe(ANNA);
    await sync(world);
    expect(newsletterOf(world, id)).toBe('2');
    await sync(world);
    world.advance(days * DAY_MS);
    await say(world, id, '1');
    expect(brevoStatus(world, ANNA)).toBe('blocked');
    expect(await reasonOf(world, id)).toBe('compliance');
    await sync(world);
    expect(brevoStatus(world, ANNA)).toBe('blocked');
    expect(await enterOptInOfAnna(world, id)).toBe(true);
    await sync(world);
    expect(brevoStatus(world, ANNA)).toBe('subscribed');
    expect(newsletterOf(world, id)).toBe('1');
    expect(await reasonOf(world, id)).toBeNull();
  },
);

test.each(['admin', 'none'] as const)(
  'M15: a No of the CRM blocks, and a Yes that follows lifts this block of ours (statistics: %s)',
  async (apiBlockStatistics) => {
    const { world, id } = await subscribedAnna(apiBlockStatistics);
    await say(world, id, '0');
    expect(brevoStatus(world, ANNA)).toBe('blocked');
    await say(world, id, '1');
    expect(brevoStatus(world, ANNA)).toBe('subscribed');
  },
);

/** What happens to the one person, each followed by a full sync. `opt-in`: R1 (c). */
const DEEDS = ['unsubscribe', 'complain', 'block', 'no', 'yes', 'opt-in', 'months', 'other list', 'rename'] as const;

test('R1: in any order of events a block of the person is lifted only after an opt-in with evidence', {
  timeout: 180_000,
}, async () => {
  let lifted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...DEEDS), { minLength: 3, maxLength: 8 }),
      fc.constantFrom('admin', 'none'),
      async (deeds, apiBlockStatistics) => {
        const { world, id } = await subscribedAnna(apiBlockStatistics);
        const { brevo, crm } = world;
        const optedInAt: number[] = [];
        for (const deed of deeds) {
          if (deed === 'unsubscribe') brevo.person.unsubscribe(ANNA);
          else if (deed === 'complain') brevo.person.complain(ANNA);
          else if (deed === 'block') brevo.admin.block(ANNA);
          else if (deed === 'other list') brevo.admin.addToList(2, ANNA);
          else if (deed === 'months') world.advance(100 * DAY_MS);
          else if (deed === 'rename') crm.agent.editContact(id, { Vorname: `Name ${optedInAt.length}` });
          else if (deed === 'no') crm.agent.editContact(id, { newsletter_aktiv: '0' });
          else if (deed === 'yes') crm.agent.editContact(id, { newsletter_aktiv: '1' });
          else if (await enterOptInOfAnna(world, id)) optedInAt.push(world.clock.now());
          await sync(world);
        }
        let ownBlockAt: number | undefined;
        for (const { by, reason, from, to, at } of brevo.store.consentHistory) {
          if (to !== 'absent' && to.blocked && reason !== undefined) ownBlockAt = at;
          const isLift = from !== 'absent' && from.blocked && (to === 'absent' || !to.blocked);
          if (!isLift) continue;
          expect(by).toBe('api');
          if (ownBlockAt !== undefined) {
            lifted += 1;
            expect(
              optedInAt.some((optInAt) => optInAt > (ownBlockAt ?? 0) && optInAt < at),
              deeds.join(', '),
            ).toBe(true);
          }
          ownBlockAt = undefined;
        }
      },
    ),
    { numRuns: 30, seed: 20_260_302 },
  );
  expect(lifted, 'the property has seen lifted blocks').toBeGreaterThan(2);
});
