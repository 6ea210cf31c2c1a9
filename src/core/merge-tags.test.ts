import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeTags, type PersonTags, type TagMerge } from './merge-tags.ts';
import { foldTag, MARKER_TAG } from './tag.ts';
import type { TravellingTag } from './tag-book.ts';

const M = MARKER_TAG;
const tag = (name: string): TravellingTag => ({ slot: foldTag(name), name });

/** The tags of a person by their names, the marker among the provider's. */
function tagsOf(crm: readonly string[], provider: readonly string[], base: readonly string[] | undefined): PersonTags {
  const isMarker = (name: string) => foldTag(name) === M;
  return {
    crm: crm.map(tag),
    provider: provider.filter((name) => !isMarker(name)).map(tag),
    hasMarker: provider.some(isMarker),
    base,
  };
}

type Case = readonly [string, string[], string[], string[] | undefined, Pick<TagMerge, 'provider' | 'crm'>];

const FULL_SYNC: readonly Case[] = [
  ['first meeting: both get what the other has', ['Kauf'], [M, 'VIP'], undefined, writes(['Kauf'], [], ['VIP'], [])],
  ['first meeting: the marker tag is set', [], [], undefined, writes([M], [], [], [])],
  ['set in the CRM', ['Kauf', 'VIP'], [M, 'VIP'], ['vip'], writes(['Kauf'], [], [], [])],
  ['taken off in the CRM', [], [M, 'VIP'], ['vip'], writes([], ['VIP'], [], [])],
  ['set at the provider', ['VIP'], [M, 'VIP', 'Kauf'], ['vip'], writes([], [], ['Kauf'], [])],
  ['taken off at the provider', ['VIP'], [M], ['vip'], writes([], [], [], ['VIP'])],
  ['taken off on both sides', [], [M], ['vip'], writes([], [], [], [])],
  ['set on both sides', ['VIP'], [M, 'VIP'], [], writes([], [], [], [])],
  ['the same name but for its case', ['vip '], [M, 'VIP'], undefined, writes([], [], [], [])],
];

test.each(FULL_SYNC)('R11: in a full sync, %s', (_, crm, provider, base, expected) => {
  expect(mergeTags(tagsOf(crm, provider, base), true)).toMatchObject(expected);
});

const BETWEEN: readonly (readonly [...Case, string[]])[] = [
  ['first meeting: the CRM’s go out', ['Kauf'], [M, 'VIP'], undefined, writes(['Kauf'], [], [], []), ['kauf']],
  ['first meeting: the marker tag is set', [], [], undefined, writes([M], [], [], []), []],
  ['set in the CRM', ['Kauf', 'VIP'], [M, 'VIP'], ['vip'], writes(['Kauf'], [], [], []), ['kauf', 'vip']],
  ['taken off in the CRM', [], [M, 'VIP'], ['vip'], writes([], ['VIP'], [], []), []],
  ['set at the provider', ['VIP'], [M, 'VIP', 'Kauf'], ['vip'], writes([], [], [], []), ['vip']],
  ['taken off at the provider', ['VIP'], [M], ['vip'], writes([], [], [], []), ['vip']],
  ['taken off on both sides', [], [M], ['vip'], writes([], [], [], []), []],
  ['set on both sides', ['VIP'], [M, 'VIP'], [], writes([], [], [], []), ['vip']],
];

test.each(BETWEEN)('M16, M22: between full syncs, %s', (_, crm, provider, base, expected, merged) => {
  expect(mergeTags(tagsOf(crm, provider, base), false)).toEqual({ ...expected, merged });
});

function writes(add: string[], remove: string[], crmAdd: string[], crmRemove: string[]) {
  return { provider: { add, remove }, crm: { add: crmAdd, remove: crmRemove } };
}

function applied(names: readonly string[], change: { add: readonly string[]; remove: readonly string[] }): string[] {
  const gone = new Set(change.remove.map(foldTag));
  return [...names.filter((name) => !gone.has(foldTag(name))), ...change.add];
}

const NAMES = ['Kauf', 'kauf ', 'KAUF', 'Miete', 'VIP', 'ÉTÉ', 'été', 'e\u0301te\u0301'];
const names = fc.subarray(NAMES);
const folded = fc.subarray(['kauf', 'miete', 'vip', 'été', 'gone']);
type TagCase = { crm: string[]; provider: string[]; base: string[] | undefined };
const cases: fc.Arbitrary<TagCase> = fc.record({
  crm: names,
  provider: fc.subarray([...NAMES, M]),
  base: fc.option(folded, { nil: undefined }),
});

const mergeOf = ({ crm, provider, base }: TagCase, takesOver = true) =>
  mergeTags(tagsOf(crm, provider, base), takesOver);

test('R11, M10: the marker is always at the provider afterwards and never comes into the CRM', () => {
  fc.assert(
    fc.property(cases, fc.boolean(), (drawn, takesOver) => {
      const merge = mergeOf(drawn, takesOver);
      expect(applied(drawn.provider, merge.provider).map(foldTag)).toContain(M);
      expect([...merge.crm.add, ...merge.crm.remove].map(foldTag)).not.toContain(M);
      expect(merge.provider.remove.map(foldTag)).not.toContain(M);
      expect(merge.merged).not.toContain(M);
    }),
  );
});

