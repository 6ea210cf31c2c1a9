import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseJson } from './parse-json.ts';
import { parseRetryAfter } from './retry-after.ts';

const schema = z.object({ id: z.string(), count: z.number().catch(0) });
const answer = (text: string) => ({ status: 200, headers: new Headers(), text });

test('a body of the right shape is read, unknown members are dropped', () => {
  expect(parseJson(answer('{"id":"a","count":"x","more":1}'), schema, 'brevo')).toEqual({ id: 'a', count: 0 });
});

test.each([
  ['HTML', '<html>busy</html>', 'not JSON, 17 characters'],
  ['nothing', '', 'empty body'],
  ['half of it', '{"id":"a","cou', 'not JSON, 14 characters'],
  ['another shape', '{"id":5}', 'id: invalid_type'],
])('%s is an unexpected response and is not quoted', (_name, text, words) => {
  expect(() => parseJson(answer(text), schema, 'brevo')).toThrow(
    expect.objectContaining({ kind: 'unexpected_response', code: 'brevo.unexpected_response', status: 200, words }),
  );
});

test('Retry-After is read as seconds or as a date', () => {
  const clock = { now: () => Date.parse('2026-01-05T09:00:00Z') };
  expect(parseRetryAfter('7', clock)).toBe(7_000);
  expect(parseRetryAfter('Mon, 05 Jan 2026 09:01:00 GMT', clock)).toBe(60_000);
  expect(parseRetryAfter('Mon, 05 Jan 2026 08:00:00 GMT', clock)).toBe(0);
  expect(parseRetryAfter('soon', clock)).toBeUndefined();
  expect(parseRetryAfter(null, clock)).toBeUndefined();
});
