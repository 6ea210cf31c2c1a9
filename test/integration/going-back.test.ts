import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { connections } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import type { SyncRun } from '../../src/db/sync-runs.ts';
import { BACKENDS, type OpenDatabase, openMigrated } from '../support/backends.ts';
import { backupOf, restoreInto, startAfterRestore } from '../support/backups.ts';
import {
  brevoList,
  brevoStatus,
  countBrevoWrites,
  expectBrevoSettled,
  plantBrevoContact,
} from '../support/brevo-people.ts';
import { audienceOf, plantContact, plantMember } from '../support/plant.ts';
import { countWrites, expectSettled, memberStatus, newsletterOf, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

const LIST = 'onoffice';

/** Who leaves after the backup, and what of it both sides had heard of when it was restored. */
const LEAVERS = [
  'both-sides-know',
  'set-to-yes-again',
  'only-the-provider-knows',
  'only-the-crm-knows',
  'came-back-before-and-left-again',
  'was-to-come-back-and-left-again',
] as const;
const STAYERS = ['stays', 'signed-up-since', 'came-back-before', 'moves'] as const;
type Person = (typeof LEAVERS)[number] | (typeof STAYERS)[number];

const addressOf = (name: string) => `${name}@immo-test.de`;
const MOVED = addressOf('has-moved');
const NEWCOMER = addressOf('newcomer');

/** What happens at either provider, and how people stand there. Both would let the API raise whom an administrator took out. */
const SIDES = {
  mailchimp: {
    leave: ({ mailchimp }: World, email: string) => mailchimp.admin.unsubscribe(LIST, email),
    signUp: ({ mailchimp }: World, email: string) => void mailchimp.person.subscribe(LIST, { email }),
    isActive: (world: World, email: string) => memberStatus(world, email) === 'subscribed',
    raised: ({ mailchimp }: World) =>
      mailchimp.store.consentHistory
        .filter(({ by, to }) => by === 'api' && to === 'subscribed')
        .map(({ email }) => email),
    writes: countWrites,
    expectSettled,
  },
  brevo: {
    leave: ({ brevo }: World, email: string) => brevo.admin.block(email),
    signUp: ({ brevo }: World, email: string) => void brevo.person.subscribe(LIST, { email }),
    isActive: (world: World, email: string) => brevoStatus(world, email) === 'subscribed',
    raised: ({ brevo }: World) =>
      brevo.store.consentHistory
        .filter(
          ({ by, from, to }) => by === 'api' && from !== 'absent' && from.blocked && to !== 'absent' && !to.blocked,
        )
        .map(({ email }) => email),
    writes: countBrevoWrites,
    expectSettled: expectBrevoSettled,
  },
} satisfies Record<ProviderName, object>;

const providers = Object.keys(SIDES) as ProviderName[];

describe.each(BACKENDS)('F9: a database restored from yesterday, on %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openMigrated(backend);
    database = opened.database;
  });
  afterAll(() => opened.close());

  describe.each(providers)('with %s', (provider) => {
    const side = SIDES[provider];
    const ids = new Map<string, number>();
    const idOf = (name: Person) => ids.get(name) ?? 0;
    let world: World;
    let backup: string[];

    const edit = (name: Person, form: Record<string, string>) => world.crm.agent.editContact(idOf(name), form);
    const leave = (name: Person) => side.leave(world, addressOf(name));
    const saysYes = (name: Person) => newsletterOf(world, idOf(name)) === '1';
    const pass = (...deeds: (() => void)[]) => {
      for (const deed of deeds) {
        world.advance(60_000);
        deed();
      }
      world.advance(60_000);
    };
    const restored = async (): Promise<SyncRun> => {
      pass();
      await restoreInto(database, backup, world.clock.now());
      await startAfterRestore(database, world.clock.now());
      return world.drain();
    };
    const connection = async () => (await connections(database.db).list())[0];

    beforeEach(async () => {
      await database.runScript(
        'alter table consent_records disable trigger all; truncate tenants cascade; truncate journal;',
      );
      world = await createWorld({
        database,
        provider,
        seed: (crm, mailchimp, brevo) => {
          audienceOf(mailchimp);
          brevoList(brevo);
          for (const name of [...LEAVERS, ...STAYERS]) {
            const newsletter = name === 'signed-up-since' ? '4' : '1';
            ids.set(name, plantContact(crm, { email: addressOf(name), firstName: name, newsletter }));
          }
          plantMember(mailchimp, { email: addressOf('stays') });
          plantBrevoContact(brevo, { email: addressOf('stays') });
        },
      });
      await syncAndApprove(world);

      // Two have left before and come back by a Yes that an agent set later (R1 b); a third one's Yes still waits.
      pass(
        () => leave('came-back-before'),
        () => leave('came-back-before-and-left-again'),
        () => leave('was-to-come-back-and-left-again'),
      );
      await syncAndApprove(world);
      await syncAndApprove(world);
      pass(
        () => edit('came-back-before', { newsletter_aktiv: '1' }),
        () => edit('came-back-before-and-left-again', { newsletter_aktiv: '1' }),
      );
      await syncAndApprove(world);
      pass(() => edit('was-to-come-back-and-left-again', { newsletter_aktiv: '1' }));
      expect(await world.sync({ asksFirst: true })).toMatchObject({ question: 'asked-for-preview' });
      backup = await backupOf(database);

      world.advance(12 * 3_600_000);
      await world.approve();
      pass(
        () => leave('both-sides-know'),
        () => leave('set-to-yes-again'),
        () => edit('signed-up-since', { newsletter_aktiv: '1' }),
        () => edit('moves', { Email: MOVED }),
        () => side.signUp(world, NEWCOMER),
      );
      await syncAndApprove(world);
      await syncAndApprove(world);
      pass(
        () => leave('only-the-provider-knows'),
        () => leave('came-back-before-and-left-again'),
        () => leave('was-to-come-back-and-left-again'),
        () => edit('only-the-crm-knows', { newsletter_aktiv: '0' }),
        // A real opt-in, which the restore loses together with the No before it.
        () => edit('set-to-yes-again', { newsletter_aktiv: '1' }),
      );
      const active = (name: Person) => side.isActive(world, addressOf(name));
      expect(LEAVERS.filter(active)).toEqual(['only-the-crm-knows']);
      expect(STAYERS.filter(active)).toEqual(['stays', 'signed-up-since', 'came-back-before']);
    });

    test('raises nobody who left in between, creates and moves nobody twice, and asks before its first write', async () => {
      const before = side.writes(world);
      const raisedBefore = side.raised(world);
      const run = await restored();
      expect(run).toMatchObject({ state: 'awaiting-approval', question: 'after-restore' });
      expect(side.writes(world), 'not even an opt-out is written').toEqual(before);
      expect(await connection()).toMatchObject({ wentBack: { cause: 'restore', isCaughtUp: false } });
      expect(await world.planOf(run.id)).not.toHaveProperty('create-contact planned');

      expect(await world.approve()).toMatchObject({ state: 'succeeded', error: null });
      expect(await connection()).toMatchObject({ wentBack: { cause: 'restore', isCaughtUp: true } });
      await side.expectSettled(world);
      expect(side.raised(world), 'nobody is raised').toEqual(raisedBefore);
      expect(LEAVERS.filter((name) => side.isActive(world, addressOf(name)))).toEqual([]);
      expect(LEAVERS.filter(saysYes)).toEqual([]);
      expect(STAYERS.filter(saysYes)).toEqual([...STAYERS]);
      expect(
        [...STAYERS.slice(0, 3), 'has-moved', 'newcomer'].filter((name) => !side.isActive(world, addressOf(name))),
      ).toEqual([]);
      expect(side.isActive(world, addressOf('moves'))).toBe(false);
      expect(world.crm.store.idsByEmail(NEWCOMER)).toHaveLength(1);
      expect(world.crm.store.addresses.size).toBe(LEAVERS.length + STAYERS.length + 1);
    });

    test('a Yes counts again once it was read as not Yes', async () => {
      await restored();
      await world.approve();
      await syncAndApprove(world);
      pass(() => edit('set-to-yes-again', { newsletter_aktiv: '1' }));
      await syncAndApprove(world);
      expect(side.isActive(world, addressOf('set-to-yes-again'))).toBe(true);
      await side.expectSettled(world);
    });

    test('what was under way ends, and a cancelled question is asked again', async () => {
      const open = await world.store.tables.runs.open();
      expect(open).toBeUndefined();
      const run = await restored();
      const { rows } = { rows: await world.store.tables.journal.alarms(0) };
      expect(rows).toContainEqual(
        expect.objectContaining({ code: 'journal.went_back', params: { cause: 'going_back.restore' } }),
      );
      await world.store.tables.runs.finish(run.id, 'cancelled', world.clock.now());
      const before = side.writes(world);
      expect(await world.sync()).toMatchObject({ question: 'after-restore' });
      expect(side.writes(world)).toEqual(before);
    });
  });
});
