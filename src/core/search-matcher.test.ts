import { expect, test } from 'vitest';
import { searchMatcher } from './search-matcher.ts';

test.each<[string, boolean]>([
  ['', true],
  ['  ', true],
  ['anna', true],
  ['ANNA müller', true],
  ['muller', true],
  ['Mül Anna', true],
  ['mu\u0308ller', true],
  ['strasse', true],
  ['anna.mueller@', false],
  ['anna@straße', true],
  ['anna berta', false],
  ['%', false],
])('%s finds Anna Müller: %s', (search, isFound) => {
  expect(searchMatcher(search)(['Anna Müller', 'anna@straße.de'])).toBe(isFound);
});