test('R11: the merge once applied, nothing is left to merge, and both sides hold the merged tags', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const merge = mergeOf(drawn);
      const crm = applied(drawn.crm, merge.crm);
      const provider = applied(drawn.provider, merge.provider);
      const again = mergeOf({ crm, provider, base: [...merge.merged] });
      expect(again).toEqual({ provider: { add: [], remove: [] }, crm: { add: [], remove: [] }, merged: merge.merged });
      for (const side of [crm, provider]) {
        expect([...new Set(side.map(foldTag).filter((name) => name !== M))].sort()).toEqual(merge.merged);
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
        if (name === M) continue;
        const isKept = before.has(name) ? inCrm.has(name) && atProvider.has(name) : true;
        expect(merge.merged.includes(name), name).toBe(isKept);
      }
    }),
  );
});

test('R11: only differences are written, no name twice', () => {
  fc.assert(
    fc.property(cases, fc.boolean(), (drawn, takesOver) => {
      const merge = mergeOf(drawn, takesOver);
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

/** One side's tags as a person leaves them, or what the connector does between two of those. */
type Deed = { side: 'crm' | 'provider'; name: string; isSet: boolean } | 'round';

/** Carries out deeds and rounds, then a full sync; the tags of both sides at the end, without the marker. */
function lived(start: TagCase, deeds: readonly Deed[]): { crm: string[]; provider: string[]; writtenToCrm: number } {
  let { crm, provider, base } = start;
  let writtenToCrm = 0;
  const meet = (takesOver: boolean) => {
    const merge = mergeOf({ crm, provider, base }, takesOver);
    if (!takesOver) writtenToCrm += merge.crm.add.length + merge.crm.remove.length;
    crm = applied(crm, merge.crm);
    provider = applied(provider, merge.provider);
    base = [...mergeOf({ crm, provider, base }, takesOver).merged];
  };
  const edited = (held: string[], { name, isSet }: Exclude<Deed, 'round'>) =>
    applied(held, { add: isSet && !held.map(foldTag).includes(name) ? [name] : [], remove: isSet ? [] : [name] });
  for (const deed of deeds) {
    if (deed === 'round') meet(false);
    else if (deed.side === 'crm') crm = edited(crm, deed);
    else provider = edited(provider, deed);
  }
  meet(true);
  const told = (held: string[]) => [...new Set(held.map(foldTag).filter((name) => name !== M))].sort();
  return { crm: told(crm), provider: told(provider), writtenToCrm };
}

const WORKED_ON = ['kauf', 'miete', 'vip', 'été'];
const deedOf = (side: fc.Arbitrary<'crm' | 'provider'>, name: fc.Arbitrary<string>): fc.Arbitrary<Deed> =>
  fc.oneof(fc.record({ side, name, isSet: fc.boolean() }), fc.constant('round' as const));

test('M16, M22: rounds between change nothing of what a full sync makes of tags that one side works on', () => {
  // Who works on a tag is drawn once for each: an answer of the other side to what a round wrote is another story.
  const oneSided = fc.subarray(WORKED_ON).chain((byCrm) => {
    const isCrms = (name: string) => byCrm.includes(name);
    const deed = fc
      .constantFrom(...WORKED_ON)
      .chain((name) => deedOf(fc.constant(isCrms(name) ? 'crm' : 'provider'), fc.constant(name)));
    return fc.array(deed, { maxLength: 12 });
  });
  fc.assert(
    fc.property(cases, oneSided, (drawn, deeds) => {
      // Before it both sides agree, as after a full sync.
      const agreed = [...mergeOf(drawn).merged];
      const start = { crm: agreed, provider: [...agreed, M], base: agreed };
      const withRounds = lived(start, deeds);
      const alone = lived(
        start,
        deeds.filter((deed) => deed !== 'round'),
      );
      expect(withRounds).toEqual(alone);
    }),
    { numRuns: 3_000 },
  );
});

test('M16, M22: whatever both sides do, rounds write nothing into the CRM, and a full sync ends with both alike', () => {
  const deeds = fc.array(deedOf(fc.constantFrom('crm', 'provider'), fc.constantFrom(...WORKED_ON)), { maxLength: 12 });
  fc.assert(
    fc.property(cases, deeds, (drawn, done) => {
      const { crm, provider, writtenToCrm } = lived(drawn, done);
      expect(writtenToCrm).toBe(0);
      expect(crm).toEqual(provider);
    }),
    { numRuns: 3_000 },
  );
});

test('M16: a round brings the CRM’s changes to the provider, and no other tag of the member is touched', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const merge = mergeOf(drawn, false);
      const provider = new Set(applied(drawn.provider, merge.provider).map(foldTag));
      const inCrm = new Set(drawn.crm.map(foldTag));
      const before = new Set(drawn.base ?? []);
      const held = new Set(drawn.provider.map(foldTag));
      for (const name of WORKED_ON) {
        const isCrmsChange = inCrm.has(name) !== before.has(name);
        // Without a base a tag that the CRM does not have is no change of the CRM's (M10).
        const expected = isCrmsChange ? inCrm.has(name) : held.has(name);
        expect(provider.has(name), name).toBe(expected);
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
