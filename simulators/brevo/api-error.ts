/** A refused call: becomes `{"code", "message"}` (fact sheet 1.2). */
export class ApiError extends Error {
  readonly status: number;
  /** undefined: the body has none, as seen with a missing permission */
  readonly code: string | undefined;
  readonly metadata: Record<string, unknown> | undefined;

  constructor(status: number, code: string | undefined, message: string, metadata?: Record<string, unknown>) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.metadata = metadata;
  }
}

/** The body of an error. */
export function errorBody({ code, message, metadata }: ApiError): Record<string, unknown> {
  return { ...(code === undefined ? {} : { code }), message, ...(metadata ? { metadata } : {}) };
}

export function invalid(message: string): ApiError {
  return new ApiError(400, 'invalid_parameter', message);
}

export function missing(message: string): ApiError {
  return new ApiError(400, 'missing_parameter', message);
}

export function outOfRange(message: string): ApiError {
  return new ApiError(400, 'out_of_range', message);
}

export function notFound(message: string): ApiError {
  return new ApiError(404, 'document_not_found', message);
}

export function unauthorized(message: string): ApiError {
  return new ApiError(401, 'unauthorized', message);
}

export function contactNotFound(): ApiError {
  return notFound('Contact does not exist');
}

/** An identifier that another contact has. */
export function duplicateIdentifier(code: string, identifiers: readonly string[]): ApiError {
  const [first = 'email'] = identifiers;
  return new ApiError(400, code, `Unable to create contact, ${first} is already associated with another Contact`, {
    duplicate_identifiers: [...identifiers],
  });
}

/** Cloudflare's answer when what is behind it takes too long. */
export function gatewayTimeout(): Response {
  return new Response(
    '<!DOCTYPE html><html><head><title>api.brevo.com | 524: A timeout occurred</title></head></html>',
    {
      status: 524,
      headers: { 'content-type': 'text/html; charset=UTF-8' },
    },
  );
}
