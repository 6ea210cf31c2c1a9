import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TagSides } from './look-at-tags.ts';
import { temporaryTagName } from './order-renames.ts';
import { inStep, planTagChanges, type TagPlan, type TagRename } from './plan-tag-changes.ts';
import { foldTag, MARKER_TAG } from './tag.ts';
import { newBinding, type TagBinding } from './tag-binding.ts';

const MAX = 100;

/** Tags that were one on both sides: key, id and slot by their number, the name both sides had. */
const bindingsOf = (...names: readonly string[]): TagBinding[] =>
  names.map((name, index) =>
    newBinding({ key: `k${index}`, label: name }, { id: String(index), name }, `slot ${index}`),
  );

/** Both sides now, by the same numbers; numbers from 100 on are tags that are bound to nothing. */
function sidesOf(
  bindings: readonly TagBinding[],
  crm: readonly string[],
  provider: readonly string[],
  foreign: { crm?: readonly string[]; provider?: readonly string[] } = {},
): TagSides {
  const keyed = (label: string, index: number) => ({ key: `k${index}`, label });
  const named = (name: string, index: number) => ({ id: String(index), name });
  return {
    bindings,
    crm: [...crm.map(keyed), ...(foreign.crm ?? []).map((label, index) => keyed(label, index + 100))],
    provider: [...provider.map(named), ...(foreign.provider ?? []).map((name, index) => named(name, index + 100))],
  };
}

const steps = ({ renames }: TagPlan) => renames.map(({ side, from, to }) => `${side}: ${from} → ${to}`);

const A = bindingsOf('A');
const AB = bindingsOf('A', 'B');

test.each<[string, TagSides, string[]]>([
  ['nothing changed', sidesOf(A, ['A'], ['A']), []],
  ['renamed in the CRM', sidesOf(A, ['N'], ['A']), ['provider: A → N']],
  ['renamed at the provider', sidesOf(A, ['A'], ['N']), ['crm: A → N']],
  ['renamed on both sides, the CRM’s name wins', sidesOf(A, ['N'], ['M']), ['provider: M → N']],
  ['renamed on both sides to one name', sidesOf(A, ['N'], ['n']), ['provider: n → N']],
  ['renamed on both sides alike', sidesOf(A, ['N'], ['N']), []],
  ['another case', sidesOf(A, ['a'], ['A']), ['provider: A → a']],
  ['blanks and composed letters are no new name', sidesOf(bindingsOf('é'), [' e\u0301'], ['é']), []],
  [
    'a longer name than the provider keeps is cut',
    sidesOf(A, ['N'.repeat(120)], ['A']),
    [`provider: A → ${'N'.repeat(MAX)}`],
  ],
  ['both renamed, each on another side', sidesOf(AB, ['N', 'B'], ['A', 'M']), ['provider: A → N', 'crm: B → M']],
  [
    'swapped in the CRM',
    sidesOf(AB, ['B', 'A'], ['A', 'B']),
    ['provider: A → onoffice: 0', 'provider: B → A', 'provider: onoffice: 0 → B'],
  ],
  [
    'swapped at the provider',
    sidesOf(AB, ['A', 'B'], ['B', 'A']),
    ['crm: A → onoffice: k0', 'crm: B → A', 'crm: onoffice: k0 → B'],
  ],
  ['swapped on both sides', sidesOf(AB, ['B', 'A'], ['B', 'A']), []],
  [
    'one takes the name the other gives up',
    sidesOf(AB, ['B', 'C'], ['A', 'B']),
    ['provider: B → C', 'provider: A → B'],
  ],
  [
    'an exchange at the provider that was broken off',
    sidesOf(AB, ['B', 'A'], [temporaryTagName('0'), 'A']),
    ['provider: onoffice: 0 → B'],
  ],
  [
    'an exchange in the CRM that was broken off',
    sidesOf(AB, [temporaryTagName('k0'), 'B'], ['B', 'A']),
    ['crm: B → A', 'crm: onoffice: k0 → B'],
  ],
  [
    'an exchange that nobody wants any more',
    sidesOf(AB, ['A', 'B'], [temporaryTagName('0'), 'B']),
    ['provider: onoffice: 0 → A'],
  ],
  [
    'the marker’s other name is taken back',
    sidesOf(markerWas(), [], ['Rundbrief']),
    ['provider: Rundbrief → onoffice'],
  ],
  ['unless another tag has it by now', sidesOf(markerWas(), [], ['Rundbrief'], { provider: ['OnOffice'] }), []],
])('R11: %s', (_, sides, expected) => {
  const plan = planTagChanges(sides, MAX);
  expect(steps(plan)).toEqual(expected);
  expect(plan.questions).toEqual([]);
});

