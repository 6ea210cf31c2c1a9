import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailchimpSwitches } from '../../simulators/mailchimp/switches.ts';
import type { OnOfficeSwitches } from '../../simulators/onoffice/index.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { type PlantedContact, type PlantedMember, plantContact, plantMember } from '../support/plant.ts';
import {
  expectBridgeFits,
  expectSettled,
  memberStatus,
  newsletterOf,
  reasonOf,
  syncAndApprove,
} from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

const ROWS = {
  yes: { newsletter: '1' },
  'no (0)': { newsletter: '0' },
  'no (2)': { newsletter: '2' },
  'none (4)': { newsletter: '4' },
  'none (empty)': { newsletter: '' },
  pending: { newsletter: '3' },
  undeliverable: { newsletter: '5' },
  'unknown value': { newsletter: '9' },
  'private, put there by us': { isPrivate: true },
  'private, not by us': { isPrivate: true },
  'archived contact, put there by us': { isArchived: true },
  'archived contact, not by us': { isArchived: true },
  'no such contact': undefined,
  'no such contact, put there by us': undefined,
} as const satisfies Record<string, Omit<PlantedContact, 'email'> | undefined>;
type Row = keyof typeof ROWS;

const COLUMNS = {
  subscribed: { status: 'subscribed' },
  unsubscribed: { status: 'unsubscribed' },
  cleaned: { status: 'cleaned' },
  pending: { status: 'pending' },
  archived: { status: 'archived' },
  'archived after leaving': { status: 'archived', hadLeft: true },
  absent: undefined,
  known: { status: 'transactional' },
  forgotten: { status: 'forgotten' },
} as const satisfies Record<string, Omit<PlantedMember, 'email'> | undefined>;
type Column = keyof typeof COLUMNS;

/** What a cell of R5 leads to; absent parts stay as they were. `created`: a new contact that says Yes. */
type Outcome = { crm?: string; member?: string; reason?: string; created?: true };

/** R5 as the specification's table has it, for the switch position of the activity feed. */
function expected(row: Row, column: Column, feed: 'readable' | 'missing'): Outcome {
  const leavesUnsubscribed = { no: { member: 'unsubscribed' } } as const;
  switch (row) {
    case 'yes':
      switch (column) {
        case 'subscribed':
          return {};
        case 'unsubscribed':
          return { crm: '2' };
        case 'cleaned':
          return { crm: '5' };
        case 'pending':
          return { reason: 'awaiting_confirmation' };
        case 'archived':
          return feed === 'readable' ? { member: 'subscribed' } : { reason: 'removed_at_provider' };
        case 'archived after leaving':
          return feed === 'readable' ? { crm: '2' } : { reason: 'removed_at_provider' };
        case 'absent':
        case 'known':
          return { member: 'subscribed' };
        case 'forgotten':
          return { reason: 'permanently_deleted' };
      }
      break;
    case 'no (0)':
    case 'no (2)':
      return column === 'subscribed' || column === 'pending' ? leavesUnsubscribed.no : {};
    case 'none (4)':
    case 'none (empty)':
      return column === 'subscribed' ? { crm: '1' } : column === 'unsubscribed' ? { crm: '2' } : {};
    case 'pending':
    case 'undeliverable':
      return column === 'unsubscribed' ? { crm: '2' } : {};
    case 'unknown value':
    case 'no such contact, put there by us':
      return {};
    case 'private, put there by us':
      return column === 'subscribed' ? { member: 'archived', reason: 'private' } : { reason: 'private' };
    case 'private, not by us':
      return { reason: 'private' };
    case 'archived contact, put there by us':
      return column === 'subscribed'
        ? { member: 'archived', reason: 'archived_contact' }
        : { reason: 'archived_contact' };
    case 'archived contact, not by us':
      return { reason: 'archived_contact' };
    case 'no such contact':
      return column === 'subscribed' ? { created: true } : {};
  }
}

