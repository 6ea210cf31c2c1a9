import { expect, test } from 'vitest';
import { personAddress, personOf } from './person-address.ts';

test.each([
  '10501',
  'ada@example.org',
  'a+b&c=d$e@example.org',
  'o/r?g#x@example.org',
  '50%41@example.org',
  'größe@büro.de',
])('%s is found again in the address of its page', (person) => {
  const [, , connectionId, , parameter = ''] = decodeURI(personAddress('c1', person)).split('/');
  expect([connectionId, personOf(parameter)]).toEqual(['c1', person]);
});

test('an address that somebody wrote is taken as well', () => {
  expect(personOf('ada%40example.org')).toBe('ada@example.org');
  expect(personOf('100%@example.org')).toBe('100%@example.org');
});
