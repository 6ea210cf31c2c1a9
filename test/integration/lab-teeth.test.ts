import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { DEFECTS } from '../../lab/defects.ts';
import { simulate } from '../support/simulate.ts';

/**
 * Defects, and among which histories one has to notice them. The others are looked for by the command alone, as that takes
 * longer (docs/simulation-lab.md says how many histories each needs).
 */
const NOTICED = [
  { name: 'nothing-stops-a-raise', from: 26, seeds: 30 },
  { name: 'our-own-no-is-taken-for-a-persons', from: 26, seeds: 30 },
];

const stopped = new AbortController();
afterAll(() => stopped.abort());

test.each(DEFECTS)('$name can be planted: what it replaces stands once in its file', ({ file, find, replace }) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  expect(source.split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
});

test.each(NOTICED)('the lab has teeth: $name is noticed', { timeout: 300_000 }, async ({ name, from, seeds }) => {
  const words = ['--defect', name, '--from', `${from}`, '--seeds', `${seeds}`, '--shrink', 'no'];
  const { code, said } = await simulate(words, stopped.signal);
  expect(said).toMatch(new RegExp(`^${name}: found by history \\d+$`, 'm'));
  expect(code).toBe(0);
});
