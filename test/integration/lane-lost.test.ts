import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionRow } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import { BACKENDS, type OpenDatabase, openMigrated } from '../support/backends.ts';
import { plantBrevoContact } from '../support/brevo-people.ts';
import { plantContact, plantMember } from '../support/plant.ts';
import { createWorld, type World, type WorldRequest } from '../support/world.ts';

const PEOPLE = 60;
const TAGS = 30;

const addressOf = (index: number) => `person${index}@example.org`;
const indexes = Array.from({ length: PEOPLE }, (_, index) => index);

/** Calls of ours that may be on their way to a vendor when the lane is taken (see the adapters' limits). */
const MOST_IN_FLIGHT = 8;

type Story = {
  provider: 'mailchimp' | 'brevo';
  seed: NonNullable<Parameters<typeof createWorld>[0]>['seed'];
  isWrite: (request: WorldRequest) => boolean;
};

const STORIES: Readonly<Record<string, Story>> = {
  'fields of members': {
    provider: 'mailchimp',
    seed: (crm, mailchimp) => {
      for (const index of indexes) {
        plantContact(crm, { email: addressOf(index), firstName: 'Ada' });
        plantMember(mailchimp, { email: addressOf(index) });
      }
    },
    isWrite: ({ call }) => call.startsWith('PATCH /3.0/lists/'),
  },
  'unsubscribes at Mailchimp': {
    provider: 'mailchimp',
    seed: (crm, mailchimp) => {
      for (const index of indexes) {
        plantContact(crm, { email: addressOf(index), newsletter: '0' });
        plantMember(mailchimp, { email: addressOf(index) });
      }
    },
    isWrite: ({ call }) => call.startsWith('PATCH /3.0/lists/'),
  },
  'raises of archived members': {
    provider: 'mailchimp',
    seed: (crm, mailchimp) => {
      for (const index of indexes) {
        plantContact(crm, { email: addressOf(index) });
        plantMember(mailchimp, { email: addressOf(index), status: 'archived' });
      }
    },
    isWrite: ({ call }) => /^(PUT|PATCH) \/3\.0\/lists\/.*members/.test(call),
  },
  'tags at Mailchimp': {
    provider: 'mailchimp',
    seed: (crm, mailchimp) => {
      for (let index = 0; index < TAGS; index += 1) {
        plantContact(crm, { email: addressOf(index), tags: [`Tag ${index}`] });
        plantMember(mailchimp, { email: addressOf(index) });
      }
    },
    isWrite: ({ call }) => /^POST \/3\.0\/lists\/.*segments/.test(call),
  },
  'opt-outs into the CRM': {
    provider: 'mailchimp',
    seed: (crm, mailchimp) => {
      for (const index of indexes) {
        plantContact(crm, { email: addressOf(index) });
        plantMember(mailchimp, { email: addressOf(index), status: 'unsubscribed' });
      }
    },
    isWrite: ({ call }) => call === 'modify address',
  },
  'new contacts': {
    provider: 'mailchimp',
    seed: (_, mailchimp) => {
      for (const index of indexes) plantMember(mailchimp, { email: addressOf(index), lastName: `Name ${index}` });
    },
    isWrite: ({ call }) => call === 'create address',
  },
  'blocks at Brevo': {
    provider: 'brevo',
    seed: (crm, _, brevo) => {
      for (const index of indexes) {
        plantContact(crm, { email: addressOf(index), newsletter: '0' });
        plantBrevoContact(brevo, { email: addressOf(index) });
      }
    },
    isWrite: ({ call }) => call.startsWith('PUT /v3/contacts/'),
  },
};

describe.each(BACKENDS)('F9: a worker that lost its lane writes nothing more, on %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openMigrated(backend);
    database = opened.database;
  });
  afterAll(() => opened.close());

  /** Another worker takes the lane while the write of that number is on its way. */
  function takeLaneAt(world: World, isWrite: Story['isWrite'], number: number) {
    const seen = { before: 0, after: 0 };
    let isTaken = false;
    world.onRequest = async (request) => {
      if (!isWrite(request)) return;
      if (isTaken) {
        seen.after += 1;
        return;
      }
      seen.before += 1;
      if (seen.before !== number) return;
      const { tenantId, id: connectionId } = world.connection;
      await connectionRow(database.db, { tenantId, connectionId }).takeLane();
      // Until now everybody could still write.
      isTaken = true;
    };
    return seen;
  }

  test.each(Object.entries(STORIES))('in the middle of a batch: %s', async (_, { provider, seed, isWrite }) => {
    const world = await createWorld({ database, provider, ...(seed ? { seed } : {}) });
    await world.sync();
    const seen = takeLaneAt(world, isWrite, 3);
    const open = await world.store.tables.runs.open();
    await world.store.tables.runs.approve(open?.id ?? '', world.clock.now());
    expect(await world.turn()).toBe('done');
    expect(seen.before, 'the lane was lost in the middle').toBeGreaterThanOrEqual(3);
    expect(seen.after, 'only what was on its way already').toBeLessThan(MOST_IN_FLIGHT);
    const late = seen.after;
    world.onRequest = (request) => {
      if (isWrite(request)) seen.after += 1;
    };
    const run = await world.drain();
    expect(run).toMatchObject({ state: 'succeeded', error: null });
    expect(seen.after, 'the worker that has the lane goes on').toBeGreaterThan(late);
    const second = await world.sync();
    expect(await world.planOf(second.id)).toEqual({});
  });
});
