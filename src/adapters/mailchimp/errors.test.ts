import { expect, test } from 'vitest';
import { ProviderError } from '../../core/errors.ts';
import {
  errorFromAnswer,
  isTagAlreadyRight,
  MAILCHIMP_ERROR_CODES,
  refusalFromError,
  refusalFromWords,
  withMeaning,
} from './errors.ts';

const EMAIL = 'anna.muster@immo-test.de';
const write = { isRead: false, namesOnlyAudience: false, secrets: [] };
const answer = (status: number, text: string, headers: Record<string, string> = {}) => ({
  status,
  text,
  headers: new Headers(headers),
});
const problem = (status: number, title: string, detail = '', more: object = {}) =>
  answer(status, JSON.stringify({ title, status, detail, instance: 'c0ffee00-0000-4000-a000-000000000001', ...more }));

// The table of problem documents, as far as they are known.
test.each([
  [400, 'Bad Request', '', 'rejected', 'rejected'],
  [400, 'Invalid Resource', 'Please provide a valid email address.', 'rejected', 'invalid_email'],
  [
    400,
    'Invalid Resource',
    `${EMAIL} looks fake or invalid, please enter a real email address.`,
    'rejected',
    'invalid_email',
  ],
  [
    400,
    'Invalid Resource',
    `${EMAIL} has signed up to a lot of lists very recently; we're not allowing more signups for now`,
    'rejected',
    'signup_limit',
  ],
  [400, 'Invalid Resource', 'Your merge fields were invalid.', 'rejected', 'merge_fields_invalid'],
  [
    400,
    'Invalid Resource',
    "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
    'rejected',
    'rejected',
  ],
  [400, 'Invalid Action', 'The action requested was not valid for this resource.', 'rejected', 'rejected'],
  [400, 'JSON Parse Exception', '', 'unexpected_response', 'unexpected_response'],
  [
    400,
    'Member Exists',
    `${EMAIL} is already a list member. Use PUT to insert or update list members.`,
    'rejected',
    'member_exists',
  ],
  [
    400,
    'Member In Compliance State',
    `${EMAIL} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
    'rejected',
    'compliance',
  ],
  [
    400,
    'Member In Compliance State',
    `${EMAIL} is already a list member in compliance state due to unsubscribe, bounce, or compliance review.`,
    'rejected',
    'compliance',
  ],
  [
    400,
    'Forgotten Email Not Subscribed',
    `${EMAIL} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
    'rejected',
    'permanently_deleted',
  ],
  [400, 'Account Export in Progress', '', 'rejected', 'rejected'],
  [
    401,
    'API Key Invalid',
    "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
    'auth',
    'key_invalid',
  ],
  [401, 'API Key Missing', '', 'auth', 'key_invalid'],
  [403, 'Forbidden', 'You are not permitted to access this resource.', 'forbidden', 'forbidden'],
  [403, 'Forbidden', "The API key provided is linked to datacenter 'us6'", 'auth', 'wrong_data_center'],
  [403, 'User Disabled', 'This account has been deactivated.', 'auth', 'account_disabled'],
  [403, 'User action not permitted', 'User does not have access to the requested operation', 'forbidden', 'forbidden'],
  [403, 'Authorization Failure', 'User does not have access to the requested operation', 'forbidden', 'forbidden'],
  [403, 'Forbidden', 'Your account has reached the contact limit of its plan.', 'rejected', 'plan_limit'],
  [404, 'Resource Not Found', 'The requested resource could not be found.', 'not_found', 'not_found'],
  [405, 'Method Not Allowed', 'This list member cannot be removed.', 'rejected', 'method_not_allowed'],
  [408, '', '', 'unavailable', 'unavailable'],
  [414, 'Resource Nesting Too Deep', '', 'unexpected_response', 'unexpected_response'],
  [422, 'InvalidMethodOverride', '', 'unexpected_response', 'unexpected_response'],
  [426, 'Unknown', '', 'misconfigured', 'https_required'],
  [
    429,
    'TooManyRequests',
    'You have exceeded the limit of 10 simultaneous connections.',
    'rate_limited',
    'rate_limited',
  ],
  [429, 'TooManyRequests', 'You have more than 500 pending webhooks.', 'rate_limited', 'rate_limited'],
  [500, 'InternalServerError', 'A deep, internal error has occurred.', 'unavailable', 'unavailable'],
  [503, '', '', 'unavailable', 'unavailable'],
] as const)('%i %s: %s', (status, title, detail, kind, code) => {
  const error = errorFromAnswer(problem(status, title, detail), write);
  expect([error.kind, error.code, error.status]).toEqual([kind, `mailchimp.${code}`, status]);
  expect(error.words).not.toContain(EMAIL);
  expect(MAILCHIMP_ERROR_CODES).toContain(error.code);
});

