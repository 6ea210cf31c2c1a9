import { expect, test } from 'vitest';
import { DEFAULT_ONOFFICE_LIMITS } from '../../src/adapters/onoffice/limits.ts';
import { crmTypeOf } from '../../src/core/activity.ts';
import { failure, world } from './onoffice-world.ts';

const AT = '2026-07-01T09:30:00.000Z';
const DELIVERED = { kind: 'Email', type: 'Ausgang' };

test('M26: kinds and types are found out, those that onOffice writes by itself included', async () => {
  const { reads } = world();
  const catalog = await reads.readActivityCatalog();
  expect(catalog.kinds.find(({ key }) => key === 'Newsletter')?.types).toContainEqual({
    key: 'Hard Bounce',
    label: 'Hard Bounce',
  });
  const typeOf = (kind: Parameters<typeof crmTypeOf>[0]) => crmTypeOf(kind, catalog, {});
  expect(typeOf('subscribed')).toEqual({ kind: 'Newsletter', type: 'bestellt', isFitting: true });
  expect(typeOf('unsubscribed')).toEqual({ kind: 'Newsletter', type: 'nicht bestellt', isFitting: true });
  expect(typeOf('delivered')).toEqual({ ...DELIVERED, isFitting: true });
  expect(typeOf('hard-bounce')).toEqual({ kind: 'Newsletter', type: 'Hard Bounce', isFitting: true });
  expect(typeOf('opened')).toEqual({ kind: 'Newsletter', type: '', isFitting: false });
  expect(crmTypeOf('opened', catalog, { opened: DELIVERED })).toMatchObject({ ...DELIVERED, isFitting: true });
  expect(crmTypeOf('opened', catalog, { opened: { kind: 'Email', type: 'gone' } })).toEqual(typeOf('opened'));
});

test('a customer without the kind Newsletter has his entries all the same', async () => {
  const { sim, reads } = world();
  sim.store.actionKinds.splice(0, 1);
  const { defaults } = await reads.readActivityCatalog();
  expect(defaults.subscribed).toEqual({ ...DELIVERED, isFitting: false });
  sim.store.actionKinds.splice(0);
  const bare = await reads.readActivityCatalog();
  expect(bare.defaults.delivered).toEqual({ kind: '', type: '', isFitting: false });
  const contactId = String(sim.agent.createContact({}).id);
  const written = await reads.writeActivities([
    { contactIds: [contactId], type: bare.defaults.delivered, at: AT, note: 'n' },
  ]);
  expect(written).toMatchObject([{ outcome: 'done' }]);
});

test.each(['entry-each', 'one-entry'] as const)(
  'one create writes for many contacts, and each is found again (%s)',
  async (severalAddressIds) => {
    const { sim, reads } = world({ switches: { severalAddressIds } });
    const ids = Array.from({ length: 3 }, () => String(sim.agent.createContact({}).id));
    const entry = { contactIds: ids, type: DELIVERED, at: AT, note: 'Newsletter\n[NC-1]' };
    expect(await reads.writeActivities([entry])).toMatchObject([{ outcome: 'done' }]);
    const book = sim.store.activities.ofAddress(Number(ids[1]));
    // Berlin's summer time.
    expect(book).toMatchObject([{ kind: 'Email', type: 'Ausgang', dateTime: '2026-07-01 11:30:00' }]);
    const found = await reads.findActivities(ids, AT);
    expect(new Set(found.filter(({ note }) => note.includes('NC-1')).flatMap((one) => one.contactIds))).toEqual(
      new Set(ids),
    );
    expect(await reads.findActivities(ids, '2026-07-04T09:30:00.000Z')).toEqual([]);
  },
);

test('more entries than one page holds are all looked through', async () => {
  const { sim, reads, crmOf } = world();
  const contactId = String(sim.agent.createContact({}).id);
  const entries = Array.from({ length: 7 }, (_, index) => ({
    contactIds: [contactId],
    type: DELIVERED,
    at: AT,
    note: `n${index}`,
  }));
  await reads.writeActivities(entries);
  const small = crmOf({ limits: { ...DEFAULT_ONOFFICE_LIMITS, pageSize: 3 } }).reads;
  expect((await small.findActivities([contactId], AT)).map(({ note }) => note).sort()).toEqual(
    entries.map(({ note }) => note),
  );
});

test('F7: an entry that names somebody who is gone is refused, the others are written; an unknown type is told as such', async () => {
  const { sim, reads } = world();
  const [there, gone] = [String(sim.agent.createContact({}).id), String(sim.agent.createContact({}).id)];
  sim.agent.deleteContact(Number(gone));
  const entry = (contactIds: string[], type = DELIVERED) => ({ contactIds, type, at: AT, note: 'n' });
  expect(
    await reads.writeActivities([
      entry([there, gone]),
      entry([there], { kind: 'Email', type: 'nichts' }),
      entry([there], { kind: 'nichts', type: '' }),
      entry([there]),
    ]),
  ).toMatchObject([
    { outcome: 'refused', code: 'onoffice.record_missing', isPermanent: true },
    { outcome: 'type-unknown' },
    { outcome: 'type-unknown' },
    { outcome: 'done' },
  ]);
  expect(sim.store.activities.ofAddress(Number(there))).toHaveLength(1);
});

test('F5: a lost answer is not asked for again, and is not known', async () => {
  const { sim, reads } = world();
  const contactId = String(sim.agent.createContact({}).id);
  const entry = { contactIds: [contactId], type: DELIVERED, at: AT, note: 'n' };
  sim.faults.plan({ fault: { type: 'lose-answer' }, times: 1 });
  expect(await reads.writeActivities([entry])).toEqual([{ outcome: 'unknown' }]);
  expect(sim.store.activities.ofAddress(Number(contactId))).toHaveLength(1);
  sim.faults.plan({ fault: { type: 'status', status: 429 }, times: 10 });
  expect(await failure(reads.writeActivities([entry]))).toMatchObject({ kind: 'rate_limited', mayHaveHappened: false });
});
