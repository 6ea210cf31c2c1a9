import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { laneName } from '../../src/jobs/lane-name.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf } from '../support/settled.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const [ANNA, BERTA] = ['anna.muster@immo-test.de', 'berta.beispiel@immo-test.de'] as const;
/** More webhooks than are looked through at a time. */
const BACKLOG = 1_200;

test.each(SIDES)(
  'R12: an opt-out told by $name behind more than a thousand other webhooks does not wait for them',
  async (side) => {
    let anna = 0;
    const world = await createSyncedWorld({
      database,
      provider: side.name,
      brevoLanguage: 'de',
      seed: (crm) => {
        anna = plantContact(crm, { email: ANNA });
        plantContact(crm, { email: BERTA });
        for (let index = 0; index < 5; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
      },
    });
    const told: { contentType: string; body: string }[] = [];
    world.onWebhook = async (request) => {
      const contentType = request.headers.get('content-type') ?? '';
      told.push({ contentType, body: await request.clone().text() });
      return undefined;
    };
    side.editsProfile(world, BERTA);
    await world.work();
    const [edit] = told;
    if (!edit) throw new Error('the provider told nothing');
    const receivedAt = world.clock.now();
    const edits = Array.from({ length: BACKLOG }, (_, index) =>
      edit.body.replaceAll('berta.beispiel', `gast.${index}`),
    );
    await world.store.tables.events.save(edits.map((body) => ({ ...edit, body, receivedAt })));
    side.personLeaves(world, ANNA);
    await world.mailchimp.pump();
    await world.brevo.pump();
    // A turn ends after five seconds.
    world.onRequest = ({ system }) => {
      if (system === side.name) world.advance(1_000);
    };
    await world.turn(laneName({ connectionId: world.connection.id, lane: 'urgent' }));
    await world.turn(laneName({ connectionId: world.connection.id, lane: 'urgent' }));
    expect(newsletterOf(world, anna)).toBe('2');
    expect((await world.store.tables.events.counts()).waiting).toBeGreaterThan(1_000);
  },
);
