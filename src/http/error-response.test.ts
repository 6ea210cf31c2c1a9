import { expect, test } from 'vitest';
import { ProviderError, type ProviderErrorKind, UserError } from '../core/errors.ts';
import { ErrorAnswer } from './api/shared.ts';
import { errorResponse } from './error-response.ts';

const PROVIDER: readonly [ProviderErrorKind, number, boolean][] = [
  ['auth', 422, false],
  ['forbidden', 422, false],
  ['misconfigured', 422, false],
  ['rejected', 422, false],
  ['not_found', 422, false],
  ['rate_limited', 503, true],
  ['unavailable', 503, true],
  ['unexpected_response', 502, true],
];

test.each(PROVIDER)(
  'an outside system’s "%s" is %i, with its status page only where it fails itself: %s',
  (kind, status, page) => {
    for (const system of ['mailchimp', 'onoffice', 'brevo'] as const) {
      const { body, ...answer } = errorResponse(
        new ProviderError({ system, kind, code: `${system}.x`, words: 'Feld' }),
      );
      expect(answer).toEqual({ status, isOurs: false });
      expect(body.error).toMatchObject({ code: `${system}.x`, params: { words: 'Feld' } });
      expect(body.error.statusPage !== undefined).toBe(page);
      expect(ErrorAnswer.parse(body)).toEqual(body);
    }
  },
);

test('what a person can put right keeps its status, field and parameters', () => {
  const error = new UserError({ code: 'input.invalid', field: 'name', params: { field: 'name' } });
  expect(errorResponse(error)).toEqual({
    status: 400,
    isOurs: false,
    body: {
      error: {
        code: 'input.invalid',
        message: 'This entry cannot be used: name.',
        field: 'name',
        params: { field: 'name' },
      },
    },
  });
});

test.each([
  [413, 'input.too_large'],
  [415, 'input.invalid'],
  [429, 'session.rate_limited'],
])('the framework’s %i is %s', (statusCode, code) => {
  const { status, body } = errorResponse(Object.assign(new Error('internal words'), { statusCode }));
  expect([status, body.error.code, body.error.message.includes('internal words')]).toEqual([statusCode, code, false]);
});

test.each([new Error('select * from secrets'), 'text', undefined, Object.assign(new Error('x'), { statusCode: 500 })])(
  'everything else is our bug and says nothing: %s',
  (error) => {
    expect(errorResponse(error)).toEqual({
      status: 500,
      isOurs: true,
      body: { error: { code: 'internal', message: expect.any(String), params: {} } },
    });
    expect(JSON.stringify(errorResponse(error).body)).not.toContain('select');
  },
);