test.each(['', '<html>Forbidden</html>', '{}', '[]', '"busy"'])(
  '403 without a document (%s) is too many calls',
  (text) => {
    const error = errorFromAnswer(answer(403, text), write);
    expect([error.kind, error.mayHaveHappened]).toEqual(['rate_limited', false]);
  },
);

test('429 needs no document', () => {
  expect(errorFromAnswer(answer(429, ''), write).kind).toBe('rate_limited');
});

test('502 with HTML is passing, and a write may have happened', () => {
  const html = answer(502, '<html><h1>502 Bad Gateway</h1></html>');
  expect(errorFromAnswer(html, write)).toMatchObject({ kind: 'unavailable', mayHaveHappened: true, words: '' });
  expect(errorFromAnswer(html, { ...write, isRead: true }).mayHaveHappened).toBe(false);
});

test('a refusal was not carried out', () => {
  expect(errorFromAnswer(problem(400, 'Member Exists'), write).mayHaveHappened).toBe(false);
});

test('404 for what only names an audience means the audience', () => {
  const error = errorFromAnswer(problem(404, 'Resource Not Found'), { ...write, namesOnlyAudience: true });
  expect(error.code).toBe('mailchimp.audience_gone');
});

test('fields, request id and no key are in the error', () => {
  const key = '0123456789abcdef0123456789abcdef-us21';
  const merge = problem(400, 'Invalid Resource', `Your merge fields were invalid. ${key}`, {
    errors: [{ field: 'LTV', message: 'Please enter a number' }],
  });
  const error = errorFromAnswer(merge, { ...write, secrets: [key] });
  expect(error.words).toBe('Your merge fields were invalid. [key] LTV: Please enter a number');
  expect(error.requestId).toBe('c0ffee00-0000-4000-a000-000000000001');
  expect(JSON.stringify(error)).not.toContain('0123456789abcdef');
});

test.each([
  [`${EMAIL} is in a compliance state due to unsubscribe`, 'compliance', true],
  [`${EMAIL} was permanently deleted and cannot be re-imported.`, 'permanently_deleted', true],
  [`${EMAIL} looks fake or invalid, please enter a real email address.`, 'invalid_email', true],
  ['Please provide a valid email address.', 'invalid_email', true],
  [`${EMAIL} has signed up to a lot of lists very recently`, 'rejected_by_provider', false],
  ['Your merge fields were invalid.', 'rejected_by_provider', true],
  ['Value must be one of: m, w,  (not z)', 'rejected_by_provider', true],
  ['Your account has reached the contact limit of its plan.', 'plan_limit', false],
  [`${EMAIL} is already a list member, do you want to update?`, 'exists', false],
  ['Something new', 'rejected_by_provider', false],
] as const)('a record refused with "%s"', (words, reason, isPermanent) => {
  expect(refusalFromWords(words)).toMatchObject({ reason, isPermanent });
});

test('only a refused record is a refusal', () => {
  const error = (kind: 'rejected' | 'auth', code: string) => new ProviderError({ system: 'mailchimp', kind, code });
  expect(refusalFromError(error('rejected', 'mailchimp.compliance'))).toMatchObject({ reason: 'compliance' });
  expect(refusalFromError(error('rejected', 'mailchimp.rejected'))).toMatchObject({ isPermanent: false });
  expect(refusalFromError(error('auth', 'mailchimp.key_invalid'))).toBeUndefined();
  expect(refusalFromError(new Error('bug'))).toBeUndefined();
});

test('a missing audience keeps its meaning', async () => {
  const gone = new ProviderError({ system: 'mailchimp', kind: 'not_found', code: 'mailchimp.audience_gone' });
  const exact = { not_found: { kind: 'not_found', code: 'mailchimp.tag_gone' } } as const;
  await expect(withMeaning(Promise.reject(gone), exact)).rejects.toBe(gone);
});

test('what is right already is no refused tag', () => {
  expect(isTagAlreadyRight('Email addresses are already members of this segment', 'add')).toBe(true);
  expect(isTagAlreadyRight('None of the emails provided were subscribed to the list', 'add')).toBe(false);
  expect(isTagAlreadyRight('Email addresses are not members of this segment', 'remove')).toBe(true);
  expect(isTagAlreadyRight('Email addresses do not exist on the list', 'remove')).toBe(true);
});
