import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { audienceOf, plantContact, plantMember } from '../support/plant.ts';
import { expectSettled, memberStatus, newsletterOf, reasonOf, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World, type WorldRequest } from '../support/world.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const ANNA = 'anna.muster@immo-test.de';
const LIST = 'onoffice';

/** Fires once, at the first request that fits, a second after what was before. */
function once(fits: (request: WorldRequest) => boolean, happen: () => void) {
  let isDone = false;
  world.onRequest = (request) => {
    if (isDone || !fits(request)) return;
    isDone = true;
    world.advance(2_000);
    happen();
    world.advance(2_000);
  };
  return () => expect(isDone, 'the moment that the test waits for never came').toBe(true);
}

const isWrite = ({ call }: WorldRequest) => /^(POST|PUT|PATCH|DELETE|modify|create) /.test(call);
const isBulkAdd = ({ call }: WorldRequest) => /^POST \/3\.0\/lists\/\w+$/.test(call);

/** The promise above all others, from the simulators' own records. */
function expectGone(id: number, email = ANNA): void {
  expect(memberStatus(world, email)).not.toMatch(/^(subscribed|pending)$/);
  expect(['0', '2']).toContain(newsletterOf(world, id));
}

describe('a member who left by himself', () => {
  const POSITIONS = (['silent', 'error'] as const).flatMap((batchCompliance) =>
    (['allowed', 'refused', 'silent'] as const).flatMap((raiseAfterApiUnsubscribe) =>
      (['refused', 'unarchived'] as const).map((bulkAddArchived) => ({
        batchCompliance,
        raiseAfterApiUnsubscribe,
        bulkAddArchived,
      })),
    ),
  );

  test.each(POSITIONS)('R1: is never raised, whatever Mailchimp would let pass (%o)', async (switches) => {
    let id = 0;
    let shared = 0;
    world = await createWorld({
      database,
      switches: { mailchimp: switches },
      seed: (crm, mailchimp) => {
        id = plantContact(crm, { email: ANNA });
        shared = plantContact(crm, { email: ANNA.toUpperCase(), firstName: 'Another' });
        plantMember(mailchimp, { email: ANNA, status: 'unsubscribed' });
      },
    });
    await syncAndApprove(world);
    expectGone(id);
    expectGone(shared);
    await expectSettled(world);
    expect(world.mailchimp.store.consentHistory).toEqual([]);
  });
});

let annaId = 0;
function setNo(): void {
  world.crm.agent.editContact(annaId, { newsletter_aktiv: '0' });
}

describe.each([
  { who: 'the person', leave: () => world.mailchimp.person.unsubscribe(LIST, ANNA) },
  { who: 'an administrator', leave: () => world.mailchimp.admin.unsubscribe(LIST, ANNA) },
  { who: 'a complaint', leave: () => world.mailchimp.person.complain(LIST, ANNA) },
  { who: 'an agent in the CRM', leave: () => setNo() },
])('R4, M13: $who unsubscribes', ({ leave }) => {
  let id = 0;
  beforeEach(async () => {
    world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        id = plantContact(crm, { email: ANNA, firstName: 'Anna', tags: ['Mieter'] });
        annaId = id;
        // So that something is read and written before and after Anna.
        plantContact(crm, { email: 'berta.muster@immo-test.de', firstName: 'Berta' });
        plantMember(mailchimp, { email: ANNA, firstName: 'Anne' });
        plantMember(mailchimp, { email: 'carl.web@immo-test.de', firstName: 'Carl' });
      },
    });
  });
  afterEach(async () => {
    await expectSettled(world);
    expectGone(id);
    const last = world.mailchimp.store.consentHistory.filter(({ email }) => email === ANNA).at(-1);
    expect(last?.to, 'she was never raised afterwards').toBe('unsubscribed');
  });

  test('between reading and planning', async () => {
    await syncAndApprove(world);
    world.crm.agent.editContact(id, { Vorname: 'Anna Maria' });
    let sawMembers = false;
    const check = once(({ call }) => {
      const isFirstAfterReading = sawMembers && !call.endsWith('/members');
      sawMembers ||= call.endsWith('/members');
      return isFirstAfterReading;
    }, leave);
    await world.sync();
    check();
    expectGone(id);
  });

  test('between the preview and its approval', async () => {
    await world.sync();
    world.advance(60_000);
    leave();
    world.advance(60_000);
    await world.approve();
    expectGone(id);
  });

  test('between our read and our first write', async () => {
    await world.sync();
    const check = once(isWrite, leave);
    await world.approve();
    check();
    expectGone(id);
  });

  test('between our read and our bulk write', async () => {
    await world.sync();
    const check = once(isBulkAdd, leave);
    await world.approve();
    check();
    expectGone(id);
  });

  test('while members are read, and another member changes after that', async () => {
    await syncAndApprove(world);
    let reads = 0;
    world.onRequest = ({ call }) => {
      if (!(call.startsWith('GET') && call.endsWith('/members'))) return;
      reads += 1;
      if (reads !== 2) return;
      world.advance(5_000);
      leave();
      world.advance(5_000);
      // A later change of somebody else must not hide the earlier one.
      world.mailchimp.admin.archive(LIST, 'berta.muster@immo-test.de');
      world.crm.agent.editContact(id + 1, { Vorname: 'Bertha' });
      world.advance(5_000);
    };
    await world.sync();
    expect(reads).toBeGreaterThan(1);
    expectGone(id);
  });
});

