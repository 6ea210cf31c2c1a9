import pino, { type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.ts';

/** Names under which secrets or personal data could come into a log line; they are cut out wherever they stand. */
export const REDACTED_FIELDS = [
  'apiKey',
  'token',
  'secret',
  'password',
  'email',
  'emailAddress',
  'authorization',
  'cookie',
  'body',
] as const;

/** What looks like an e-mail address, or like a key of Mailchimp or Brevo. */
const ADDRESS = /[\p{L}\d.!#$%&*+=?^_`{|}~-]+@(?:[\p{L}\d-]+\.)+\p{L}{2,}/gu;
const KEY = /\b[0-9a-f]{32}-us\d+\b|\bxkeysib-[\w-]+/gi;

/** Causes of causes that are written. */
const DEEPEST_CAUSE = 4;

/**
 * The program's logger: JSON lines, ids and counts only.
 *
 * @param destination where the lines go; standard error by default
 */
export function createLog(level: Config['logLevel'], destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: loggedError, error: loggedError },
      redact: {
        paths: REDACTED_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
        censor: '[redacted]',
      },
      // Other people's messages quote what they complain about.
      hooks: { streamWrite: (line) => line.replace(ADDRESS, '[address]').replace(KEY, '[key]') },
    },
    destination,
  );
}

/** Of an error only what never carries values of rows: a database's own fields (`detail`, `where`) quote them. */
function loggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...('code' in error ? { code: error.code } : {}),
    ...(error.cause instanceof Error && depth < DEEPEST_CAUSE ? { cause: loggedError(error.cause, depth + 1) } : {}),
  };
}
