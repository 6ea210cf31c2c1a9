import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf } from '../support/settled.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const person = (index: number) => `person.${index}@immo-test.de`;

// R12: more than the larger of 20 and 5 %, or more than half. `few` is as many as pass without a question in an hour.
describe.each([
  { people: 15, few: 4, many: 7 },
  { people: 600, few: 28, many: 40 },
])('an audience of $people', ({ people, few, many }) => {
  test.each(SIDES)(
    'M18, M20, M21 at $name: few leave at once on either side, many are asked',
    { timeout: 300_000 },
    async (side) => {
      const ids: number[] = [];
      const world = await createSyncedWorld({
        database,
        provider: side.name,
        brevoLanguage: 'de',
        seed: (crm) => {
          for (let index = 0; index < people; index += 1) ids.push(plantContact(crm, { email: person(index) }));
        },
      });
      const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
      const said = (indexes: readonly number[]) =>
        new Set(indexes.map((index) => newsletterOf(world, ids[index] ?? 0)));
      const stand = (indexes: readonly number[]) => new Set(indexes.map((index) => side.status(world, person(index))));
      const held = () => world.store.tables.held.counts();

      const deleted = range(0, few);
      for (const index of deleted) world.crm.agent.deleteContact(ids[index] ?? 0);
      await world.live(3 * MINUTE);
      expect(stand(deleted), 'M18').toEqual(new Set(['out']));

      world.advance(HOUR);
      const removed = range(few, few);
      for (const index of removed) side.administratorRemoves(world, person(index));
      await world.live(6 * MINUTE);
      expect(said(removed), 'M20').toEqual(new Set(['4']));
      expect(await held()).toEqual([]);

      world.advance(HOUR);
      const archived = range(2 * few, many);
      for (const index of archived) side.administratorRemoves(world, person(index));
      await world.live(6 * MINUTE);
      expect(said(archived), 'M21').toEqual(new Set(['1']));
      expect(await held()).toMatchObject([{ question: 'removed-in-bulk', count: archived.length }]);
      expect(said(range(2 * few + archived.length, people - 2 * few - archived.length))).not.toContain('4');
      expect(world.bugs).toEqual([]);
    },
  );
});
