import { toSecond } from './activity-groups.ts';
import type { BaseState } from './base-state.ts';
import type { PersonCase } from './person-case.ts';
import type { PersonPlan } from './person-plan.ts';

/**
 * A sign-up or an opt-out of a contact, seen when both sides have come to agree on it (M25). `isFirstMeeting`: the contact had
 * no base state, so that it is a sign-up only if the contact is new.
 */
export type ConsentTurn = { kind: 'subscribed' | 'unsubscribed'; contactId: string; isFirstMeeting: boolean };

/** Who brought a turn about, where it is known when it happened, and the campaign that occasioned it. */
export type TurnCause = {
  by: 'person' | 'administrator' | 'provider' | 'crm-user' | 'operator';
  /** ISO 8601 in UTC; undefined: nobody told */
  happenedAt: string | undefined;
  campaignId: string;
};

/** What a turn's cause is read off: an entry of the consent record, newest first. */
export type TurnRecord = {
  effect: 'opt-out' | 'opt-in' | 'neutral';
  to: string;
  source: string;
  verdict: 'allowed' | 'refused';
  happenedAt: string | undefined;
  evidence: Readonly<Record<string, string>>;
};

/**
 * What has turned between the base state before and the one that is agreed now. A contact that already said Yes when it was
 * met is no sign-up (M25), a No beside somebody who never was in no opt-out, and whoever was only taken out or bounced has
 * not left by himself. Pure.
 */
export function consentTurnOf(person: PersonCase, agreed: PersonPlan['agreed']): ConsentTurn | undefined {
  const lead = person.contacts.find(({ id }) => id === agreed?.contactId);
  if (!agreed || !lead) return undefined;
  // Another contact may have stood for the address until now (R8), or the contact comes from another address (R7).
  const before = lead.base ?? lead.former?.base ?? person.contacts.find(({ base }) => base !== undefined)?.base;
  const after = agreed.base;
  const contactId = lead.id;
  if (isIn(after)) {
    if (before && isIn(before)) return undefined;
    return { kind: 'subscribed', contactId, isFirstMeeting: before === undefined };
  }
  if (after.consent !== 'no') return undefined;
  // Read as Yes at first, and No ever since we found the opt-out at the provider (R5).
  const wasTurned = before ? mayBeLeft(before) : lead.history.lastNotYes === 0;
  return wasTurned ? { kind: 'unsubscribed', contactId, isFirstMeeting: before === undefined } : undefined;
}

function isIn({ consent, status }: BaseState): boolean {
  return consent === 'yes' && status === 'subscribed';
}

function mayBeLeft({ consent, status }: BaseState): boolean {
  return consent === 'yes' || (consent !== 'no' && (status === 'subscribed' || status === 'pending'));
}

/**
 * Reads off the newest entries of the record who brought a turn about. Pure.
 *
 * @param toldAt when turns of the same kind happened that were told before, to the second, ISO 8601 in UTC: what brought those about
 *   is older than this one, also where nothing on record lies between
 */
export function turnCauseOf(
  kind: ConsentTurn['kind'],
  records: readonly TurnRecord[],
  toldAt: ReadonlySet<string>,
): TurnCause {
  const opposite = kind === 'subscribed' ? LOWERED : RAISED;
  const allowed = records.filter(({ verdict }) => verdict === 'allowed');
  const end = allowed.findIndex(
    ({ to, happenedAt }) => opposite.has(to) || (happenedAt !== undefined && toldAt.has(toSecond(happenedAt))),
  );
  const recent = end === -1 ? allowed : allowed.slice(0, end);
  const effect = kind === 'subscribed' ? 'opt-in' : 'opt-out';
  const statements = recent.filter((record) => record.effect === effect);
  // What the provider told knows the time and the campaign; what we wrote because of it does not.
  const told = statements.find(({ happenedAt }) => happenedAt !== undefined) ?? statements[0];
  if (told) {
    return {
      by: BY_SOURCE[told.source] ?? 'provider',
      happenedAt: told.happenedAt,
      campaignId: told.evidence.campaign ?? '',
    };
  }
  // Found by a reading alone: where the CRM's field was written, the other side had turned first.
  const isProviders = recent.some(({ source, to }) => source === 'provider' && to === 'yes');
  return {
    by: kind === 'unsubscribed' || isProviders ? 'provider' : 'crm-user',
    happenedAt: undefined,
    campaignId: '',
  };
}

const RAISED: ReadonlySet<string> = new Set(['subscribed', 'yes']);
/** Also whoever was only taken out has to come back to be in. */
const LOWERED: ReadonlySet<string> = new Set(['unsubscribed', 'no', 'archived', 'none', 'undeliverable']);

const BY_SOURCE: Readonly<Record<string, TurnCause['by']>> = {
  person: 'person',
  'provider-administrator': 'administrator',
  'crm-user': 'crm-user',
  operator: 'operator',
};
