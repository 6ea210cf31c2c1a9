import { afterAll, beforeAll, expect, test } from 'vitest';
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
