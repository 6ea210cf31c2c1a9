import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeTags, type TagMerge } from './merge-tags.ts';
import { foldTag } from './tag.ts';

const all = () => true;
const M = 'onoffice';

test.each<[string, string[], string[], string[] | undefined, Pick<TagMerge, 'provider' | 'crm'>]>([
  ['first meeting: both get what the other has', ['Kauf'], [M, 'VIP'], undefined, writes(['Kauf'], [], ['VIP'], [])],
  ['first meeting: the marker tag is set', [], [], undefined, writes([M], [], [], [])],
  ['set in the CRM', ['Kauf', 'VIP'], [M, 'VIP'], ['vip'], writes(['Kauf'], [], [], [])],
  ['taken off in the CRM', [], [M, 'VIP'], ['vip'], writes([], ['VIP'], [], [])],
  ['set at the provider', ['VIP'], [M, 'VIP', 'Kauf'], ['vip'], writes([], [], ['Kauf'], [])],
  ['taken off at the provider', ['VIP'], [M], ['vip'], writes([], [], [], ['VIP'])],
  ['taken off on both sides', [], [M], ['vip'], writes([], [], [], [])],
  ['set on both sides', ['VIP'], [M, 'VIP'], [], writes([], [], [], [])],
  ['the same name but for its case', ['vip '], [M, 'VIP'], undefined, writes([], [], [], [])],
  ['a CRM tag of the marker’s name', ['OnOffice'], [], [], writes([M], [], [], [])],
  ['the marker in capitals is the marker', [], ['ONOFFICE'], [], writes([], [], [], [])],
])('R11: %s', (_, crm, provider, base, expected) => {
  const { provider: toProvider, crm: toCrm } = mergeTags(crm, provider, base, all);
  expect({ provider: toProvider, crm: toCrm }).toEqual(expected);
});

function writes(add: string[], remove: string[], crmAdd: string[], crmRemove: string[]) {
  return { provider: { add, remove }, crm: { add: crmAdd, remove: crmRemove } };
}

function applied(names: readonly string[], change: { add: readonly string[]; remove: readonly string[] }): string[] {
  const gone = new Set(change.remove.map(foldTag));
  return [...names.filter((name) => !gone.has(foldTag(name))), ...change.add];
}

const names = fc.subarray([
  'Kauf',
  'kauf ',
  'KAUF',
  'Miete',
  'VIP',
  'ÉTÉ',
  'été',
  'e\u0301te\u0301',
  M,
  'OnOffice',
  ' ',
]);
const folded = fc.subarray(['kauf', 'miete', 'vip', 'été', 'gone']);
const unmanaged = fc.subarray(['kauf', 'vip', 'été']).map((list) => new Set(list));
type TagCase = {
  crm: string[];
  provider: string[];
  base: string[] | undefined;
  unmanaged: Set<string>;
};
const cases: fc.Arbitrary<TagCase> = fc.record({
  crm: names,
  provider: names,
  base: fc.option(folded, { nil: undefined }),
  unmanaged,
});

function mergeOf({ crm, provider, base, unmanaged: left }: TagCase): TagMerge {
  return mergeTags(crm, provider, base, (name) => !left.has(name));
}

test('R11, M10: the marker is always at the provider afterwards and never comes into the CRM', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const merge = mergeOf(drawn);
      expect(applied(drawn.provider, merge.provider).map(foldTag)).toContain(M);
      expect([...merge.crm.add, ...merge.crm.remove].map(foldTag)).not.toContain(M);
      expect(merge.provider.remove.map(foldTag)).not.toContain(M);
      expect(merge.merged).not.toContain(M);
    }),
  );
});

test('R11: a tag that the connector does not manage stays as it is on both sides', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const merge = mergeOf(drawn);
      const written = [merge.crm.add, merge.crm.remove, merge.provider.add, merge.provider.remove].flat().map(foldTag);
      for (const name of drawn.unmanaged) expect([...written, ...merge.merged]).not.toContain(name);
    }),
  );
});

test('R11: the merge once applied, nothing is left to merge, and both sides hold the merged tags', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const merge = mergeOf(drawn);
      const crm = applied(drawn.crm, merge.crm);
      const provider = applied(drawn.provider, merge.provider);
      const again = mergeOf({ ...drawn, crm, provider, base: [...merge.merged] });
      expect(again).toEqual({ provider: { add: [], remove: [] }, crm: { add: [], remove: [] }, merged: merge.merged });
      const isMerged = (name: string) => name !== '' && name !== M && !drawn.unmanaged.has(name);
      for (const side of [crm, provider]) {
        expect([...new Set(side.map(foldTag).filter(isMerged))].sort()).toEqual(merge.merged);
      }
    }),
  );
});

test('R11: a change of one side against the base wins, and without a base nothing is taken off', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const merge = mergeOf(drawn);
      if (!drawn.base) expect([...merge.crm.remove, ...merge.provider.remove]).toEqual([]);
      const inCrm = new Set(drawn.crm.map(foldTag));
      const atProvider = new Set(drawn.provider.map(foldTag));
      const before = new Set(drawn.base ?? []);
      for (const name of new Set([...inCrm, ...atProvider])) {
        if (name === '' || name === M || drawn.unmanaged.has(name)) continue;
        const isKept = before.has(name) ? inCrm.has(name) && atProvider.has(name) : true;
        expect(merge.merged.includes(name), name).toBe(isKept);
      }
    }),
  );
});

test('R11: only differences are written, no name twice', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const merge = mergeOf(drawn);
      const has = (side: readonly string[], name: string) => side.some((held) => foldTag(held) === foldTag(name));
      for (const [held, change] of [
        [drawn.crm, merge.crm],
        [drawn.provider, merge.provider],
      ] as const) {
        for (const name of change.add) expect(has(held, name), name).toBe(false);
        for (const name of change.remove) expect(has(held, name), name).toBe(true);
        const written = [...change.add, ...change.remove].map(foldTag);
        expect(new Set(written).size).toBe(written.length);
      }
    }),
  );
});

test('R11: a name is the same name in every spelling of its letters', () => {
  expect(foldTag('H\u0331')).toBe(foldTag('\u1e96'));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(foldTag(foldTag(name))).toBe(foldTag(name));
    }),
  );
});
