import { ProviderError, type ProviderErrorKind } from '../../core/errors.ts';

const OF_ONE_READING: readonly ProviderErrorKind[] = ['unavailable', 'rate_limited', 'rejected', 'unexpected_response'];

/** Whether a reading because of an event failed for itself alone, which holds up nobody else (F7); all others are the connection's. */
export function isOfOneReading(error: unknown): boolean {
  return error instanceof ProviderError && OF_ONE_READING.includes(error.kind);
}
