/** The outside systems that calls can fail at. */
export type OutsideSystem = 'onoffice' | 'mailchimp' | 'brevo';

/**
 * Why a call to an outside system failed.
 * `auth`: key wrong or revoked. `forbidden`: the key is good but may not do this. `misconfigured`: a setting on the other
 * side or of ours has to be changed first (clock, IP block, missing field). `rate_limited`, `unavailable`: later it may
 * work. `rejected`: this record is refused. `not_found`. `unexpected_response`: not understood.
 */
export type ProviderErrorKind =
  | 'auth'
  | 'forbidden'
  | 'misconfigured'
  | 'rate_limited'
  | 'unavailable'
  | 'rejected'
  | 'not_found'
  | 'unexpected_response';

/**
 * A call to onOffice, Mailchimp or Brevo failed. Created only by the adapters; carries no credentials and no bodies.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly system: OutsideSystem;
  readonly kind: ProviderErrorKind;
  /** dotted code of a text for people, e.g. `mailchimp.wrong_data_center` */
  readonly code: string;
  /** HTTP status or the vendor's own error number, where there is one */
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
  /** true when the call may have been carried out although it failed for us (time-out, lost answer) */
  readonly mayHaveHappened: boolean;
  /** the vendor's own words, without personal data */
  readonly words: string;

  constructor(options: {
    system: OutsideSystem;
    kind: ProviderErrorKind;
    code: string;
    status?: number | undefined;
    retryAfterMs?: number | undefined;
    requestId?: string | undefined;
    mayHaveHappened?: boolean;
    words?: string;
    cause?: unknown;
  }) {
    super(`${options.code}${options.status === undefined ? '' : ` (${options.status})`}`, { cause: options.cause });
    this.system = options.system;
    this.kind = options.kind;
    this.code = options.code;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.requestId = options.requestId;
    this.mayHaveHappened = options.mayHaveHappened ?? false;
    this.words = options.words ?? '';
  }
}

/**
 * Something the person can put right. `code` is the key of its text in the page's dictionaries (`errors.<code>`),
 * `params` fill the text, `field` names the input.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  readonly status: number;
  readonly field: string | undefined;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(options: {
    code: string;
    status?: number;
    field?: string;
    params?: Readonly<Record<string, string | number>>;
    cause?: unknown;
  }) {
    super(options.code, { cause: options.cause });
    this.code = options.code;
    this.status = options.status ?? 400;
    this.field = options.field;
    this.params = options.params ?? {};
  }
}
