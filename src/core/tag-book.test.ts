import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeSlot, newBinding, type TagBinding } from './tag-binding.ts';
import { createTagBook } from './tag-book.ts';

/** k1 “Kauf” and 1 “Kaufinteresse” are one tag; k2 was deleted at the provider, 3 in the CRM; 9 is the marker. */
const BOUND = newBinding({ key: 'k1', label: 'Kauf' }, { id: '1', name: 'Kaufinteresse' }, 'slot 1');
const BINDINGS: readonly TagBinding[] = [
  BOUND,
  { ...BOUND, slot: 'miete', state: 'apart', crmKey: 'k2', providerId: undefined, name: 'Miete' },
  { ...BOUND, slot: 'messe', state: 'apart', crmKey: undefined, providerId: '3', name: 'Messe' },
  { ...BOUND, slot: 'vip', state: 'gone', crmKey: undefined, providerId: undefined, name: 'VIP' },
  { ...BOUND, slot: 'onoffice', state: 'marker', crmKey: undefined, providerId: '9', name: 'Rundbrief' },
];
const LABELS = {
  k1: 'Kauf',
  k2: 'Miete',
  k3: 'Neubau',
  k4: 'MESSE',
  k5: 'VIP',
  k6: 'kauf',
  k7: 'Kaufinteresse',
  k8: 'OnOffice',
};

const NAMES = {
  1: 'Kaufinteresse',
  3: 'Messe',
  5: 'Neubau',
  6: 'miete',
  7: 'Verboten',
  8: 'KAUF',
  9: 'Rundbrief',
  77: 'VIP',
};

const book = (overrides: Partial<Parameters<typeof createTagBook>[0]> = {}) =>
  createTagBook({
    crmTags: Object.entries(LABELS).map(([key, label]) => ({ key, label })),
    providerTags: Object.entries(NAMES).map(([id, name]) => ({ id, name })),
    bindings: BINDINGS,
    refusedNames: new Set(['verboten']),
    maxNameLength: 100,
    isManaged: true,
    ...overrides,
  });

const again = (folded: string) => freeSlot(folded, new Set([folded]));

test.each([
  ['a bound key, by the provider’s name', 'k1', { slot: 'slot 1', name: 'Kaufinteresse' }],
  ['a key bound to nothing, by its own', 'k3', { slot: 'neubau', name: 'Neubau' }],
  ['a name that was another tag’s, as a tag of its own', 'k5', { slot: again('vip'), name: 'VIP' }],
  ['a key of a tag that was deleted at the provider, not at all', 'k2', undefined],
  ['a key with the name of one that was deleted in the CRM, not at all', 'k4', undefined],
  ['a key whose name is another tag’s at the provider, not at all', 'k7', undefined],
  ['a key with the marker’s name, not at all', 'k8', undefined],
  ['a key that nobody has listed, not at all', 'k99', undefined],
])('R11: the contact’s tag travels: %s', (_, key, expected) => {
  expect(book().ofContact(key)).toEqual(expected);
});

test.each([
  ['a bound id, by its name now', { id: '1', name: 'as it was once' }, { slot: 'slot 1', name: 'Kaufinteresse' }],
  [
    'a bound tag of which only the name is known',
    { id: '', name: 'KAUFINTERESSE' },
    { slot: 'slot 1', name: 'Kaufinteresse' },
  ],
  ['an id bound to nothing, by its name in the list', { id: '5', name: 'Bau' }, { slot: 'neubau', name: 'Neubau' }],
  ['an id that is not in the list, because it is gone or newer, not at all', { id: '4', name: 'Garten' }, undefined],
  ['a tag that was deleted in the CRM, not at all', { id: '3', name: 'Messe' }, undefined],
  ['a tag with the name of one that was deleted here, not at all', { id: '6', name: 'miete' }, undefined],
  ['a tag that the CRM refused, not at all', { id: '7', name: 'Verboten' }, undefined],
  ['a tag whose name is another tag’s in the CRM, not at all', { id: '8', name: 'KAUF' }, undefined],
  ['the marker, not at all', { id: '10', name: 'OnOffice' }, undefined],
  ['the marker under another name, not at all', { id: '9', name: 'Rundbrief' }, undefined],
])('R11: the member’s tag travels: %s', (_, tag, expected) => {
  expect(book().ofMember(tag)).toEqual(expected);
});

test('R11: a tag that the CRM has twice is one tag, and its keys are known by the name', () => {
  const double = book({ bindings: [{ ...BOUND, name: 'Kauf' }] });
  expect(double.ofContact('k6')).toEqual({ slot: 'slot 1', name: 'Kauf' });
  expect(double.keysOf('KAUF')).toEqual(['k1', 'k6']);
  expect(double.idOf('kauf')).toBe('1');
});

test('keys and ids are found by the provider’s names, whatever the CRM’s are', () => {
  expect(book().keysOf('Kaufinteresse')).toEqual(['k1']);
  expect(book().idOf('Kaufinteresse')).toBe('1');
  expect(book().keysOf('neubau')).toEqual(['k3']);
  expect(book().idOf('Neubau')).toBeUndefined();
  expect(book().keysOf('Miete')).toEqual([]);
  expect(book().idOf('onoffice')).toBe('9');
});

test('where the CRM has no tags nothing travels, and the marker is known all the same', () => {
  const none = book({ isManaged: false });
  expect([none.ofContact('k1'), none.ofMember({ id: '1', name: 'Kauf' })]).toEqual([undefined, undefined]);
  expect(none.isMarker({ id: '', name: 'onoffice' })).toBe(true);
});

test('a longer name than the provider keeps is cut as the provider would', () => {
  const crmTags = [{ key: 'k1', label: ` ${'x'.repeat(9)} y` }];
  expect(book({ crmTags, bindings: [], maxNameLength: 10 }).ofContact('k1')?.name).toBe('x'.repeat(9));
});

test('R11: tags bound to nothing have the slot that they get when they are bound', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom('kauf', 'miete', 'vip', 'neubau')), (taken) => {
      const gone = taken.map(
        (slot): TagBinding => ({ ...BOUND, slot, state: 'gone', crmKey: undefined, providerId: undefined }),
      );
      const met = book({ bindings: gone });
      for (const [key, label] of Object.entries({ k3: 'Neubau', k5: 'VIP' })) {
        const slot = freeSlot(label.toLowerCase(), new Set(taken));
        expect(met.ofContact(key)).toEqual({ slot, name: label });
        const id = label === 'VIP' ? '77' : '5';
        expect(met.ofMember({ id, name: label })).toEqual({ slot, name: label });
      }
    }),
  );
});
