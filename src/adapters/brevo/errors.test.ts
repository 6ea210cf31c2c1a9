import { expect, test } from 'vitest';
import { ProviderError } from '../../core/errors.ts';
import { BREVO_ERROR_CODES, errorFromAnswer, isNotFound, refusalFromError, withMeaning } from './errors.ts';

const EMAIL = 'anna.muster@immo-test.de';
const write = { isRead: false, namesOnlyAudience: false, secrets: [] };
const answer = (status: number, text: string, headers: Record<string, string> = {}) => ({
  status,
  text,
  headers: new Headers(headers),
});
const problem = (status: number, code?: string, message = '', more: object = {}) =>
  answer(status, JSON.stringify({ ...(code === undefined ? {} : { code }), message, ...more }));
const DUPLICATE = { metadata: { duplicate_identifiers: ['email'] } };
const IP = 'We have detected you are using an unrecognised IP address 203.0.113.10. Add it: https://app.brevo.com/x';

test.each([
  [401, 'unauthorized', 'Key not found', {}, 'auth', 'key_invalid'],
  [401, 'unauthorized', 'API Key is not enabled', {}, 'auth', 'key_invalid'],
  [401, 'unauthorized', 'authentication not found in headers', {}, 'auth', 'key_missing'],
  [401, 'unauthorized', IP, {}, 'misconfigured', 'ip_blocked'],
  [401, undefined, 'You do not have the required permissions', {}, 'forbidden', 'no_permission'],
  [401, undefined, '', {}, 'forbidden', 'no_permission'],
  [403, 'permission_denied', '', {}, 'forbidden', 'no_permission'],
  [403, 'account_under_validation', '', {}, 'forbidden', 'account_under_validation'],
  [402, 'not_enough_credits', '', {}, 'rejected', 'plan_limit'],
  [400, 'not_enough_credits', '', {}, 'rejected', 'plan_limit'],
  [400, 'duplicate_parameter', 'email is already associated', DUPLICATE, 'rejected', 'contact_exists'],
  [400, 'invalid_parameter', 'Unable to create contact', DUPLICATE, 'rejected', 'contact_exists'],
  [400, 'duplicate_parameter', 'Contact already exist', {}, 'rejected', 'contact_exists'],
  [400, 'invalid_parameter', 'Invalid email address', {}, 'rejected', 'invalid_email'],
  [400, 'invalid_parameter', 'email is not valid in body', {}, 'rejected', 'invalid_email'],
  [400, 'invalid_parameter', 'could not find any valid email or SMS', {}, 'rejected', 'invalid_email'],
  [400, 'Contact email not found', 'a free text for a code', {}, 'rejected', 'rejected'],
  [400, 'document_not_found', 'Webhook not found', {}, 'not_found', 'not_found'],
  [400, 'account_in_process', '', {}, 'unavailable', 'import_running'],
  [404, 'document_not_found', 'Contact does not exist', {}, 'not_found', 'not_found'],
  [405, 'method_not_allowed', '', {}, 'rejected', 'method_not_allowed'],
  [408, undefined, '', {}, 'unavailable', 'unavailable'],
  [425, 'invalid_parameter', '', {}, 'unavailable', 'contact_busy'],
  [429, 'too_many_requests', '', {}, 'rate_limited', 'rate_limited'],
  [500, 'internal', '', {}, 'unavailable', 'unavailable'],
  [418, 'teapot', '', {}, 'unexpected_response', 'unexpected_response'],
] as const)('%i %s "%s" %j is %s, %s', (status, code, message, more, kind, expected) => {
  const error = errorFromAnswer(problem(status, code, message, more), write);
  expect([error.kind, error.code, error.status]).toEqual([kind, `brevo.${expected}`, status]);
  expect(BREVO_ERROR_CODES).toContain(error.code);
});

test.each([502, 503, 524])('HTML of the gateway with %i leaves open whether a write was carried out', (status) => {
  const html = answer(status, '<!DOCTYPE html><html><title>A timeout occurred</title></html>');
  expect(errorFromAnswer(html, write)).toMatchObject({ kind: 'unavailable', mayHaveHappened: true });
  expect(errorFromAnswer(html, { ...write, isRead: true }).mayHaveHappened).toBe(false);
});

test('HTML with 400 is not a refusal', () => {
  expect(errorFromAnswer(answer(400, '<html></html>'), write).kind).toBe('unexpected_response');
});

test('a 404 of a call that names the list alone means the list', () => {
  const error = errorFromAnswer(problem(404, 'document_not_found'), { ...write, namesOnlyAudience: true });
  expect(error.code).toBe('brevo.audience_gone');
  expect(isNotFound(error)).toBe(false);
});

test('a 429 waits for the seconds that the meter names, a 400 does not', () => {
  const headers = { 'x-sib-ratelimit-reset': '17', 'sib-request-id': 'abc' };
  expect(errorFromAnswer(answer(429, '', headers), write)).toMatchObject({ retryAfterMs: 17_000, requestId: 'abc' });
  expect(errorFromAnswer(answer(400, '{}', headers), write).retryAfterMs).toBeUndefined();
  expect(errorFromAnswer(answer(429, ''), write).retryAfterMs).toBeUndefined();
});

test('the blocked address is named, e-mail addresses and keys are not', () => {
  expect(errorFromAnswer(problem(401, 'unauthorized', IP), write).words).toContain('203.0.113.10');
  const key = `xkeysib-${'0123456789abcdef'.repeat(4)}-AbCd`;
  const { words } = errorFromAnswer(problem(400, 'bad_request', `${EMAIL} and ${key}`), write);
  expect(words).not.toContain(EMAIL);
  expect(words).not.toContain('0123456789abcdef');
});

test('refusals become reasons', () => {
  const refusal = (status: number, ...rest: [string, string?, object?]) =>
    refusalFromError(errorFromAnswer(problem(status, ...rest), write));
  expect(refusal(400, 'duplicate_parameter', '', DUPLICATE)?.reason).toBe('exists');
  expect(refusal(400, 'invalid_parameter', 'Invalid email address')).toMatchObject({
    reason: 'invalid_email',
    isPermanent: true,
  });
  expect(refusal(402, 'not_enough_credits')?.reason).toBe('plan_limit');
  expect(refusal(400, 'bad_request')).toMatchObject({ reason: 'rejected_by_provider', isPermanent: false });
  expect(refusal(401, 'unauthorized')).toBeUndefined();
  expect(refusalFromError(new Error('ours'))).toBeUndefined();
});

test('a failure gets the meaning that only the caller knows', async () => {
  const failing = Promise.reject(errorFromAnswer(problem(400, 'bad_request', 'no'), write));
  const exact = { rejected: { kind: 'misconfigured', code: 'brevo.field_refused' } } as const;
  await expect(withMeaning(failing, exact)).rejects.toMatchObject({ code: 'brevo.field_refused', words: 'no' });
  const gone = new ProviderError({ system: 'brevo', kind: 'rejected', code: 'brevo.audience_gone' });
  await expect(withMeaning(Promise.reject(gone), exact)).rejects.toBe(gone);
});
