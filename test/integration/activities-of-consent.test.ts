import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import type { World } from '../support/world.ts';

const MINUTE = 60_000;

let database: Database;
let world: World;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

/** Kind, type and first line of a contact's entries, oldest first. */
function entriesOf(id: number): string[] {
  return world.crm.store.activities
    .ofAddress(id)
    .map(({ kind, type, note }) => `${kind}/${type}: ${note.split('\n')[0]}`);
}

describe.each(SIDES)('M25: activities of sign-ups and opt-outs with $name', (side) => {
  const provider = side.name === 'brevo' ? 'Brevo' : 'Mailchimp';
  const email = (name: string) => `${name}@immo-test.de`;
  const ids: Record<string, number> = {};
  beforeEach(async () => {
    world = await createSyncedWorld({
      database,
      provider: side.name,
      brevoLanguage: 'de',
      seed: (crm, mailchimp, brevo) => {
        for (const name of ['ada', 'bea', 'cora', 'dora']) ids[name] = plantContact(crm, { email: email(name) });
        // More than half of a handful would be a question for the brake (R12).
        for (let index = 0; index < 20; index += 1) plantContact(crm, { email: email(`other.${index}`) });
        ids.none = plantContact(crm, { email: email('none'), newsletter: '4' });
        ids.no = plantContact(crm, { email: email('no'), newsletter: '2' });
        ids.twin = plantContact(crm, { email: email('ada') });
        side.plantSubscribed({ mailchimp, brevo }, email('known'));
      },
    });
  });
  const id = (name: string) => ids[name] ?? 0;

  test('the first full sync writes none, whoever is added or created by it', async () => {
    await world.live(3 * MINUTE);
    expect(world.crm.store.activities.size).toBe(0);
  });

  test('each turn is written once on the contact, by whomever it was', async () => {
    side.personLeaves(world, email('ada'));
    side.administratorUnsubscribes(world, email('bea'));
    world.crm.agent.editContact(id('cora'), { newsletter_aktiv: '0' });
    world.crm.agent.editContact(id('none'), { newsletter_aktiv: '1' });
    side.signsUp(world, email('new'));
    const fresh = world.crm.agent.createContact({ newsletter_aktiv: '1', Email: email('fresh') });
    await world.live(6 * MINUTE);
    expect(entriesOf(id('ada'))).toHaveLength(1);
    expect(entriesOf(id('ada'))[0]).toMatch(/^Newsletter\/nicht bestellt: Newsletter abbestellt \(/);
    // R8: activities are the representative's.
    expect(entriesOf(id('twin'))).toEqual([]);
    expect(entriesOf(id('bea'))).toHaveLength(1);
    expect(entriesOf(id('cora'))).toEqual(['Newsletter/nicht bestellt: Newsletter abbestellt (in onOffice)']);
    expect(entriesOf(id('none'))).toEqual(['Newsletter/bestellt: Newsletter abonniert (in onOffice)']);
    expect(entriesOf(fresh.id)).toEqual(['Newsletter/bestellt: Newsletter abonniert (in onOffice)']);
    const created = [...world.crm.store.addresses.values()].find(({ emails }) =>
      emails.some(({ address }) => address === email('new')),
    );
    expect(entriesOf(created?.id ?? 0)).toEqual([`Newsletter/bestellt: Newsletter abonniert (bei ${provider})`]);
    side.signsUp(world, email('ada'));
    await world.live(6 * MINUTE);
    expect(entriesOf(id('ada'))).toHaveLength(2);
    const written = world.crm.store.activities.size;
    await world.sync();
    await world.live(10 * MINUTE);
    expect(world.crm.store.activities.size).toBe(written);
  });

  test('whoever was only taken out, or may be sent to again, has neither left nor signed up', async () => {
    side.administratorRemoves(world, email('ada'));
    world.crm.agent.editContact(id('bea'), { Privat: '1' });
    await world.live(6 * MINUTE);
    world.crm.agent.editContact(id('bea'), { Privat: '0' });
    await world.live(6 * MINUTE);
    expect(entriesOf(id('ada'))).toEqual([]);
    expect(entriesOf(id('bea'))).toEqual([]);
  });

  test('F2: an opt-out of which no webhook told is written as well', async () => {
    world.onWebhook = () => 500;
    side.personLeaves(world, email('dora'));
    await world.live(7 * MINUTE);
    expect(entriesOf(id('dora'))).toHaveLength(1);
  });
});
