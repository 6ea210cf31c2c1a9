import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readShown } from '../../lab/invariants/read-standing.ts';
import { createLabWorld, type LabWorld, MASTER_KEY } from '../../lab/lab-world.ts';
import { type LabDatabase, openLabDatabase } from '../../lab/open-lab-database.ts';
import { settleConnection } from '../../lab/settle-connection.ts';
import { addPermittedValue } from '../../simulators/onoffice/tags.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { consentRecords } from '../../src/db/consent-records.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { consentHash } from '../../src/jobs/lane-worker.ts';
import { SIDES, type Side } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';

const MINUTE_MS = 60_000;
const PEOPLE = 8;
const email = (index: number) => `person.${index}@immo-test.de`;
const ANNA = email(0);

let lab: LabDatabase;
let world: LabWorld;
let contactIds: number[];

beforeAll(async () => {
  lab = await openLabDatabase();
});
afterAll(() => lab.close());

/** One agency with both providers, everybody says Yes and is a member at both. */
beforeEach(async () => {
  await lab.reset();
  contactIds = [];
  const setting = {
    seed: 15,
    providers: ['mailchimp', 'brevo'] as const,
    hasWebhooks: true,
    isAtNight: false,
    settings: {},
    skewMs: { onoffice: 0, mailchimp: 0, brevo: 0 },
    switches: { onOffice: {}, mailchimp: {}, brevo: { limits: false } },
  };
  world = await createLabWorld(setting, lab.database, ({ crm }) => {
    const newsletter = crm.store.fields.get('newsletter_aktiv');
    if (newsletter) addPermittedValue(crm.store, newsletter, 'Sonderfall', '9');
    for (let index = 0; index < PEOPLE; index += 1) contactIds.push(plantContact(crm, { email: email(index) }));
  });
  for (const connection of world.connections) await settleConnection({ world }, connection);
  for (const { status } of SIDES) expect(status(world, ANNA)).toBe('subscribed');
});

function live(minutes: number): Promise<void> {
  return world.live(world.time.now() + minutes * MINUTE_MS);
}

function fieldOf(index: number): unknown {
  return world.crm.store.addresses.get(contactIds[index] ?? 0)?.values.newsletter_aktiv;
}

async function reasonAt(provider: ProviderName): Promise<string | undefined> {
  const connection = world.connections.find((one) => one.provider === provider);
  if (!connection) throw new Error(`no connection with ${provider}`);
  return (await readShown({ world }, connection)).contacts.get(contactIds[0] ?? 0);
}

function edit(newsletter: string): void {
  world.crm.agent.editContact(contactIds[0] ?? 0, { newsletter_aktiv: newsletter });
}

const pairs = SIDES.map((here) => ({ here, there: SIDES.find((side) => side !== here) as Side, name: here.name }));

describe.each(pairs)('R15: what happens at $name', ({ here, there }) => {
  test('an opt-out reaches the other provider through the CRM, and one opt-out is booked once', async () => {
    here.personLeaves(world, ANNA);
    await live(4);
    expect(fieldOf(0)).toBe('2');
    expect(here.status(world, ANNA)).toBe('opted-out');
    expect(there.status(world, ANNA)).toBe('opted-out');
    expect(there.status(world, email(1))).toBe('subscribed');
    const tenantId = world.connections[0]?.tenantId ?? '';
    const records = consentRecords(lab.database.db, tenantId, consentHash(createSecretBox(MASTER_KEY), tenantId));
    expect(await records.verify()).toMatchObject({ brokenAt: undefined });
    expect(world.crm.store.activities.ofAddress(contactIds[0] ?? 0)).toHaveLength(1);
  });

  test('who comes back there is welcome at both', async () => {
    here.personLeaves(world, ANNA);
    await live(4);
    here.signsUp(world, ANNA);
    await live(6);
    expect(fieldOf(0)).toBe('1');
    expect([here.status(world, ANNA), there.status(world, ANNA)]).toEqual(['subscribed', 'subscribed']);
  });

  test('a removal leaves the Yes while the other one mails him, and is not undone', async () => {
    here.administratorRemoves(world, ANNA);
    await live(8);
    expect(fieldOf(0)).toBe('1');
    expect(await reasonAt(here.name)).toBe('removed_at_provider');
    expect([here.status(world, ANNA), there.status(world, ANNA)]).toEqual(['out', 'subscribed']);

    there.administratorRemoves(world, ANNA);
    await live(8);
    expect(fieldOf(0)).toBe('4');
    expect([here.status(world, ANNA), there.status(world, ANNA)]).toEqual(['out', 'out']);
    expect([await reasonAt(here.name), await reasonAt(there.name)]).toEqual([undefined, undefined]);
  });
});

