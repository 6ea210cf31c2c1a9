import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { ProviderError, type ProviderErrorKind, UserError } from '../core/errors.ts';
import { STATUS_PAGES } from '../sync/views/status-pages.ts';
import type { ErrorAnswer } from './api/shared.ts';
import { errorText } from './error-texts.ts';

/** What a failed request answers. `isOurs`: our own bug, to be logged; nothing about it leaves the server. */
export type ErrorResponse = { status: number; body: z.output<typeof ErrorAnswer>; isOurs: boolean };

/**
 * 422: the person has to change something on the other side or in what he entered; 502 and 503: the outside system does not
 * work at the moment.
 */
const PROVIDER_STATUS: Readonly<Record<ProviderErrorKind, 422 | 502 | 503>> = {
  auth: 422,
  forbidden: 422,
  misconfigured: 422,
  rejected: 422,
  not_found: 422,
  rate_limited: 503,
  unavailable: 503,
  unexpected_response: 502,
};

/** Translates whatever a handler threw into the one form of error that the API has (F8). */
export function errorResponse(error: unknown): ErrorResponse {
  if (error instanceof UserError) {
    return answer(error.status, error.code, error.params, error.field);
  }
  if (error instanceof ProviderError) {
    const status = PROVIDER_STATUS[error.kind];
    const params = error.words === '' ? {} : { words: error.words };
    // A wrong key is no failure of the vendor: his status page would mislead.
    return answer(status, error.code, params, undefined, status === 422 ? undefined : STATUS_PAGES[error.system]);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const path = error.validation[0]?.instancePath.split('/').filter(Boolean).join('.');
    return invalid(path || (error.validationContext ?? 'body'));
  }
  return frameworkError(error) ?? { ...answer(500, 'internal', {}), isOurs: true };
}

/** Errors of the web framework itself, by the status it gives them. */
function frameworkError(error: unknown): ErrorResponse | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  switch (status) {
    case 400:
    case 415:
      return invalid('body', status);
    case 406:
      return invalid('accept', status);
    case 413:
      return answer(413, 'input.too_large', {});
    case 429:
      return answer(429, 'session.rate_limited', {});
    default:
      return undefined;
  }
}

function invalid(field: string, status = 400): ErrorResponse {
  return answer(status, 'input.invalid', { field }, field);
}

function answer(
  status: number,
  code: string,
  params: Readonly<Record<string, string | number>>,
  field?: string,
  statusPage?: string,
): ErrorResponse {
  return {
    status,
    isOurs: false,
    body: {
      error: {
        code,
        message: errorText(code, params),
        params: { ...params },
        ...(field === undefined ? {} : { field }),
        ...(statusPage === undefined ? {} : { statusPage }),
      },
    },
  };
}
