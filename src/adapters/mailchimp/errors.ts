import { z } from 'zod';
import { ProviderError, type ProviderErrorKind } from '../../core/errors.ts';
import type { RefusalReason } from '../../core/mailing-provider.ts';
import type { HttpAnswer } from '../http/http-call.ts';
import { readJson } from '../http/parse-json.ts';
import { redact } from '../http/redact.ts';

/** Every code that this adapter's errors carry; each has a text in the page's dictionaries. */
export const MAILCHIMP_ERROR_CODES = [
  'mailchimp.key_malformed',
  'mailchimp.key_invalid',
  'mailchimp.wrong_data_center',
  'mailchimp.account_disabled',
  'mailchimp.forbidden',
  'mailchimp.no_room_for_audience',
  'mailchimp.audience_refused',
  'mailchimp.audience_gone',
  'mailchimp.field_refused',
  'mailchimp.tag_gone',
  'mailchimp.tag_refused',
  'mailchimp.plan_limit',
  'mailchimp.compliance',
  'mailchimp.permanently_deleted',
  'mailchimp.invalid_email',
  'mailchimp.signup_limit',
  'mailchimp.merge_fields_invalid',
  'mailchimp.member_exists',
  'mailchimp.rejected',
  'mailchimp.not_found',
  'mailchimp.method_not_allowed',
  'mailchimp.https_required',
  'mailchimp.rate_limited',
  'mailchimp.unavailable',
  'mailchimp.unexpected_response',
] as const;
export type MailchimpErrorCode = (typeof MAILCHIMP_ERROR_CODES)[number];

/** What an answer means. */
export type Meaning = { kind: ProviderErrorKind; code: MailchimpErrorCode };

/** What a refused record means for the contact (section 7). `exists`: nothing was refused, the address is a member. */
export type Refusal = { code: MailchimpErrorCode; reason: RefusalReason | 'exists'; isPermanent: boolean };

/** `type` and `instance` are missing in practice for several titles; nothing of the document is required. */
const Problem = z.object({
  title: z.string().catch(''),
  detail: z.string().catch(''),
  instance: z.string().catch(''),
  errors: z.array(z.object({ field: z.string().catch(''), message: z.string().catch('') })).catch([]),
});
type Problem = z.output<typeof Problem>;

/**
 * The texts by which a refused record is told. The bulk call reports everything but "exists" as `ERROR_GENERIC`, so there is
 * nothing else to go by; this is the only place that decides by text. The first that matches holds.
 */
const REFUSALS: readonly (Refusal & { pattern: RegExp })[] = [
  {
    pattern: /permanently deleted|forgotten email/i,
    code: 'mailchimp.permanently_deleted',
    reason: 'permanently_deleted',
    isPermanent: true,
  },
  { pattern: /compliance (state|review)/i, code: 'mailchimp.compliance', reason: 'compliance', isPermanent: true },
  {
    pattern: /signed up to a lot of lists/i,
    code: 'mailchimp.signup_limit',
    reason: 'rejected_by_provider',
    isPermanent: false,
  },
  {
    pattern: /already a list member|member exists/i,
    code: 'mailchimp.member_exists',
    reason: 'exists',
    isPermanent: false,
  },
  {
    pattern: /fake or invalid|valid email|invalid email|role[- ]based/i,
    code: 'mailchimp.invalid_email',
    reason: 'invalid_email',
    isPermanent: true,
  },
  {
    pattern: /(contact|subscriber|audience|plan)[^.]*\blimit|limit[^.]*\b(contacts|subscribers|plan)|upgrade/i,
    code: 'mailchimp.plan_limit',
    reason: 'plan_limit',
    isPermanent: false,
  },
  {
    pattern: /merge fields? (were|was) invalid|please enter a|value must be/i,
    code: 'mailchimp.merge_fields_invalid',
    reason: 'rejected_by_provider',
    isPermanent: true,
  },
];

/** Not permanent: a text that we do not know may stand for a passing trouble. */
const UNKNOWN_REFUSAL: Refusal = { code: 'mailchimp.rejected', reason: 'rejected_by_provider', isPermanent: false };

/** Gives a record's refusal its meaning, from the words of a problem document or of the bulk call's `errors`. */
export function refusalFromWords(words: string): Refusal {
  return REFUSALS.find(({ pattern }) => pattern.test(words)) ?? UNKNOWN_REFUSAL;
}

/** The refusal that an error of kind `rejected` stands for; undefined when the whole call failed. */
export function refusalFromError(error: unknown): Refusal | undefined {
  if (!(error instanceof ProviderError) || error.kind !== 'rejected') return undefined;
  return REFUSALS.find(({ code }) => code === error.code) ?? UNKNOWN_REFUSAL;
}

