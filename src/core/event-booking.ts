import type { MemberStatus } from './consent.ts';
import type { ProviderEvent } from './provider-event.ts';

/** Newest statements about an address that the consent record has from this provider. Instants are ISO 8601 in UTC. */
export type ProviderRecord = {
  /** when the newest opt-out happened, or was learned where nobody told; '' for none */
  optOutAt: string;
  /** when the newest opt-out was learned; '' for none */
  optOutLearnedAt: string;
  /** when the newest opt-in happened; '' for none */
  optInAt: string;
};

/** What is known of the member when an event is applied. */
export type MemberAtEvent = {
  /** status stored before the event was applied */
  before: MemberStatus;
  /** status read because of the event; undefined: it could not be read */
  now: MemberStatus | undefined;
  /** the provider's own opt-in evidence, as now read: instant and IP address; empty where it has none (R1 a) */
  optInAt: string;
  optInIp: string;
  /** an event tells that his mail came back at the very time of this one: that has blocked him */
  hasBounced: boolean;
  /** when a No was last read in the CRM that had been set since the reading before; '' for none */
  noReadAt: string;
};

/**
 * What an event says about the person's will, to be booked in the consent record. Pure; R1, R4, R13.
 *
 * An opt-out is not dismissed because the member looks subscribed by now, only because a newer opt-in of this provider is on
 * record or because it was booked before. An opt-in has to be newer than every opt-out of this provider (a tie is an opt-out) and
 * than the reading of a No in the CRM, made by the person or an administrator, and the member must still be subscribed. What a program did through the provider's
 * API says nothing about anybody's will: the reading that follows shows what it left.
 */
export function bookingOf(
  event: Pick<ProviderEvent, 'kind' | 'by' | 'isOurAudience' | 'happenedAt'>,
  member: MemberAtEvent,
  record: ProviderRecord,
): 'opt-out' | 'opt-in' | 'nothing' {
  if (event.by === 'program') return 'nothing';
  switch (event.kind) {
    case 'unsubscribed':
    case 'complained':
      return isOptOut(event, member, record) ? 'opt-out' : 'nothing';
    case 'removed':
      // An event that does not say whether somebody left or was archived: the reading tells.
      return member.now === 'unsubscribed' && member.before !== 'unsubscribed' && isOptOut(event, member, record)
        ? 'opt-out'
        : 'nothing';
    case 'subscribed':
      return isOptIn(event, member, record) ? 'opt-in' : 'nothing';
    default:
      return 'nothing';
  }
}

function isOptOut(
  { kind, by, isOurAudience, happenedAt }: Pick<ProviderEvent, 'kind' | 'by' | 'isOurAudience' | 'happenedAt'>,
  { before, now, optInAt, optInIp, hasBounced }: MemberAtEvent,
  record: ProviderRecord,
): boolean {
  // R4, Brevo: only if the contact is blocked or the event names our list. A complaint blocks in any case. A block that is gone
  // together with the address was one (R7).
  const isBlockGone = now === 'absent' && !hasBounced;
  const concernsUs =
    isOurAudience ?? (kind === 'complained' || now === 'unsubscribed' || now === undefined || isBlockGone);
  if (!concernsUs && now !== 'unsubscribed') return false;
  // Whoever does not say who it was may be telling of our own write.
  if (by === 'unknown' && before === 'unsubscribed') return false;
  if (record.optOutLearnedAt !== '' && record.optOutLearnedAt >= happenedAt) return false;
  const newestOptIn = optInIp !== '' && optInAt > record.optInAt ? optInAt : record.optInAt;
  return newestOptIn <= happenedAt;
}

function isOptIn(
  { by, isOurAudience, happenedAt }: Pick<ProviderEvent, 'by' | 'isOurAudience' | 'happenedAt'>,
  { now, noReadAt }: MemberAtEvent,
  record: ProviderRecord,
): boolean {
  return (
    by !== 'unknown' &&
    isOurAudience !== false &&
    now === 'subscribed' &&
    happenedAt > record.optOutAt &&
    happenedAt > noReadAt &&
    happenedAt > record.optInAt
  );
}
