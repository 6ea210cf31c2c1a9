import type { Clock } from '../../core/clock.ts';
import { createLimiter, type Limiter } from '../http/limiter.ts';
import type { Sleep } from '../http/retry.ts';

/** How hard we may press one customer's onOffice. Every number is a setting; the default has its source beside it. */
export type OnOfficeLimits = {
  /** requests in flight per customer */
  maxConcurrent: number;
  requestsPerSecond: number;
  /** most actions in one request */
  maxActionsPerRequest: number;
  /** actions in the first request, before a duration was measured */
  firstActionsPerRequest: number;
  /** a request should not take longer, in ms; the number of actions follows */
  targetRequestMs: number;
  timeoutMs: number;
  /** how long after it was signed a request may still be carried out, by our clock, in ms */
  signatureHoldsMs: number;
  /** records of one page */
  pageSize: number;
  /** ids in one action */
  maxIdsPerAction: number;
  /** addresses in one new entry of the agents' log */
  maxAddressesPerActivity: number;
  /** how long a customer's field list is kept, in ms */
  fieldsKeptMs: number;
};

export const DEFAULT_ONOFFICE_LIMITS: OnOfficeLimits = {
  // Nothing is published on rates and no error code exists for them; chosen by us so that agents feel nothing.
  maxConcurrent: 1,
  requestsPerSecond: 2,
  // Not published; public programs send two to four. Chosen by us, lowered when a request is refused.
  maxActionsPerRequest: 20,
  firstActionsPerRequest: 5,
  targetRequestMs: 2_000,
  // The documentation says of the field list that it "may take several seconds".
  timeoutMs: 30_000,
  // apidoc "General information": a time stamp may be 120 s old, and our clock may be 120 s ahead of onOffice's.
  signatureHoldsMs: 240_000,
  // apidoc "Read Addresses": listlimit 20 by default, 500 at most.
  pageSize: 500,
  // Error 302: only up to 500 ids.
  maxIdsPerAction: 500,
  // Below the 500 of error 302, so that what has to be looked through after a lost answer stays small; chosen by us.
  maxAddressesPerActivity: 100,
  // The official WordPress plugin keeps the field list for an hour.
  fieldsKeptMs: 3_600_000,
};

/** How a failed request is tried again (F6); waits that are longer are left to the caller. */
export const RETRY = { attempts: 5, baseMs: 1_000, maxMs: 30_000 } as const;

/** Makes the limiter of one customer. All connections of a tenant share it, because onOffice sees one API user. */
export function createOnOfficeLimiter(parts: {
  clock: Clock;
  sleep: Sleep;
  limits?: Pick<OnOfficeLimits, 'maxConcurrent' | 'requestsPerSecond'>;
}): Limiter {
  const { maxConcurrent, requestsPerSecond } = parts.limits ?? DEFAULT_ONOFFICE_LIMITS;
  return createLimiter({ maxConcurrent, perSecond: requestsPerSecond, clock: parts.clock, sleep: parts.sleep });
}
