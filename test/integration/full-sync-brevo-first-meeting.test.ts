import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrevoSwitches } from '../../simulators/brevo/index.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import {
  type BrevoStanding,
  brevoList,
  brevoStatus,
  expectBrevoBridgeFits,
  expectBrevoSettled,
  plantBrevoContact,
} from '../support/brevo-people.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf, reasonOf, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

const ROWS = {
  yes: '1',
  'no (0)': '0',
  'no (2)': '2',
  'none (4)': '4',
  'none (empty)': '',
  pending: '3',
  undeliverable: '5',
  'unknown value': '9',
  'no such contact': undefined,
} as const;
type Row = keyof typeof ROWS;

/** What section 4 makes of each standing. */
const COLUMNS = {
  subscribed: 'subscribed',
  'blocked by the person': 'unsubscribed',
  'blocked by a complaint': 'unsubscribed',
  'blocked by an administrator': 'unsubscribed',
  'blocked off the list': 'unsubscribed',
  'blocked without a cause': 'unsubscribed',
  'left the list': 'unsubscribed',
  'hard bounce': 'cleaned',
  'hard bounce and complaint': 'unsubscribed',
  'on another list': 'absent',
  'on no list': 'absent',
  unknown: 'absent',
} as const satisfies Record<BrevoStanding, string>;

type Outcome = { crm?: string; brevo?: 'subscribed' | 'blocked'; created?: true };

/** R5 as the specification's table has it. */
function expected(row: Row, state: (typeof COLUMNS)[BrevoStanding]): Outcome {
  if (row === 'no such contact') return state === 'subscribed' ? { created: true } : {};
  if (row === 'unknown value') return {};
  if (row.startsWith('no (')) return state === 'subscribed' ? { brevo: 'blocked' } : {};
  if (state === 'unsubscribed') return { crm: '2' };
  if (row === 'yes' && state === 'cleaned') return { crm: '5' };
  if (row === 'yes' && state === 'absent') return { brevo: 'subscribed' };
  if (row.startsWith('none') && state === 'subscribed') return { crm: '1' };
  return {};
}

const CELLS = (Object.keys(ROWS) as Row[]).flatMap((row, rowIndex) =>
  (Object.keys(COLUMNS) as BrevoStanding[]).map((standing, index) => ({
    row,
    standing,
    email: `zelle.${rowIndex}.${index}@immo-test.de`,
  })),
);

const POSITIONS: readonly { name: string; isImport: boolean; brevo: Partial<BrevoSwitches> }[] = [
  { name: 'one by one', isImport: false, brevo: {} },
  { name: 'by import', isImport: true, brevo: {} },
  {
    name: 'by import, switches the other way',
    isImport: true,
    brevo: {
      listUnsubscribedWhenNone: 'missing',
      listUnsubscription: 'leaves-list',
      timestamps: 'utc',
      storedAddresses: 'as-written',
      apiBlockStatistics: 'none',
      modifiedAtOnUnsubscribe: false,
      modifiedAtOnListRemoval: false,
      importEvents: 'all',
      importLiftsBlock: true,
      importInfo: 'counts',
      runningWord: 'processing',
      duplicateCode: 'duplicate_parameter',
    },
  },
];

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

