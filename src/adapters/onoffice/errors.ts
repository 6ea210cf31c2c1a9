import { ProviderError, type ProviderErrorKind } from '../../core/errors.ts';
import { redact } from '../http/redact.ts';

const KINDS = {
  'onoffice.credentials_invalid': 'auth',
  'onoffice.credentials_swapped': 'auth',
  'onoffice.user_inactive': 'auth',
  'onoffice.claim_outdated': 'auth',
  'onoffice.no_read_right': 'forbidden',
  'onoffice.no_write_right': 'forbidden',
  'onoffice.tag_creation_refused': 'forbidden',
  'onoffice.tag_change_refused': 'forbidden',
  'onoffice.call_not_allowed': 'forbidden',
  'onoffice.clock_skew': 'misconfigured',
  'onoffice.ip_blocked': 'misconfigured',
  'onoffice.field_inactive': 'misconfigured',
  'onoffice.field_missing': 'misconfigured',
  'onoffice.value_not_permitted': 'misconfigured',
  'onoffice.activity_kind_unknown': 'misconfigured',
  'onoffice.activation_expired': 'misconfigured',
  'onoffice.rate_limited': 'rate_limited',
  'onoffice.unavailable': 'unavailable',
  'onoffice.record_refused': 'rejected',
  'onoffice.email_refused': 'rejected',
  'onoffice.record_missing': 'not_found',
  'onoffice.sort_refused': 'unexpected_response',
  'onoffice.too_many_actions': 'unexpected_response',
  'onoffice.request_invalid': 'unexpected_response',
  'onoffice.action_failed': 'unexpected_response',
  'onoffice.unexpected_response': 'unexpected_response',
} as const satisfies Record<string, ProviderErrorKind>;

/** Dotted codes under which failures of onOffice become known; each has a text for people. */
export type OnOfficeErrorCode = keyof typeof KINDS;

export const ONOFFICE_ERROR_CODES = Object.keys(KINDS) as readonly OnOfficeErrorCode[];

/**
 * What an error number of an action says. `reach`: `call` when every further call would fail alike, `record` when it may be
 * this record only. `isPermanent`: pointless to repeat before the record changes.
 */
export type ErrorMeaning = {
  code: OnOfficeErrorCode;
  kind: ProviderErrorKind;
  reach: 'call' | 'record';
  isPermanent: boolean;
};

/**
 * onOffice's numbers (published 0–304; list in `src/Enums/OnOfficeError.php` of the Laravel adapter of innobraingmbh, kinds
 * of credentials also in `plugin/API/APIError.php` of the official WordPress plugin). A number that is not here is
 * `onoffice.action_failed`.
 */
const NUMBERS: readonly (readonly [OnOfficeErrorCode, ErrorMeaning['reach'], readonly number[]])[] = [
  ['onoffice.credentials_invalid', 'call', [13, 22, 28, 30, 40, 41, 42, 43, 45, 46, 47, 48, 49, 137, 153]],
  ['onoffice.user_inactive', 'call', [104, 286]],
  ['onoffice.claim_outdated', 'call', [175, 176, 193, 201, 248]],
  ['onoffice.activation_expired', 'call', [177, 178]],
  ['onoffice.clock_skew', 'call', [136]],
  ['onoffice.ip_blocked', 'call', [158]],
  ['onoffice.call_not_allowed', 'call', [240]],
  ['onoffice.field_inactive', 'call', [75, 141, 145]],
  ['onoffice.sort_refused', 'call', [212]],
  ['onoffice.no_read_right', 'record', [170, 253]],
  ['onoffice.no_write_right', 'record', [131, 156, 174, 183, 261]],
  ['onoffice.value_not_permitted', 'record', [76, 77, 251, 252]],
  ['onoffice.activity_kind_unknown', 'record', [100, 101, 220, 221]],
  ['onoffice.record_refused', 'record', [78, 88, 168]],
  ['onoffice.email_refused', 'record', [81, 82, 83, 84, 85, 86, 87, 258, 259, 260, 300]],
  ['onoffice.record_missing', 'record', [79, 80, 96, 185, 235, 292]],
  ['onoffice.unavailable', 'record', [1, 27]],
  [
    'onoffice.request_invalid',
    'record',
    [
      3, 4, 5, 6, 7, 8, 9, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 74, 98, 99, 122, 142, 160, 163, 167, 199, 215,
      222, 223, 225, 227, 228, 229, 232, 243, 254, 255, 256, 257, 270, 284, 294, 302,
    ],
  ],
];

const MEANINGS: ReadonlyMap<number, ErrorMeaning> = new Map(
  NUMBERS.flatMap(([code, reach, numbers]) => numbers.map((number) => [number, meaningOf(code, reach)] as const)),
);

/** What onOffice says when it cannot read a request as a whole; with several actions it may be their number. */
const REQUEST_UNREADABLE: ReadonlySet<number> = new Set([3, 4, 5, 6, 7, 8, 9, 14, 15]);

function meaningOf(code: OnOfficeErrorCode, reach: ErrorMeaning['reach']): ErrorMeaning {
  const kind = KINDS[code];
  return { code, kind, reach, isPermanent: kind === 'rejected' || kind === 'not_found' };
}

/** Translates an error number of onOffice. */
export function errorMeaning(number: number): ErrorMeaning {
  return MEANINGS.get(number) ?? meaningOf('onoffice.action_failed', 'record');
}

/** Whether the number refuses a whole request, which a smaller one may pass. */
export function refusesWholeRequest(number: number): boolean {
  return REQUEST_UNREADABLE.has(number);
}

/**
 * onOffice's own words, fit to be shown. Of a field that it does not know only the name is kept, which is what people have
 * to look for.
 */
export function errorWords(number: number, message: string, secrets: readonly string[] = []): string {
  const field = errorMeaning(number).code === 'onoffice.field_inactive' ? /"([^"]+)"/.exec(message)?.[1] : undefined;
  return redact(field ?? message, secrets);
}

/** Makes the error of a failed action or request from onOffice's number and message. */
export function numberedError(
  number: number,
  message: string,
  options: { secrets?: readonly string[]; mayHaveHappened?: boolean } = {},
): ProviderError {
  return onOfficeError(errorMeaning(number).code, {
    status: number,
    words: errorWords(number, message, options.secrets),
    mayHaveHappened: options.mayHaveHappened ?? false,
  });
}

/** Makes an error that we state ourselves. */
export function onOfficeError(
  code: OnOfficeErrorCode,
  more: {
    status?: number | undefined;
    words?: string;
    retryAfterMs?: number | undefined;
    mayHaveHappened?: boolean;
    cause?: unknown;
  } = {},
): ProviderError {
  return new ProviderError({ system: 'onoffice', kind: KINDS[code], code, ...more });
}
