import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES, type Side } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const ANNA = 'anna.muster@immo-test.de';
const MINUTE = 60_000;

type Deed = 'leaves' | 'complains' | 'signs up' | 'is removed';

const story = fc.record({
  deeds: fc.array(fc.constantFrom<Deed>('leaves', 'leaves', 'signs up', 'signs up', 'is removed', 'complains'), {
    minLength: 1,
    maxLength: 4,
  }),
  /** whether the events are handed over in another order than they happened in, in which one, and which come twice */
  isShuffled: fc.boolean(),
  order: fc.array(fc.nat({ max: 100 }), { minLength: 12, maxLength: 12 }),
  twice: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  /** minutes until they come */
  lateMinutes: fc.constantFrom(0, 3, 45, 600),
});

/** Does it if it can be done as things are. */
function act(side: Side, world: World, deed: Deed): boolean {
  const status = side.status(world, ANNA);
  switch (deed) {
    case 'leaves':
      if (status === 'subscribed') side.personLeaves(world, ANNA);
      return status === 'subscribed';
    case 'complains':
      if (status === 'subscribed') side.personComplains(world, ANNA);
      return status === 'subscribed';
    case 'signs up':
      if (status !== 'subscribed') side.signsUp(world, ANNA, 'Anna');
      return status !== 'subscribed';
    case 'is removed':
      if (status === 'subscribed') side.administratorRemoves(world, ANNA);
      return status === 'subscribed';
  }
}

test.each(SIDES)('F1, R1, R4 at $name: events that come twice, late and in any order do no harm', async (side) => {
  await fc.assert(
    fc.asyncProperty(story, async ({ deeds, isShuffled, order, twice, lateMinutes }) => {
      let anna = 0;
      const world = await createSyncedWorld({
        database,
        provider: side.name,
        brevoLanguage: 'de',
        seed: (crm) => {
          anna = plantContact(crm, { email: ANNA, firstName: 'Anna' });
          for (let index = 0; index < 22; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
        },
      });
      const kept: Request[] = [];
      world.onWebhook = (request) => {
        kept.push(request);
        return 204;
      };
      const done: Deed[] = [];
      for (const deed of deeds) {
        world.advance(20_000);
        if (act(side, world, deed)) done.push(deed);
        await world.mailchimp.pump();
        await world.brevo.pump();
      }
      // The polls find what was told to nobody, if there is time for one; hours more make no difference to them.
      await world.live(Math.min(lateMinutes, 7) * MINUTE);
      world.advance(Math.max(0, lateMinutes - 7) * MINUTE);
      world.onWebhook = undefined;
      const shuffled = kept
        .flatMap((request, index) => (twice[index % twice.length] ? [request, request] : [request]))
        .map((request, index) => ({ request, place: isShuffled ? (order[index % order.length] ?? 0) : 0 }))
        .sort((one, other) => one.place - other.place);
      for (const { request } of shuffled) {
        await world.receive(request.clone());
        await world.work();
      }
      await world.live(8 * MINUTE);
      const last = done.findLast((deed) => deed !== 'is removed');
      const newsletter = newsletterOf(world, anna);
      const status = side.status(world, ANNA);
      if (last === 'leaves' || last === 'complains') {
        expect(status, 'whoever left last is not subscribed').not.toBe('subscribed');
        expect(newsletter, 'and his field says so').not.toBe('1');
      }
      expect(newsletter === '1', 'both sides agree').toBe(status === 'subscribed');
      // He came back himself. At Brevo only the events show that: told one by one after both happened, the first of them makes
      // us unsubscribe him (R4), and that stays so. It errs towards the opt-out.
      if (done.at(-1) === 'signs up' && side.name === 'mailchimp')
        expect(`${newsletter} ${status}`).toBe('1 subscribed');
      if (done.length === 0) expect(`${newsletter} ${status}`).toBe('1 subscribed');
    }),
    { numRuns: 8, seed: 20_261_125, endOnFailure: true },
  );
});