describe.each(POSITIONS)('R5 at Brevo, new members $name', ({ isImport, brevo: switches }) => {
  let world: World;
  const ids = new Map<string, number>();
  beforeAll(async () => {
    world = await createWorld({
      database,
      provider: 'brevo',
      customer: { newsletterValues: ['1', '0', '2', '3', '4', '5', '9'] },
      switches: { brevo: switches },
      seed: (crm, _, brevo) => {
        for (const { row, standing, email } of CELLS) {
          const newsletter = ROWS[row];
          if (newsletter !== undefined) ids.set(email, plantContact(crm, { email, newsletter }));
          plantBrevoContact(brevo, { email, standing });
        }
        const others = isImport ? 30 : 0;
        for (let number = 0; number < others; number += 1) plantContact(crm, { email: `andere${number}@immo-test.de` });
      },
    });
    const run = await syncAndApprove(world);
    expect(run).toMatchObject({ state: 'succeeded', error: null });
    expect(world.brevo.account.processes.size).toBe(isImport ? 1 : 0);
  });

  test.each(CELLS)('$row meets $standing', async ({ row, standing, email }) => {
    const outcome = expected(row, COLUMNS[standing]);
    const { crm, brevo } = world;
    const changes = brevo.store.consentHistory.filter((change) => change.email === email);
    expect(changes.every(({ by }) => by === 'api')).toBe(true);
    expect(changes.length).toBe(outcome.brevo === undefined ? 0 : 1);
    if (outcome.brevo !== undefined) expect(brevoStatus(world, email)).toBe(outcome.brevo);
    const contact = brevo.account.contacts.byEmail(email);
    const wasOn = standing === 'on another list' ? [2] : [];
    if (outcome.brevo === 'subscribed') expect(contact?.listIds).toEqual([...wasOn, brevoList(brevo).id]);
    const id = ids.get(email);
    const holders = crm.store.idsByEmail(email);
    if (id === undefined) {
      expect(holders.length).toBe(outcome.created ? 1 : 0);
      for (const one of holders) expect(newsletterOf(world, one)).toBe('1');
      return;
    }
    expect(holders).toEqual([id]);
    const said = String(ROWS[row]);
    expect(newsletterOf(world, id)).toBe(outcome.crm ?? said);
    expect(crm.store.newsletterHistory(id).map(({ from, to, by }) => ({ from, to, by }))).toEqual(
      outcome.crm === undefined ? [] : [{ from: said, to: outcome.crm, by: 'api' }],
    );
    expect(await reasonOf(world, id)).toBeNull();
  });

  test('section 7: the bridge adds up and equals a count by hand', () => expectBrevoBridgeFits(world));

  test('R13: another run plans and writes nothing', () => expectBrevoSettled(world));
});

test.each([
  ['de', 'VORNAME', 'NACHNAME'],
  ['es', 'NOMBRE', 'APELLIDOS'],
  ['fr', 'PRENOM', 'NOM'],
  ['en', 'FIRSTNAME', 'LASTNAME'],
] as const)('M5: in an account of language %s names land in its own attributes', async (brevoLanguage, first, last) => {
  for (const count of [1, 30]) {
    const email = (number: number) => `anna.${number}@immo-test.de`;
    const world = await createWorld({
      database,
      provider: 'brevo',
      brevoLanguage,
      seed: (crm, _, brevo) => {
        plantBrevoContact(brevo, { email: 'alt@immo-test.de', attributes: { [first]: 'Alt', [last]: 'Wert' } });
        plantBrevoContact(brevo, { email: 'gast@immo-test.de', attributes: { [first]: 'Gerd', [last]: 'Gast' } });
        plantContact(crm, { email: 'alt@immo-test.de', firstName: 'Änne', lastName: 'Neu' });
        for (let number = 0; number < count; number += 1)
          plantContact(crm, { email: email(number), firstName: `Anna ${number}`, lastName: 'Muster' });
      },
    });
    const before = [...world.brevo.account.attributes.keys()].filter((name) => /NAME|NOM|NOMBRE|APELL/.test(name));
    expect(before.sort()).toEqual([first, last].sort());
    await expectBrevoSettled(world);
    const { contacts } = world.brevo.account;
    expect(contacts.byEmail(email(0))?.attributes).toMatchObject({ [first]: 'Anna 0', [last]: 'Muster' });
    expect(contacts.byEmail('alt@immo-test.de')?.attributes).toMatchObject({ [first]: 'Änne', [last]: 'Neu' });
    const [guest] = world.crm.store.idsByEmail('gast@immo-test.de');
    expect(world.crm.store.addresses.get(guest ?? 0)?.values).toMatchObject({ Vorname: 'Gerd', Name: 'Gast' });
  }
});