/**
 * Makes the error of an answer that is none of ours (2xx), status first.
 *
 * @param call what was asked: whether it could have changed anything, and whether a 404 can only mean the audience
 */
export function errorFromAnswer(
  answer: HttpAnswer,
  call: { isRead: boolean; namesOnlyAudience: boolean; secrets: readonly string[] },
): ProviderError {
  const problem = readProblem(answer);
  const { kind, code } = meaningOf(answer.status, problem, call.namesOnlyAudience);
  const fields = problem?.errors.map(({ field, message }) => `${field}: ${message}`) ?? [];
  return new ProviderError({
    system: 'mailchimp',
    kind,
    code,
    status: answer.status,
    requestId: answer.headers.get('x-request-id') ?? (problem?.instance || undefined),
    // A gateway that gave up, or an error in mid-work: the call may go on at Mailchimp for up to 120 s.
    mayHaveHappened: !call.isRead && (kind === 'unavailable' || kind === 'unexpected_response'),
    words: redact([problem?.detail || problem?.title || '', ...fields].filter(Boolean).join(' '), call.secrets),
  });
}

function readProblem(answer: HttpAnswer): Problem | undefined {
  const json = readJson(answer.text);
  const parsed = Problem.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

function meaningOf(status: number, problem: Problem | undefined, namesOnlyAudience: boolean): Meaning {
  switch (status) {
    case 400:
      return rejected(problem);
    case 401:
      return { kind: 'auth', code: 'mailchimp.key_invalid' };
    case 403:
      return forbidden(problem);
    case 404:
      return { kind: 'not_found', code: namesOnlyAudience ? 'mailchimp.audience_gone' : 'mailchimp.not_found' };
    case 405:
      return { kind: 'rejected', code: 'mailchimp.method_not_allowed' };
    case 408:
      return { kind: 'unavailable', code: 'mailchimp.unavailable' };
    case 426:
      return { kind: 'misconfigured', code: 'mailchimp.https_required' };
    case 429:
      return { kind: 'rate_limited', code: 'mailchimp.rate_limited' };
    default:
      // 414, 422 and redirects would be our mistake or a proxy's.
      return status >= 500
        ? { kind: 'unavailable', code: 'mailchimp.unavailable' }
        : { kind: 'unexpected_response', code: 'mailchimp.unexpected_response' };
  }
}

function rejected(problem: Problem | undefined): Meaning {
  if (!problem || /JSON Parse/i.test(problem.title))
    return { kind: 'unexpected_response', code: 'mailchimp.unexpected_response' };
  const words = [problem.title, problem.detail, ...problem.errors.map(({ message }) => message)].join(' ');
  return { kind: 'rejected', code: refusalFromWords(words).code };
}

function forbidden(problem: Problem | undefined): Meaning {
  // Under high load Mailchimp answers 403 without a document instead of 429.
  if (!problem || (problem.title === '' && problem.detail === ''))
    return { kind: 'rate_limited', code: 'mailchimp.rate_limited' };
  const words = `${problem.title} ${problem.detail}`;
  if (/user disabled|deactivated/i.test(words)) return { kind: 'auth', code: 'mailchimp.account_disabled' };
  if (/linked to datacenter/i.test(words)) return { kind: 'auth', code: 'mailchimp.wrong_data_center' };
  if (refusalFromWords(words).code === 'mailchimp.plan_limit')
    return { kind: 'rejected', code: 'mailchimp.plan_limit' };
  return { kind: 'forbidden', code: 'mailchimp.forbidden' };
}

/**
 * Whether an entry in the errors of a tag call means that nothing had to be done: the tag is there, or to be taken from
 * somebody who does not have it. Mailchimp lists those among the errors.
 */
export function isTagAlreadyRight(words: string, wanted: 'add' | 'remove'): boolean {
  return wanted === 'add'
    ? /already (a )?members? of/i.test(words)
    : /not (a )?members? of|not exist|none of the emails/i.test(words);
}

/**
 * Waits for a call whose failures mean something more exact, which only the calling function knows. A missing audience keeps
 * its meaning.
 *
 * @param exact by the kind of the failure
 */
export async function withMeaning<T>(
  calling: Promise<T>,
  exact: Partial<Record<ProviderErrorKind, Meaning>>,
): Promise<T> {
  try {
    return await calling;
  } catch (error) {
    const found = error instanceof ProviderError && error.code !== 'mailchimp.audience_gone' && exact[error.kind];
    if (!found) throw error;
    throw new ProviderError({
      system: 'mailchimp',
      ...found,
      status: error.status,
      requestId: error.requestId,
      mayHaveHappened: error.mayHaveHappened,
      words: error.words,
      cause: error,
    });
  }
}