function markerWas(): TagBinding[] {
  return bindingsOf(MARKER_TAG).map((binding) => ({ ...binding, state: 'marker', crmKey: undefined }));
}

test.each<[string, TagSides, string[], { name: string; wanted: string }]>([
  ['a foreign tag at the provider', sidesOf(A, ['N'], ['A'], { provider: ['n'] }), [], { name: 'A', wanted: 'N' }],
  ['a foreign tag in the CRM', sidesOf(A, ['A'], ['N'], { crm: ['n'] }), [], { name: 'A', wanted: 'N' }],
  ['the marker', sidesOf(A, ['OnOffice'], ['A']), [], { name: 'A', wanted: 'OnOffice' }],
  ['a tag that keeps it', sidesOf(AB, ['B', 'B'], ['A', 'B']), [], { name: 'A', wanted: 'B' }],
  [
    'a tag that may not give it up either',
    sidesOf(AB, ['B', 'N'], ['A', 'B'], { provider: ['N'] }),
    [],
    { name: 'A', wanted: 'B' },
  ],
  [
    'another tag that wants it, too: the first has it',
    sidesOf(AB, ['N', 'N'], ['A', 'B']),
    ['provider: A → N'],
    { name: 'B', wanted: 'N' },
  ],
])('R11: a name taken by %s is asked about, not taken', (_, sides, expected, asked) => {
  const plan = planTagChanges(sides, MAX);
  expect(steps(plan)).toEqual(expected);
  expect(plan.questions).toContainEqual({ question: 'name-taken', ...asked });
  // It is asked once, and carried over by itself when the name is free.
  expect(planTagChanges({ ...sides, bindings: plan.bindings }, MAX).questions).toEqual([]);
});

test('R11: a taken name that becomes free is carried over, and nobody is asked any more', () => {
  const taken = planTagChanges(sidesOf(A, ['N'], ['A'], { provider: ['N'] }), MAX);
  const free = planTagChanges(sidesOf(taken.bindings, ['N'], ['A'], { provider: ['M'] }), MAX);
  expect(steps(free)).toEqual(['provider: A → N']);
  expect(free.bindings[0]?.question).toBeUndefined();
});

test('R11: two names that a person lets stand are no renames any more', () => {
  const sides = sidesOf(A, ['N'], ['A'], { provider: ['N'] });
  const taken = planTagChanges(sides, MAX).bindings.map((binding) => ({ ...binding, answer: 'keep' as const }));
  const kept = planTagChanges({ ...sides, bindings: taken }, MAX);
  expect(kept.bindings[0]).toMatchObject({ crmName: 'N', providerName: 'A', question: undefined, answer: undefined });
  expect(steps(planTagChanges(sidesOf(kept.bindings, ['N'], ['A']), MAX))).toEqual([]);
});

test('R11: a rename that was refused is not tried again; a new one is', () => {
  const [binding] = planTagChanges(sidesOf(A, ['A'], ['N']), MAX).bindings;
  const refused = binding ? [inStep(binding, 'A')] : [];
  expect(steps(planTagChanges(sidesOf(refused, ['A'], ['N']), MAX))).toEqual([]);
  expect(steps(planTagChanges(sidesOf(refused, ['A'], ['M']), MAX))).toEqual(['crm: A → M']);
});

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'];
const anyName = fc.constantFrom(...NAMES, 'b', 'N', 'M', MARKER_TAG);