test('R15: what an agent sets goes to both providers', async () => {
  edit('0');
  await live(4);
  expect(SIDES.map(({ status }) => status(world, ANNA))).toEqual(['opted-out', 'opted-out']);
  edit('1');
  await live(4);
  expect(SIDES.map(({ status }) => status(world, ANNA))).toEqual(['subscribed', 'subscribed']);
});

describe.each(pairs)('R1, R15: who leaves at $name leaves at the other one, too', ({ here, there }) => {
  test('where the field has a value that nobody writes over', async () => {
    edit('9');
    await live(4);
    expect(SIDES.map(({ status }) => status(world, ANNA))).toEqual(['subscribed', 'subscribed']);
    here.personLeaves(world, ANNA);
    await live(4);
    expect(fieldOf(0)).toBe('9');
    expect(there.status(world, ANNA)).toBe('opted-out');
    edit('1');
    await live(4);
    expect(there.status(world, ANNA), 'a Yes that was set since then (R1 b)').toBe('subscribed');
  });

  test('where the CRM refuses No', async () => {
    const newsletter = world.crm.store.fields.get('newsletter_aktiv');
    if (newsletter) newsletter.permitted = newsletter.permitted.filter(({ key }) => key !== '0' && key !== '2');
    here.personLeaves(world, ANNA);
    await live(4);
    expect(fieldOf(0)).toBe('1');
    expect(there.status(world, ANNA)).toBe('opted-out');
    expect(await reasonAt(there.name)).toBe('opted_out');
  });
});

test('R1, R15: leaving at one and being edited in the CRM at the same moment ends as left at both', async () => {
  const [mailchimp, brevo] = SIDES as [Side, Side];
  mailchimp.personLeaves(world, ANNA);
  world.crm.agent.editContact(contactIds[0] ?? 0, { Vorname: 'Anne' });
  brevo.administratorRemoves(world, ANNA);
  await live(8);
  expect(fieldOf(0)).toBe('2');
  expect(mailchimp.status(world, ANNA)).toBe('opted-out');
  expect(brevo.status(world, ANNA)).not.toBe('subscribed');
});

test('R15, section 9: both connections together have one write to the CRM in flight at most', async () => {
  let inFlight = 0;
  let most = 0;
  const { fetch } = world.crm;
  world.crm.fetch = async (request) => {
    const body = await request.clone().text();
    if (!/:(modify|create)"/.test(body)) return fetch(request);
    inFlight += 1;
    most = Math.max(most, inFlight);
    await world.time.sleep(200);
    const response = await fetch(request);
    inFlight -= 1;
    return response;
  };
  const [mailchimp, brevo] = SIDES as [Side, Side];
  mailchimp.personLeaves(world, email(1));
  brevo.personLeaves(world, email(2));
  world.crm.agent.editContact(contactIds[0] ?? 0, { Vorname: 'Anne' });
  await live(5);
  expect([mailchimp.firstName(world, ANNA), brevo.firstName(world, ANNA)]).toEqual(['Anne', 'Anne']);
  expect([fieldOf(1), fieldOf(2)]).toEqual(['2', '2']);
  expect(most).toBe(1);
});
