import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrevoSimulator, BrevoSwitches } from '../../simulators/brevo/index.ts';
import type { OnOfficeSimulator } from '../../simulators/onoffice/index.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import {
  brevoList,
  brevoStatus,
  expectBrevoBridgeFits,
  expectBrevoSettled,
  plantBrevoContact,
} from '../support/brevo-people.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf, reasonOf } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const email = (number: number) => `kontakt.${number}@immo-test.de`;

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

/** Works until the open run waits for the import, without waiting for it. */
async function workUntilImport(world: World): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) {
    const open = await world.store.tables.runs.open();
    if (open?.phase === 'importing' && open.state === 'waiting') return;
    await world.turn();
  }
  throw new Error('the run never waited for an import');
}

/** Lets time pass in steps of a minute and works on whenever the run's time has come. */
async function pass(world: World, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    world.advance(MINUTE_MS);
    await world.brevo.pump();
    await world.turn();
  }
}

/** A first sync that is approved and waits for an import of thirty minutes. */
async function waitingWorld(options: {
  switches?: Partial<BrevoSwitches>;
  seed: (crm: OnOfficeSimulator, brevo: BrevoSimulator) => void;
}): Promise<World> {
  const world = await createWorld({
    database,
    provider: 'brevo',
    switches: { brevo: { processQueueMs: 30 * MINUTE_MS, ...options.switches } },
    seed: (crm, _, brevo) => {
      brevoList(brevo);
      options.seed(crm, brevo);
    },
  });
  await world.sync();
  const open = await world.store.tables.runs.open();
  await world.store.tables.runs.approve(open?.id ?? '', world.clock.now());
  await workUntilImport(world);
  return world;
}