/** Up to four bound tags with any names now, at the provider all different, and foreign tags on both sides. */
const anySides: fc.Arbitrary<TagSides> = fc.integer({ min: 1, max: 4 }).chain((count) =>
  fc
    .record({
      crm: fc.array(anyName, { minLength: count, maxLength: count }),
      provider: fc.uniqueArray(anyName, { minLength: count, maxLength: count + 2, selector: foldTag }),
      foreign: fc.array(anyName, { maxLength: 2 }),
    })
    .map(({ crm, provider, foreign }) =>
      sidesOf(bindingsOf(...NAMES.slice(0, count)), crm, provider.slice(0, count), {
        crm: foreign,
        provider: provider.slice(count),
      }),
    ),
);

/** Carries out one rename at two sides that accept everything but a name twice at the provider. */
function renamed({ crm, provider, bindings }: TagSides, { side, id, to }: TagRename): TagSides {
  if (side === 'crm') {
    return { crm: crm.map((tag) => (tag.key === id ? { ...tag, label: to } : tag)), provider, bindings };
  }
  const others = provider.filter((tag) => tag.id !== id).map(({ name }) => foldTag(name));
  expect(others, 'no two tags ever have one name').not.toContain(foldTag(to));
  return { crm, provider: provider.map((tag) => (tag.id === id ? { ...tag, name: to } : tag)), bindings };
}

/** Compares and carries out until nothing is left; a worker that dies after so many renames has stored no binding since. */
function aligned(start: TagSides, diesAfter: number | undefined): { sides: TagSides; plan: TagPlan } {
  let sides = start;
  const first = planTagChanges(sides, MAX);
  for (const rename of first.renames.slice(0, diesAfter)) sides = renamed(sides, rename);
  if (diesAfter === undefined) sides = { ...sides, bindings: settled(first, sides) };
  const second = planTagChanges(sides, MAX);
  for (const rename of second.renames) sides = renamed(sides, rename);
  sides = { ...sides, bindings: settled(second, sides) };
  return { sides, plan: planTagChanges(sides, MAX) };
}

function settled({ bindings, renames }: TagPlan, { crm, provider }: TagSides): TagBinding[] {
  const slots = new Set(renames.map(({ slot }) => slot));
  return bindings.map((binding) => {
    const name = provider.find(({ id }) => id === binding.providerId)?.name ?? binding.name;
    const label = crm.find(({ key }) => key === binding.crmKey)?.label ?? binding.crmName;
    return slots.has(binding.slot) && binding.state === 'bound' ? inStep({ ...binding, name }, label) : binding;
  });
}

const namesOf = ({ crm, provider }: TagSides) => ({
  crm: crm.map(({ label }) => label),
  provider: provider.map(({ name }) => name),
});

test('R11: renames end with one name on both sides or a question; foreign tags and who is bound to whom stay', () => {
  fc.assert(
    fc.property(anySides, (start) => {
      const { sides, plan } = aligned(start, undefined);
      expect(plan.renames).toEqual([]);
      for (const binding of plan.bindings) {
        if (binding.state !== 'bound' || binding.question !== undefined) continue;
        const label = sides.crm.find(({ key }) => key === binding.crmKey)?.label ?? '';
        const name = sides.provider.find(({ id }) => id === binding.providerId)?.name ?? '';
        expect(foldTag(name), binding.slot).toBe(foldTag(label));
      }
      const isForeign = ({ id }: { id: string }) => Number(id) >= 100;
      expect(sides.provider.filter(isForeign)).toEqual(start.provider.filter(isForeign));
      // Whoever is still bound is bound to the same; a tag that got the marker's name is gone as a tag.
      for (const binding of start.bindings) {
        const after = plan.bindings.find(({ slot }) => slot === binding.slot);
        if (after?.state === 'bound')
          expect(after).toMatchObject({ crmKey: binding.crmKey, providerId: binding.providerId });
      }
    }),
    { numRuns: 3_000 },
  );
});

test('R11, F5: broken off after any rename and begun again, it ends with the same names', () => {
  fc.assert(
    fc.property(anySides, fc.nat(6), (start, diesAfter) => {
      expect(namesOf(aligned(start, diesAfter).sides)).toEqual(namesOf(aligned(start, undefined).sides));
    }),
    { numRuns: 3_000 },
  );
});
