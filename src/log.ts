import pino, { type Logger } from 'pino';
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

/** The program's logger: JSON lines on standard error, ids and counts only. */
export function createLog(level: Config['logLevel']): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: REDACTED_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    pino.destination(2),
  );
}