/** Addresses for which an opt-out is booked. */
async function optOutsOf({ database: opened, connection }: World): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    select distinct email from consent_records where tenant_id = ${connection.tenantId} and effect = 'opt-out'`.execute(
    opened.db,
  );
  return rows.map((row) => row.email);
}

test('M11, R4, M13: an import of thirty minutes is shown, survives a restart, and loses nothing of what happens meanwhile', async () => {
  const ids: number[] = [];
  const world = await createWorld({
    database,
    provider: 'brevo',
    switches: { brevo: { processQueueMs: 30 * MINUTE_MS } },
    seed: (crm, _, brevo) => {
      brevoList(brevo);
      for (let number = 0; number < 40; number += 1) ids.push(plantContact(crm, { email: email(number) }));
      // Known to the account already, so that they can leave while they wait.
      for (const number of [0, 1, 2]) plantBrevoContact(brevo, { email: email(number), standing: 'on another list' });
    },
  });
  const { brevo, crm } = world;
  const idOf = (number: number) => ids[number] ?? 0;
  await world.sync();
  const open = await world.store.tables.runs.open();
  expect(open?.state).toBe('awaiting-approval');
  await world.store.tables.runs.approve(open?.id ?? '', world.clock.now());
  brevo.counts.reset();
  await workUntilImport(world);
  const startedAt = world.clock.now();
  await pass(world, 5);
  expect(await world.store.tables.runs.open()).toMatchObject({
    phase: 'importing',
    state: 'waiting',
    waitingFor: { code: 'brevo.import_running' },
  });
  expect(brevoStatus(world, email(3))).toBe('unknown');

  brevo.person.unsubscribe(email(0));
  brevo.person.complain(email(1));
  brevo.admin.block(email(2));
  brevo.person.subscribe('onoffice', { email: 'gast@immo-test.de' });
  brevo.person.subscribe('onoffice', { email: email(3) });
  crm.agent.editContact(idOf(4), { newsletter_aktiv: '0' });
  world.restart();
  await pass(world, 10);
  expect((await world.store.tables.runs.open())?.phase).toBe('importing');
  world.restart();
  await pass(world, 25);
  expect(world.clock.now() - startedAt).toBeGreaterThan(30 * MINUTE_MS);
  const run = await world.drain();
  expect(run).toMatchObject({ state: 'succeeded', error: null });

  for (const number of [0, 1, 2]) {
    expect(brevoStatus(world, email(number))).toBe('blocked');
    expect(newsletterOf(world, idOf(number)), 'the opt-out reaches the CRM in this very run').toBe('2');
  }
  expect(brevoStatus(world, email(4))).toBe('blocked');
  expect(brevoStatus(world, email(3))).toBe('subscribed');
  expect(brevoStatus(world, email(5))).toBe('subscribed');
  expect(brevo.counts.byRoute.get('POST /contacts/import')).toBe(1);
  expect(brevo.counts.byRoute.get('GET /processes/{processId}')).toBeLessThanOrEqual(20);
  await expectBrevoBridgeFits(world);
  await expectBrevoSettled(world);
  expect(crm.store.idsByEmail('gast@immo-test.de')).toHaveLength(1);
  expect(brevoStatus(world, 'gast@immo-test.de')).toBe('subscribed');
});

test('F2, R4: while an import waits, an opt-out reaches the other side within minutes, in either direction', async () => {
  const ids: number[] = [];
  const world = await waitingWorld({
    seed: (crm, brevo) => {
      for (let number = 0; number < 30; number += 1) ids.push(plantContact(crm, { email: email(number) }));
      plantBrevoContact(brevo, { email: email(0), standing: 'on another list' });
      // Long in step, and not in the import.
      plantBrevoContact(brevo, { email: email(1) });
    },
  });
  const { brevo, crm } = world;
  brevo.person.unsubscribe(email(0));
  brevo.person.unsubscribe(email(1));
  crm.agent.editContact(ids[2] ?? 0, { newsletter_aktiv: '0' });
  crm.agent.editContact(ids[3] ?? 0, { newsletter_aktiv: '2' });
  await pass(world, 7);
  const open = await world.store.tables.runs.open();
  expect(open).toMatchObject({ phase: 'importing', state: 'waiting' });
  for (const number of [0, 1]) expect(newsletterOf(world, ids[number] ?? 0)).toBe('2');
  // Brevo has not got them yet: they are there as blocked contacts when the import comes.
  for (const number of [2, 3]) expect(brevoStatus(world, email(number))).toBe('blocked');
  await pass(world, 40);
  expect((await world.drain()).state).toBe('succeeded');
  for (const number of [0, 1, 2, 3]) expect(brevoStatus(world, email(number))).toBe('blocked');
  expect(brevoStatus(world, email(4))).toBe('subscribed');
  await expectBrevoSettled(world);
});

test.each([false, true])(
  'R4: whoever left while an import waited is blocked when it has ended, and it is booked (the import lifts blocks: %s)',
  async (importLiftsBlock) => {
    const ids: number[] = [];
    const world = await waitingWorld({
      switches: { importLiftsBlock },
      seed: (crm, brevo) => {
        for (let number = 0; number < 30; number += 1) ids.push(plantContact(crm, { email: email(number) }));
        plantBrevoContact(brevo, { email: email(0), standing: 'on another list' });
        plantBrevoContact(brevo, { email: email(1), standing: 'on no list' });
        // Blocked before: never in an import.
        plantBrevoContact(brevo, { email: email(2), standing: 'blocked off the list' });
        plantBrevoContact(brevo, { email: email(3), standing: 'blocked without a cause' });
      },
    });
    const { brevo, crm } = world;
    brevo.person.unsubscribe(email(0));
    brevo.person.complain(email(1));
    crm.agent.editContact(ids[4] ?? 0, { newsletter_aktiv: '0' });
    // Somebody who is blocked as soon as Brevo knows him.
    brevo.admin.addContact({ email: email(5), blocked: true });
    await pass(world, 50);
    expect((await world.drain()).state).toBe('succeeded');
    for (const number of [0, 1, 2, 3, 4, 5]) expect(brevoStatus(world, email(number)), email(number)).toBe('blocked');
    const booked = await optOutsOf(world);
    for (const number of [0, 1, 2, 3, 4, 5]) expect(booked, email(number)).toContain(email(number));
    for (const number of [0, 1, 2, 3, 5]) expect(newsletterOf(world, ids[number] ?? 0)).toBe('2');
    const lifted = brevo.store.consentHistory.filter(
      ({ from, to }) => from !== 'absent' && from.blocked && to !== 'absent' && !to.blocked,
    );
    expect(lifted.length).toBe(importLiftsBlock ? 4 : 0);
    await expectBrevoSettled(world);
  },
);

test('R4: an opt-out that an event told while the import waited holds when the import has ended', async () => {
  const world = await waitingWorld({
    switches: { importLiftsBlock: true },
    seed: (crm) => {
      for (let number = 0; number < 30; number += 1) plantContact(crm, { email: email(number) });
    },
  });
  // Told by an event and seen by nobody else: the person unsubscribed and the import lifted it again.
  await world.store.transact((tables) =>
    tables.consent.append(
      [
        {
          connectionId: world.connection.id,
          contactId: undefined,
          email: email(7),
          effect: 'opt-out',
          learnedOrder: undefined,
          from: 'subscribed',
          to: 'unsubscribed',
          source: 'person',
          verdict: 'allowed',
          happenedAt: undefined,
          evidence: { event: 'unsubscribe' },
          wrote: '',
        },
      ],
      world.clock.now(),
    ),
  );
  await pass(world, 50);
  expect((await world.drain()).state).toBe('succeeded');
  expect(brevoStatus(world, email(7))).toBe('blocked');
  await expectBrevoSettled(world);
});

test('M13, M18: whose Yes is taken back without a No while the import waits is off the list when it has ended', async () => {
  const ids: number[] = [];
  const world = await waitingWorld({
    seed: (crm) => {
      for (let number = 0; number < 30; number += 1) ids.push(plantContact(crm, { email: email(number) }));
    },
  });
  const { crm } = world;
  crm.agent.editContact(ids[0] ?? 0, { newsletter_aktiv: '4' });
  crm.agent.editContact(ids[1] ?? 0, { Email: 'umgezogen@immo-test.de' });
  await pass(world, 50);
  expect((await world.drain()).state).toBe('succeeded');
  expect(brevoStatus(world, email(0))).toBe('off');
  expect(newsletterOf(world, ids[0] ?? 0), 'what the agent said stays').toBe('4');
  expect(brevoStatus(world, email(1))).toBe('off');
  await expectBrevoSettled(world);
  expect(newsletterOf(world, ids[0] ?? 0)).toBe('4');
  expect(brevoStatus(world, 'umgezogen@immo-test.de')).toBe('subscribed');
});

test('M9, R3: somebody who became a contact of the account meanwhile gets the names of the CRM, and no status with them', async () => {
  const world = await waitingWorld({
    seed: (crm) => {
      for (let number = 0; number < 30; number += 1)
        plantContact(crm, { email: email(number), firstName: 'Anna', lastName: 'Muster' });
    },
  });
  const { brevo } = world;
  brevo.admin.addContact({ email: email(0), attributes: { VORNAME: 'Änne', NACHNAME: 'Alt' } });
  brevo.admin.addContact({ email: email(1), blocked: true, attributes: { VORNAME: 'Änne' } });
  await pass(world, 50);
  expect((await world.drain()).state).toBe('succeeded');
  expect(brevo.account.contacts.byEmail(email(0))?.attributes).toMatchObject({ VORNAME: 'Anna', NACHNAME: 'Muster' });
  expect(brevoStatus(world, email(0))).toBe('subscribed');
  expect(brevoStatus(world, email(1))).toBe('blocked');
  await expectBrevoSettled(world);
});

test('M11: addresses that Brevo refuses in an import become invalid, with nobody else touched', async () => {
  const ids: number[] = [];
  const world = await createWorld({
    database,
    provider: 'brevo',
    seed: (crm, _, brevo) => {
      brevoList(brevo);
      for (let number = 0; number < 30; number += 1) ids.push(plantContact(crm, { email: email(number) }));
    },
  });
  const { brevo } = world;
  world.onRequest = async ({ call }) => {
    if (!call.startsWith('GET /v3/processes/')) return;
    // The simulator takes every well-formed address; Brevo has its own reasons.
    for (const { fileKey } of brevo.account.processes.values()) {
      const contact = brevo.account.contacts.byEmail(email(7));
      if (contact) brevo.account.contacts.remove(contact);
      for (const process of brevo.account.processes.values()) {
        if (process.trouble) process.trouble.invalidEmails = [email(7)];
      }
      brevo.store.files.set(`${fileKey}-invalid_emails.csv`, `INVALID_EMAILS\n${email(7)}\n`);
    }
  };
  await world.sync();
  const run = await world.approve();
  expect(run).toMatchObject({ state: 'succeeded', error: null });
  expect(await reasonOf(world, ids[7] ?? 0)).toBe('invalid_email');
  expect(await reasonOf(world, ids[8] ?? 0)).toBeNull();
  expect(newsletterOf(world, ids[7] ?? 0)).toBe('1');
  await expectBrevoSettled(world);
});

test('F2: an import that fails leaves its people as refused, and the next sync tries again', async () => {
  const ids: number[] = [];
  const world = await createWorld({
    database,
    provider: 'brevo',
    switches: { brevo: { processOutcome: 'failed' } },
    seed: (crm, _, brevo) => {
      brevoList(brevo);
      for (let number = 0; number < 30; number += 1) ids.push(plantContact(crm, { email: email(number) }));
    },
  });
  await world.sync();
  expect(await world.approve()).toMatchObject({ state: 'succeeded' });
  expect(await reasonOf(world, ids[0] ?? 0)).toBe('rejected_by_provider');
  await expectBrevoBridgeFits(world);
  world.brevo.switches.processOutcome = 'completed';
  await expectBrevoSettled(world);
  expect(brevoStatus(world, email(0))).toBe('subscribed');
});