const CELLS = (Object.keys(ROWS) as Row[]).flatMap((row) =>
  (Object.keys(COLUMNS) as Column[]).map((column, index) => ({
    row,
    column,
    email: `zelle.${Object.keys(ROWS).indexOf(row)}.${index}@immo-test.de`,
  })),
);

type Position = {
  name: string;
  mailchimp: Partial<MailchimpSwitches> & { archivedFeed: 'readable' | 'missing' };
  onOffice: Partial<OnOfficeSwitches>;
};

const POSITIONS: readonly Position[] = [
  { name: 'switches as they are', mailchimp: { archivedFeed: 'readable' }, onOffice: {} },
  {
    name: 'switches the other way, activity feed readable',
    mailchimp: {
      archivedFeed: 'readable',
      batchCompliance: 'error',
      bulkAddArchived: 'unarchived',
      bulkAnswers: 'full',
      raiseAfterApiUnsubscribe: 'silent',
    },
    onOffice: { scalars: 'numbers', multiselectRead: 'array', bumpOnUnchanged: false, sortByChange: false },
  },
  {
    name: 'activity feed of archived members unreadable',
    mailchimp: { archivedFeed: 'missing', raiseAfterApiUnsubscribe: 'refused' },
    onOffice: { emptyMultiselect: 'null', actionFailureStatus: 'ok', missingRecordIds: 'error' },
  },
];

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

describe.each(POSITIONS)('R5, $name', ({ mailchimp: mailchimpSwitches, onOffice }) => {
  let world: World;
  const ids = new Map<string, number>();
  beforeAll(async () => {
    world = await createWorld({
      database,
      customer: { newsletterValues: ['1', '0', '2', '3', '4', '5', '9'] },
      switches: { mailchimp: mailchimpSwitches, onOffice },
      seed: (crm, mailchimp) => {
        for (const { row, column, email } of CELLS) {
          const contact = ROWS[row];
          const member = COLUMNS[column];
          if (contact) ids.set(email, plantContact(crm, { email, ...contact }));
          if (member) {
            plantMember(mailchimp, { email, ...member, tags: row.endsWith('put there by us') ? ['onoffice'] : [] });
          }
        }
      },
    });
    await syncAndApprove(world);
  });

  test.each(CELLS)('$row meets $column', async ({ row, column, email }) => {
    const outcome = expected(row, column, mailchimpSwitches.archivedFeed);
    const { crm, mailchimp } = world;
    const planted = COLUMNS[column]?.status;
    const before = planted === undefined || planted === 'forgotten' ? 'absent' : planted;
    expect(memberStatus(world, email)).toBe(outcome.member ?? before);
    const memberWrites = mailchimp.store.consentHistory.filter((change) => change.email === email);
    expect(memberWrites.map(({ from, to, by }) => ({ from, to, by }))).toEqual(
      outcome.member === undefined ? [] : [{ from: before, to: outcome.member, by: 'api' }],
    );
    const id = ids.get(email);
    if (id === undefined) {
      const created = crm.store.idsByEmail(email);
      expect(created.length).toBe(outcome.created ? 1 : 0);
      for (const one of created) {
        expect(newsletterOf(world, one)).toBe('1');
        expect(crm.store.addresses.get(one)?.values.HerkunftKontakt).toEqual(['Newsletter']);
      }
      return;
    }
    expect(crm.store.idsByEmail(email)).toEqual([id]);
    const contact: Omit<PlantedContact, 'email'> = ROWS[row] ?? {};
    const said = contact.newsletter ?? '1';
    expect(newsletterOf(world, id)).toBe(outcome.crm ?? said);
    expect(crm.store.newsletterHistory(id).map(({ from, to, by }) => ({ from, to, by }))).toEqual(
      outcome.crm === undefined ? [] : [{ from: said, to: outcome.crm, by: 'api' }],
    );
    expect(await reasonOf(world, id)).toBe(outcome.reason ?? null);
  });

  test('section 7: the bridge adds up and equals a count by hand', () => expectBridgeFits(world));

  test('R13: another run plans and writes nothing', () => expectSettled(world));
});
