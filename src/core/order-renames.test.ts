import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderRenames, type RenameStep, temporaryTagName, type WantedName } from './order-renames.ts';
import { foldTag } from './tag.ts';

const wanted = (...names: readonly (readonly [string, string])[]): WantedName[] =>
  names.map(([now, want], index) => ({ id: String(index + 1), now, want }));

const told = (steps: readonly RenameStep[]) => steps.map(({ from, to }) => `${from} → ${to}`);

test.each<[string, WantedName[], string[]]>([
  ['nothing to do', wanted(['A', 'A']), []],
  ['one new name', wanted(['A', 'B']), ['A → B']],
  ['another case of its own name', wanted(['A', 'a']), ['A → a']],
  ['who takes a name comes after the one who gives it up', wanted(['A', 'B'], ['B', 'C']), ['B → C', 'A → B']],
  ['a swap', wanted(['A', 'B'], ['B', 'A']), ['A → onoffice: 1', 'B → A', 'onoffice: 1 → B']],
  ['a swap but for the case', wanted(['A', 'b'], ['B', 'a']), ['A → onoffice: 1', 'B → a', 'onoffice: 1 → b']],
  [
    'a circle of three',
    wanted(['A', 'B'], ['B', 'C'], ['C', 'A']),
    ['A → onoffice: 1', 'C → A', 'B → C', 'onoffice: 1 → B'],
  ],
  [
    'an exchange that was broken off goes on',
    wanted([temporaryTagName('1'), 'B'], ['B', 'A']),
    ['B → A', 'onoffice: 1 → B'],
  ],
])('R11: %s', (_, tags, expected) => {
  expect(told(orderRenames(tags))).toEqual(expected);
});

/** Tags that exchange some names among themselves and take others that nobody has; case differs now and then. */
const exchanges: fc.Arbitrary<WantedName[]> = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { minLength: 1 })
  .chain((names) =>
    fc
      .tuple(
        fc.shuffledSubarray([...names, 'x', 'y', 'z'], { minLength: names.length, maxLength: names.length }),
        fc.array(fc.boolean(), { minLength: names.length, maxLength: names.length }),
      )
      .map(([wants, isCapital]) =>
        names.map((now, index) => {
          const want = wants[index] ?? '';
          return { id: String(index), now, want: isCapital[index] ? want.toUpperCase() : want };
        }),
      ),
  );

test('R11: every tag gets its name, no two ever have one, and only circles take a detour', () => {
  fc.assert(
    fc.property(exchanges, (tags) => {
      const names = new Map(tags.map(({ id, now }) => [id, now]));
      const steps = orderRenames(tags);
      for (const { id, from, to } of steps) {
        expect(names.get(id)).toBe(from);
        const others = [...names].filter(([other]) => other !== id).map(([, name]) => foldTag(name));
        expect(others).not.toContain(foldTag(to));
        names.set(id, to);
      }
      for (const { id, want } of tags) expect(names.get(id)).toBe(want);
      const detours = steps.filter(({ id, to }) => to === temporaryTagName(id)).length;
      expect(detours).toBe(circlesOf(tags));
      expect(steps).toHaveLength(tags.filter(({ now, want }) => now !== want).length + detours);
    }),
    { numRuns: 2_000 },
  );
});

/** How many circles of two and more the exchange has: counted by following the names, unlike it is carried out. */
function circlesOf(tags: readonly WantedName[]): number {
  const next = new Map(tags.map(({ now, want }) => [foldTag(now), foldTag(want)]));
  const circles = new Set<string>();
  for (const start of next.keys()) {
    const path = [start];
    for (let name = next.get(start); name !== undefined && !path.includes(name); name = next.get(name)) path.push(name);
    const isClosed = next.get(path.at(-1) ?? '') === start;
    if (isClosed && path.length > 1) circles.add(path.sort().join());
  }
  return circles.size;
}
