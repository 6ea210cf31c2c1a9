import { z } from 'zod';
import { ProviderError, type ProviderErrorKind } from '../../core/errors.ts';
import type { RefusalReason } from '../../core/mailing-provider.ts';
import type { HttpAnswer } from '../http/http-call.ts';
import { readJson } from '../http/parse-json.ts';
import { redact } from '../http/redact.ts';
import { readMeter } from './rate-budget.ts';

/** Every code that this adapter's errors carry; each has a text in the page's dictionaries. */
export const BREVO_ERROR_CODES = [
  'brevo.key_missing',
  'brevo.key_invalid',
  'brevo.ip_blocked',
  'brevo.no_permission',
  'brevo.account_under_validation',
  'brevo.audience_refused',
  'brevo.audience_gone',
  'brevo.field_refused',
  'brevo.webhook_limit',
  'brevo.contact_exists',
  'brevo.contact_busy',
  'brevo.invalid_email',
  'brevo.plan_limit',
  'brevo.rejected',
  'brevo.not_found',
  'brevo.method_not_allowed',
  'brevo.import_running',
  'brevo.rate_limited',
  'brevo.unavailable',
  'brevo.unexpected_response',
] as const;
export type BrevoErrorCode = (typeof BREVO_ERROR_CODES)[number];

/** What an answer means. */
export type Meaning = { kind: ProviderErrorKind; code: BrevoErrorCode };

/** What a refused record means for the contact (section 7). `exists`: nothing was refused, the address is in the account. */
export type Refusal = { code: BrevoErrorCode; reason: RefusalReason | 'exists'; isPermanent: boolean };

const Problem = z.object({
  code: z.string().catch(''),
  message: z.string().catch(''),
  metadata: z.object({ duplicate_identifiers: z.array(z.string()).catch([]) }).catch({ duplicate_identifiers: [] }),
});
type Problem = z.output<typeof Problem>;

const REFUSALS: readonly Refusal[] = [
  { code: 'brevo.contact_exists', reason: 'exists', isPermanent: false },
  { code: 'brevo.invalid_email', reason: 'invalid_email', isPermanent: true },
  { code: 'brevo.plan_limit', reason: 'plan_limit', isPermanent: false },
];

/** The refusal that an error of kind `rejected` stands for; undefined when the whole call failed. */
export function refusalFromError(error: unknown): Refusal | undefined {
  if (!(error instanceof ProviderError) || error.kind !== 'rejected') return undefined;
  // Not permanent: a text that we do not know may stand for a passing trouble.
  const unknown: Refusal = { code: 'brevo.rejected', reason: 'rejected_by_provider', isPermanent: false };
  return REFUSALS.find(({ code }) => code === error.code) ?? unknown;
}

/**
 * Makes the error of an answer that is none of ours (2xx), status first.
 *
 * @param call what was asked: whether it could have changed anything, and whether a 404 can only mean the list
 */
export function errorFromAnswer(
  answer: HttpAnswer,
  call: { isRead: boolean; namesOnlyAudience: boolean; secrets: readonly string[] },
): ProviderError {
  const problem = readProblem(answer);
  const { kind, code } = meaningOf(answer.status, problem, call.namesOnlyAudience);
  const { resetSeconds } = readMeter(answer.headers);
  return new ProviderError({
    system: 'brevo',
    kind,
    code,
    status: answer.status,
    requestId: answer.headers.get('sib-request-id') ?? undefined,
    ...(kind === 'rate_limited' && resetSeconds !== undefined ? { retryAfterMs: resetSeconds * 1000 } : {}),
    // A gateway that gave up, or an error in mid-work; a 4xx carried nothing out.
    mayHaveHappened: !call.isRead && (answer.status < 400 || answer.status >= 500),
    words: redact(problem?.message ?? '', call.secrets),
  });
}

function readProblem(answer: HttpAnswer): Problem | undefined {
  const parsed = Problem.safeParse(readJson(answer.text));
  return parsed.success ? parsed.data : undefined;
}

function meaningOf(status: number, problem: Problem | undefined, namesOnlyAudience: boolean): Meaning {
  switch (status) {
    case 400:
      return rejected(problem);
    case 401:
      return unauthorized(problem);
    case 402:
      return { kind: 'rejected', code: 'brevo.plan_limit' };
    case 403:
      return problem?.code === 'account_under_validation'
        ? { kind: 'forbidden', code: 'brevo.account_under_validation' }
        : { kind: 'forbidden', code: 'brevo.no_permission' };
    case 404:
      return { kind: 'not_found', code: namesOnlyAudience ? 'brevo.audience_gone' : 'brevo.not_found' };
    case 405:
      return { kind: 'rejected', code: 'brevo.method_not_allowed' };
    case 408:
      return { kind: 'unavailable', code: 'brevo.unavailable' };
    case 425:
      return { kind: 'unavailable', code: 'brevo.contact_busy' };
    case 429:
      return { kind: 'rate_limited', code: 'brevo.rate_limited' };
    default:
      return status >= 500
        ? { kind: 'unavailable', code: 'brevo.unavailable' }
        : { kind: 'unexpected_response', code: 'brevo.unexpected_response' };
  }
}

/** Brevo tells the three apart by the text alone. A restricted key is told, as far as is known, without the usual code. */
function unauthorized(problem: Problem | undefined): Meaning {
  const words = problem?.message ?? '';
  if (/\bip\b|ip address/i.test(words)) return { kind: 'misconfigured', code: 'brevo.ip_blocked' };
  if (/not found in headers/i.test(words)) return { kind: 'auth', code: 'brevo.key_missing' };
  if (/permission|not allowed/i.test(words) || (problem?.code ?? '') === '')
    return { kind: 'forbidden', code: 'brevo.no_permission' };
  return { kind: 'auth', code: 'brevo.key_invalid' };
}

/** The published lists of codes hold free texts and change: a code that we do not know is an ordinary refusal. */
function rejected(problem: Problem | undefined): Meaning {
  if (!problem) return { kind: 'unexpected_response', code: 'brevo.unexpected_response' };
  const { code, message, metadata } = problem;
  // The answer to a type of webhook of which the account has none.
  if (code === 'document_not_found') return { kind: 'not_found', code: 'brevo.not_found' };
  if (code === 'account_in_process') return { kind: 'unavailable', code: 'brevo.import_running' };
  if (code === 'not_enough_credits') return { kind: 'rejected', code: 'brevo.plan_limit' };
  // The same answer came as `duplicate_parameter`, then as `invalid_parameter`: the metadata decides, then the text.
  if (metadata.duplicate_identifiers.length > 0 || /already (exist|associated)/i.test(message))
    return { kind: 'rejected', code: 'brevo.contact_exists' };
  if (/(invalid|valid) e-?mail|e-?mail[^.]*(is|not) (in)?valid|any valid email/i.test(message))
    return { kind: 'rejected', code: 'brevo.invalid_email' };
  return { kind: 'rejected', code: 'brevo.rejected' };
}

/**
 * Waits for a call whose failures mean something more exact, which only the calling function knows. A missing list keeps its
 * meaning.
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
    const found = error instanceof ProviderError && error.code !== 'brevo.audience_gone' && exact[error.kind];
    if (!found) throw error;
    throw new ProviderError({
      system: 'brevo',
      ...found,
      status: error.status,
      requestId: error.requestId,
      mayHaveHappened: error.mayHaveHappened,
      words: error.words,
      cause: error,
    });
  }
}

/** Whether the contact, hook or process is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'brevo.not_found';
}