describe('R4: between our read and our write', () => {
  test('somebody signs up and leaves again before the bulk call: he is refused by it and stays out', async () => {
    let id = 0;
    world = await createWorld({
      database,
      seed: (crm) => {
        id = plantContact(crm, { email: ANNA });
      },
    });
    await world.sync();
    const check = once(isBulkAdd, () => {
      world.mailchimp.person.subscribe(LIST, { email: ANNA });
      world.mailchimp.person.unsubscribe(LIST, ANNA);
    });
    await world.approve();
    check();
    expectGone(id);
    await expectSettled(world);
    expectGone(id);
  });

  test('somebody signs up: he is not written over, and is an active member after the next run', async () => {
    let id = 0;
    world = await createWorld({
      database,
      seed: (crm) => {
        id = plantContact(crm, { email: ANNA });
      },
    });
    await world.sync();
    const check = once(isBulkAdd, () => world.mailchimp.person.subscribe(LIST, { email: ANNA }));
    await world.approve();
    check();
    expect(memberStatus(world, ANNA)).toBe('subscribed');
    await expectSettled(world);
    expect(newsletterOf(world, id)).toBe('1');
    expect(await reasonOf(world, id)).toBeNull();
  });

  test('an administrator unsubscribes a known address that we are about to subscribe: he wins', async () => {
    let id = 0;
    world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        id = plantContact(crm, { email: ANNA });
        plantMember(mailchimp, { email: ANNA, status: 'transactional' });
      },
    });
    await world.sync();
    // After the refresh that follows the approval, right before the raise: the latest moment that a read can see.
    let refreshed = 0;
    world.onRequest = ({ call }) => {
      if (call.endsWith('/members')) refreshed += 1;
      if (refreshed < 2 || !world.onRequest) return;
      world.onRequest = undefined;
      world.advance(2_000);
      world.mailchimp.admin.unsubscribe(LIST, ANNA);
      world.advance(2_000);
    };
    await world.approve();
    expectGone(id);
    expect(world.mailchimp.store.consentHistory.map(({ to, by }) => `${by} ${to}`)).toEqual(['admin unsubscribed']);
    await expectSettled(world);
  });

  test('an agent sets No where the member made us write Yes: No stays', async () => {
    let id = 0;
    world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        id = plantContact(crm, { email: ANNA, newsletter: '4' });
        plantMember(mailchimp, { email: ANNA });
      },
    });
    await world.sync();
    let isRefreshed = false;
    world.onRequest = ({ call }) => {
      if (call.endsWith('/members')) isRefreshed = true;
      else if (isRefreshed && world.onRequest && call.endsWith(' address')) {
        world.onRequest = undefined;
        world.advance(2_000);
        world.crm.agent.editContact(id, { newsletter_aktiv: '0' });
        world.advance(2_000);
      }
    };
    await world.approve();
    expectGone(id);
    expect(world.crm.store.newsletterHistory(id).map(({ by, to }) => `${by} ${to}`)).toEqual(['agent 0']);
    await expectSettled(world);
    expectGone(id);
  });

  test('an agent sets No while the provider lost the member: "not specified" does not cover his No (M20)', async () => {
    let id = 0;
    world = await createWorld({
      database,
      seed: (crm) => {
        id = plantContact(crm, { email: ANNA });
        for (const name of ['berta', 'carl', 'dora']) plantContact(crm, { email: `${name}.muster@immo-test.de` });
      },
    });
    await syncAndApprove(world);
    world.mailchimp.admin.archive(LIST, ANNA);
    let reads = 0;
    world.onRequest = ({ call }) => {
      if (call.endsWith('/members')) reads += 1;
      if (reads < 2 || !world.onRequest || !call.endsWith(' address')) return;
      world.onRequest = undefined;
      world.crm.agent.editContact(id, { newsletter_aktiv: '0' });
      world.advance(2_000);
    };
    await world.sync();
    expect(newsletterOf(world, id)).toBe('0');
    await expectSettled(world);
    expect(newsletterOf(world, id)).toBe('0');
  });
});

