import { sql } from 'kysely';
import { lastSaid } from '../core/base-state.ts';
import type { MemberStatus } from '../core/consent.ts';
import type { PersonFields } from '../core/contact.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { RefusalReason } from '../core/mailing-provider.ts';
import type { Member } from '../core/member.ts';
import { formerAddress, nextAddress, withNeighbours } from '../core/neighbours.ts';
import type { Leaver, PersonCase } from '../core/person-case.ts';
import type { MemberReason } from '../core/reason.ts';
import type { ProviderTag } from '../core/tag.ts';
import { askedAddresses } from './asked-addresses.ts';
import { connectionRow } from './connections.ts';
import type { ConsentHash } from './consent-hash.ts';
import type { Queryable } from './database.ts';
import { loadAliases } from './load-aliases.ts';
import { loadContactRows, toSeenContact } from './load-contact-rows.ts';
import { loadLeavers } from './load-leavers.ts';
import { loadLedgers } from './load-ledgers.ts';
import { loadMembersElsewhere } from './load-members-elsewhere.ts';
import { loadNotYesElsewhere } from './load-not-yes-elsewhere.ts';
import { loadOutOverFlags } from './load-out-over-flags.ts';
import { loadUndeliverableElsewhere } from './load-undeliverable-elsewhere.ts';
import { openPlans } from './open-plans.ts';
import type { ConnectionScope } from './scope.ts';

type MemberRow = {
  email_key: EmailAddress;
  status: Member['status'];
  fields: PersonFields;
  tags: ProviderTag[];
  has_more_tags: boolean;
  ids: Record<string, string>;
  changed_at: string;
  opt_in_at: string;
  opt_in_ip: string;
  opt_in_order: number | null;
  status_order: number | null;
  joined: { contactId: string; reason: MemberReason } | null;
  left_by: string | null;
  stable_id: string;
  moved_from: EmailAddress | null;
};

