import type { Clock } from '../../core/clock.ts';
import { ProviderError } from '../../core/errors.ts';
import type { BeforeWrite } from '../../core/outside-systems.ts';
import type { HttpAnswer } from '../http/http-call.ts';
import { createLimiter } from '../http/limiter.ts';
import type { Sleep } from '../http/retry.ts';
import { BREVO_LIMITS, RETRY, SLOW_METER } from './limits.ts';
import { createRateBudget, readMeter } from './rate-budget.ts';

/** Holds back the calls to one Brevo account, which counts them on two meters (documented). */
export type BrevoLimiter = {
  /**
   * Sends as soon as the meter of the route has room.
   *
   * @param route path without ids
   * @param before done when the meter has room, right before the call's turn in the pace; where it throws, nothing is sent
   * @throws ProviderError kind `rate_limited`, with nothing sent, when the meter is empty for longer than a call may wait
   */
  run(route: string, send: () => Promise<HttpAnswer>, before?: BeforeWrite): Promise<HttpAnswer>;
  /** The same limiter for calls that pass all others that wait for their meter's pace. */
  asUrgent(): BrevoLimiter;
  /** whether an answer has shown that the collection counts on the slow meter */
  isCollectionSlow(): boolean;
};

/** `GET` and `POST /contacts` themselves: the documentation writes the fast row with braces and does not say. */
const COLLECTION = '/contacts';

/**
 * Makes the limiter of one account: `/contacts/…` counts by the second, all else by the hour. The collection is taken for
 * fast until an answer shows the slow figure.
 */
export function createBrevoLimiter({ clock, sleep }: { clock: Clock; sleep: Sleep }): BrevoLimiter {
  const meter = (connections: { maxConcurrent: number; keptForUrgent: number }) => ({
    gate: createLimiter({ ...connections, perSecond: BREVO_LIMITS.contactCallsPerSecond, clock, sleep }),
    budget: createRateBudget(clock),
  });
  const fast = meter({ maxConcurrent: BREVO_LIMITS.contactConnections, keptForUrgent: BREVO_LIMITS.keptForUrgent });
  const slow = meter({ maxConcurrent: BREVO_LIMITS.otherConnections, keptForUrgent: 0 });
  let collectionIsSlow = false;
  const meterOf = (route: string) => {
    if (route === COLLECTION) return collectionIsSlow ? slow : fast;
    return route.startsWith(`${COLLECTION}/`) ? fast : slow;
  };

  const runAs = (
    isUrgent: boolean,
    route: string,
    send: () => Promise<HttpAnswer>,
    before: BeforeWrite | undefined,
  ): Promise<HttpAnswer> => {
    const { gate, budget } = meterOf(route);
    const untilThereIsRoom = async () => {
      for (let waitMs = budget.waitMs(); waitMs > 0; waitMs = budget.waitMs()) {
        if (waitMs > RETRY.maxMs) throw meterEmpty(waitMs);
        await sleep(waitMs);
      }
    };
    const call = async () => {
      await untilThereIsRoom();
      budget.start();
      try {
        const answer = await send();
        if (route === COLLECTION) collectionIsSlow = isSlow(answer) ?? collectionIsSlow;
        meterOf(route).budget.observe(answer);
        return answer;
      } finally {
        budget.end();
      }
    };
    return (isUrgent ? gate.asUrgent() : gate).run(call, async () => {
      await untilThereIsRoom();
      await before?.();
    });
  };

  const isCollectionSlow = () => collectionIsSlow;
  const urgent: BrevoLimiter = {
    run: (route, send, before) => runAs(true, route, send, before),
    isCollectionSlow,
    asUrgent: () => urgent,
  };
  return { run: (route, send, before) => runAs(false, route, send, before), isCollectionSlow, asUrgent: () => urgent };
}

function isSlow({ headers }: HttpAnswer): boolean | undefined {
  const { limit } = readMeter(headers);
  return limit === undefined ? undefined : limit >= SLOW_METER.from && limit < SLOW_METER.below;
}

function meterEmpty(retryAfterMs: number): ProviderError {
  return new ProviderError({ system: 'brevo', kind: 'rate_limited', code: 'brevo.rate_limited', retryAfterMs });
}