describe('R1: what is a newer opt-in and what is not', () => {
  let id = 0;
  beforeEach(async () => {
    world = await createWorld({
      database,
      seed: (crm) => {
        id = plantContact(crm, { email: ANNA });
      },
    });
    await syncAndApprove(world);
    world.advance(60_000);
  });

  test('(a) the person signs up again by himself: Yes comes back', async () => {
    world.mailchimp.person.unsubscribe(LIST, ANNA);
    await syncAndApprove(world);
    expectGone(id);
    world.advance(60_000);
    world.mailchimp.person.subscribe(LIST, { email: ANNA });
    await expectSettled(world);
    expect(newsletterOf(world, id)).toBe('1');
    expect(memberStatus(world, ANNA)).toBe('subscribed');
  });

  test('(b) the field was read as No and an agent sets Yes later: subscribed again where Mailchimp allows it', async () => {
    world.mailchimp.admin.unsubscribe(LIST, ANNA);
    await syncAndApprove(world);
    await syncAndApprove(world);
    world.advance(60_000);
    world.crm.agent.editContact(id, { newsletter_aktiv: '1' });
    await expectSettled(world);
    expect(memberStatus(world, ANNA)).toBe('subscribed');
  });

  test('(b) and refused for compliance: a reason, no confirmation mail, not repeated when the name changes', async () => {
    world.mailchimp.person.unsubscribe(LIST, ANNA);
    await syncAndApprove(world);
    await syncAndApprove(world);
    world.advance(60_000);
    world.crm.agent.editContact(id, { newsletter_aktiv: '1' });
    await expectSettled(world);
    expect(memberStatus(world, ANNA)).toBe('unsubscribed');
    expect(await reasonOf(world, id)).toBe('compliance');
    world.crm.agent.editContact(id, { Vorname: 'Annabell' });
    const puts = world.mailchimp.counts.byRoute.get('PUT /lists/{list_id}/members/{subscriber_hash}');
    await expectSettled(world);
    expect(world.mailchimp.counts.byRoute.get('PUT /lists/{list_id}/members/{subscriber_hash}')).toBe(puts);
    expect(await reasonOf(world, id)).toBe('compliance');
    expect(world.mailchimp.store.confirmationMails).toEqual([]);
  });

  test('an agent with a stale form saves the old Yes right after our No: that is no opt-in', async () => {
    const form = world.crm.agent.openForm(id);
    world.mailchimp.person.unsubscribe(LIST, ANNA);
    let isWritten = false;
    world.onRequest = ({ call }) => {
      if (isWritten) {
        world.onRequest = undefined;
        world.advance(2_000);
        world.crm.agent.editContact(id, form);
        world.advance(2_000);
      }
      isWritten ||= call.startsWith('modify');
    };
    await syncAndApprove(world);
    expect(world.onRequest).toBeUndefined();
    await expectSettled(world);
    expectGone(id);
  });

  test('a foreign program raises him at the provider: listed, not carried to the CRM', async () => {
    world.mailchimp.admin.unsubscribe(LIST, ANNA);
    await syncAndApprove(world);
    world.advance(60_000);
    const list = audienceOf(world.mailchimp);
    const foreign = await world.mailchimp.fetch(
      new Request(`http://mailchimp.test/3.0/lists/${list.id}/members/${list.members.find(ANNA)?.hash}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${world.mailchimp.apiKey}` },
        body: JSON.stringify({ status: 'subscribed' }),
      }),
    );
    expect(foreign.status).toBe(200);
    await expectSettled(world);
    expect(['0', '2']).toContain(newsletterOf(world, id));
  });
});