/** Both sides joined by address: what the planner plans. */
export function people(db: Queryable, scope: ConnectionScope, hashOf: ConsentHash) {
  const { connectionId } = scope;
  return {
    /** The next addresses of either side after `after`, ascending: a keyset page over contacts, members and links. */
    async nextAddresses(after: string, limit: number): Promise<EmailAddress[]> {
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select email_key from (
          (select distinct email_key from contacts
            where connection_id = ${connectionId} and email_key > ${after} order by email_key limit ${limit})
          union
          (select email_key from members
            where connection_id = ${connectionId} and email_key > ${after} order by email_key limit ${limit})) as both_sides
        order by email_key limit ${limit}`.execute(db);
      return rows.map((row) => row.email_key);
    },

    /**
     * Loads everything about these addresses with a handful of statements, whatever their number; twice the handful when
     * somebody among them has changed his address (R7).
     *
     * @param options.isPage the addresses are a whole page of `nextAddresses`: read as one range of the index
     */
    async load(emailKeys: readonly EmailAddress[], options: { isPage?: boolean } = {}): Promise<PersonCase[]> {
      const people = await loadAlone(db, scope, hashOf, emailKeys, options.isPage ?? false);
      const near = people.flatMap((person) => [formerAddress(person), nextAddress(person)]);
      const asked = new Set(near.filter((email) => email !== undefined));
      if (asked.size === 0) return people;
      const others = await loadAlone(db, scope, hashOf, [...asked], false);
      const byEmail = new Map(others.map((person) => [person.email, person]));
      return people.map((person) => withNeighbours(person, byEmail));
    },

    /** At which of the addresses we took the member out over flags that differed, and nobody has said anything since (R8). */
    async outOverFlags(emailKeys: readonly EmailAddress[]): Promise<ReadonlySet<EmailAddress>> {
      const found = await loadOutOverFlags(db, scope.tenantId, hashOf, emailKeys);
      return new Set(emailKeys.filter((email) => found.get(email)?.has(connectionId)));
    },
  };
}

/** Loads addresses without the neighbours between which members move. */
async function loadAlone(
  db: Queryable,
  scope: ConnectionScope,
  hashOf: ConsentHash,
  emailKeys: readonly EmailAddress[],
  isPage: boolean,
): Promise<PersonCase[]> {
  const [first, ...others] = emailKeys;
  if (first === undefined) return [];
  const { tenantId, connectionId } = scope;
  const isAsked = askedAddresses([first, ...others], isPage);
  const contactRows = await loadContactRows(db, connectionId, isAsked);
  const memberRows = await sql<MemberRow>`
    select email_key, status, fields, tags, has_more_tags, ids, changed_at, opt_in_at, opt_in_ip, opt_in_order, status_order,
      joined, left_by, stable_id, moved_from
    from members where connection_id = ${connectionId} and ${isAsked('email_key')}`.execute(db);
  const leavers = await loadLeavers(db, connectionId, isAsked);
  const movedRows = await sql<{
    email_key: EmailAddress;
    moved_from: EmailAddress;
    status: MemberStatus;
    opt_in_order: number | null;
    opt_in_at: string;
  }>`
    select email_key, moved_from, status, opt_in_order, opt_in_at from members
    where connection_id = ${connectionId} and moved_from is not null and ${isAsked('moved_from')}`.execute(db);
  const refusalRows = await sql<{
    email_key: EmailAddress;
    reason: RefusalReason;
    words: string;
    is_permanent: boolean;
    learned_order: number;
  }>`
    select email_key, reason, words, is_permanent, learned_order from refusals
    where connection_id = ${connectionId} and ${isAsked('email_key')}`.execute(db);
  const raising = await openPlans(db, scope).raising(isAsked);
  const formers = contactRows.map(({ former }) => former).filter((former) => former !== null);
  const elsewhere = await loadMembersElsewhere(
    db,
    scope,
    isAsked,
    formers.map(({ email }) => email),
  );
  const aliases = await loadAliases(db, scope, isAsked);
  const notYesElsewhere = await loadNotYesElsewhere(db, scope, isAsked);
  const undeliverableElsewhere = await loadUndeliverableElsewhere(
    db,
    scope,
    hashOf,
    contactRows
      .filter(({ consent, base }) => consent === 'undeliverable' && base && lastSaid(base) === 'yes')
      .map(({ contact_id }) => contact_id),
  );
  const wentBackOrder = await connectionRow(db, scope).wentBackOrder();
  const seenByKey = Map.groupBy(contactRows, (row) => row.email_key);
  const isFormer = new Set(formers.map(({ email }) => email));
  const overFlags = await loadOutOverFlags(
    db,
    tenantId,
    hashOf,
    [
      ...memberRows.rows.filter(({ status }) => status === 'unsubscribed').map(({ email_key }) => email_key),
      ...elsewhere.filter((row) => row.has_left).map(({ email_key }) => email_key),
      ...formers.filter(({ status }) => status === 'unsubscribed').map(({ email }) => email),
    ].filter((email) => isFormer.has(email) || (seenByKey.get(email)?.length ?? 0) > 1),
  );
  const isOverFlags = (email: EmailAddress, connection: string) => overFlags.get(email)?.has(connection) ?? false;
  // Nobody left there: whoever goes away from flags that differ begins anew (R8).
  const contactsByKey = Map.groupBy(
    contactRows.map((row) =>
      row.former && isOverFlags(row.former.email, connectionId) ? { ...row, former: null } : row,
    ),
    (row) => row.email_key,
  );
  const noReadAt = (email: EmailAddress) =>
    Math.max(0, ...(contactsByKey.get(email) ?? []).map((row) => row.no_read_at ?? 0));
  const ledgers = await loadLedgers(
    db,
    scope,
    hashOf,
    emailKeys.map((email) => {
      const contacts = contactsByKey.get(email) ?? [];
      const former = contacts.flatMap((row) => (row.former ? [row.former.email] : []));
      const moved = (aliases.get(email) ?? []).map((alias) => alias.former);
      return { email, contactIds: contacts.map((row) => row.contact_id), formers: [...former, ...moved] };
    }),
  );
  const leftElsewhere = new Map<EmailAddress, number>();
  for (const { email_key, connection_id, has_left, status_order } of elsewhere)
    if (has_left && !isOverFlags(email_key, connection_id))
      leftElsewhere.set(email_key, Math.max(leftElsewhere.get(email_key) ?? 0, status_order ?? 0));
  const activeElsewhere = new Set(elsewhere.filter((row) => row.is_active).map(({ email_key }) => email_key));
  const optInElsewhere = new Map<EmailAddress, number>();
  for (const row of elsewhere) {
    const order = evidenceOrder(row, noReadAt(row.email_key)) ?? 0;
    optInElsewhere.set(row.email_key, Math.max(optInElsewhere.get(row.email_key) ?? 0, order));
  }
  const memberByKey = new Map(memberRows.rows.map((row) => [row.email_key, row]));
  const movedByKey = new Map(movedRows.rows.map((row) => [row.moved_from, row]));
  const refusalByKey = new Map(refusalRows.rows.map((row) => [row.email_key, row]));
  return emailKeys.map((email) => {
    const member = memberByKey.get(email);
    const refusal = refusalByKey.get(email);
    const moved = movedByKey.get(email);
    return {
      email,
      contacts: (contactsByKey.get(email) ?? []).map((row) =>
        toSeenContact(row, {
          notYes: notYesElsewhere.get(row.contact_id) ?? 0,
          isUndeliverable: undeliverableElsewhere.has(row.contact_id),
        }),
      ),
      member: member && toMember(member),
      leavers: [...(leavers.get(email) ?? []), ...(member?.left_by ? [goneFor(member.left_by)] : [])],
      memberMovedTo: moved && {
        email: moved.email_key,
        status: moved.status,
        optInOrder: evidenceOrder(moved, noReadAt(email)),
      },
      memberMovedFrom: member?.moved_from ?? undefined,
      // Also under the address that a contact had until now, or the member (R7).
      hasLeftElsewhere:
        leftElsewhere.has(email) ||
        (aliases.get(email) ?? []).some((alias) => alias.has_left) ||
        (contactsByKey.get(email) ?? []).some(({ former }) => former !== null && leftElsewhere.has(former.email)),
      leftElsewhereOrder: leftElsewhere.get(email),
      isActiveElsewhere: activeElsewhere.has(email),
      isOutOverFlags: isOverFlags(email, connectionId),
      ledger: withOptIn(ledgers.get(email)?.ledger ?? NO_LEDGER, optInElsewhere.get(email) ?? 0, wentBackOrder),
      providerOptInOrder: member && evidenceOrder(member, Math.max(ledgers.get(email)?.leftAt ?? 0, noReadAt(email))),
      statusOrder: member?.status_order ?? undefined,
      wentBackOrder,
      joined: member?.joined ?? undefined,
      isRaiseOnItsWay: raising.has(email),
      refusal: refusal && {
        reason: refusal.reason,
        words: refusal.words,
        isPermanent: refusal.is_permanent,
        order: refusal.learned_order,
      },
      cameFrom: undefined,
      goesTo: undefined,
    };
  });
}

/**
 * Times of one provider are compared with each other: who left after he had signed up has left, whenever we learned it. Whoever had
 * signed up before a No of the CRM was read did so before it, if we hear of it later (R1).
 *
 * @param optOutAt of the newest opt-out of either kind, in ms; 0: none
 */
function evidenceOrder(
  member: { opt_in_at: string; opt_in_order: number | null },
  optOutAt: number,
): number | undefined {
  const isOlder = optOutAt > 0 && Date.parse(member.opt_in_at) <= optOutAt;
  return isOlder ? undefined : (member.opt_in_order ?? undefined);
}

const NO_LEDGER: PersonCase['ledger'] = { optOut: undefined, optIn: undefined };

/** What the provider of another connection shows of a sign-up is an opt-in of the whole tenant, as if it were booked (R1, R15). */
function withOptIn(ledger: PersonCase['ledger'], order: number, wentBackOrder: number): PersonCase['ledger'] {
  return order > Math.max(wentBackOrder, ledger.optIn?.order ?? 0) ? { ...ledger, optIn: { order } } : ledger;
}

/** A contact whose link is with another address by now: its member may only leave. */
function goneFor(contactId: string): Leaver {
  return { contactId, email: undefined, consent: 'unknown', lastNotYes: 0, isEligible: false };
}

function toMember(row: MemberRow): Member {
  return {
    email: row.email_key,
    status: row.status,
    fields: row.fields,
    tags: row.tags,
    hasMoreTags: row.has_more_tags,
    ids: row.ids,
    stableId: row.stable_id,
    changedAt: row.changed_at,
    optInAt: row.opt_in_at,
    optInIp: row.opt_in_ip,
  };
}
