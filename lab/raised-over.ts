import { subscriberHash } from '../simulators/mailchimp/member-index.ts';
import type { Stage } from './stage.ts';
import { consentHistories } from './true-time.ts';

/** Mailchimp's stamps are whole seconds. */
const SECOND_MS = 1_000;

/** Whether a change of consent is a raise by our own key at Mailchimp. */
export function isOwnRaise(
  { mailchimp }: Stage['world'],
  { by, to, apiKey, previousEmail }: { by: string; to: unknown; apiKey?: string; previousEmail?: string },
): boolean {
  return by === 'api' && apiKey === mailchimp.apiKey && to === 'subscribed' && previousEmail === undefined;
}

/**
 * We raised him before we read him again, and no webhook told us: Mailchimp shows him as subscribed, and nobody looks into the
 * history of such (R4).
 */
export function isRaisedOver(
  { world, restoredAt }: Stage,
  { at, contactId, email }: { at: number; contactId: string; email: string },
  place: number,
): boolean {
  const { readings, writes } = world.lanes;
  const hash = subscriberHash(email);
  const next = consentHistories(world)
    .mailchimp.slice(place + 1)
    .find((change) => change.contactId === contactId);
  const isRaised = next !== undefined && isOwnRaise(world, next);
  const raise = writes.findLast(
    (write) => isRaised && write.at < next.at + SECOND_MS && write.call.endsWith(`/members/${hash}`),
  );
  const isRead = readings.some(
    ({ of, changes, heardAt }) =>
      changes > place && heardAt <= (raise?.at ?? 0) && (of === 'everybody' || of.hash === hash),
  );
  const isTold = () =>
    world.told.some(
      ({ provider, at: toldAt, body }) =>
        provider === 'mailchimp' &&
        toldAt >= Math.max(at, restoredAt) &&
        body.includes('type=unsubscribe') &&
        body.includes(encodeURIComponent(email)),
    );
  return isRaised && !isRead && !isTold();
}

/** He asked to be signed up anew before anybody can be sure to have read that he was out: Mailchimp shows that he has to confirm. */
export function isAskingAgain({ world, calmAt }: Stage, { at, contactId }: { at: number; contactId: string }): boolean {
  const calm = calmAt.find((one) => one > at) ?? world.time.now();
  return consentHistories(world).mailchimp.some(
    (change) =>
      change.contactId === contactId &&
      change.by === 'person' &&
      change.to === 'pending' &&
      change.at >= at &&
      change.at <= calm,
  );
}
