import { sql } from 'kysely';
import { type BaseState, lastSaid } from '../core/base-state.ts';
import type { CrmConsent, MemberStatus } from '../core/consent.ts';
import type { PersonFields } from '../core/contact.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { RefusalReason } from '../core/mailing-provider.ts';
import type { Member } from '../core/member.ts';
import { formerAddress, nextAddress, withNeighbours } from '../core/neighbours.ts';
import type { FormerAddress, Leaver, PersonCase, SeenContact } from '../core/person-case.ts';
import type { MemberReason } from '../core/reason.ts';
import type { ProviderTag } from '../core/tag.ts';
import { connectionRow } from './connections.ts';
import type { ConsentHash } from './consent-hash.ts';
import { wasAddedFor } from './contacts.ts';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';
import { loadLedgers } from './load-ledgers.ts';
import { loadOutOverFlags } from './load-out-over-flags.ts';
import { loadUndeliverableElsewhere } from './load-undeliverable-elsewhere.ts';
import type { ConnectionScope } from './scope.ts';

type ContactRow = {
  contact_id: string;
  email: string;
  email_key: EmailAddress;
  consent: CrmConsent;
  fields: PersonFields;
  tag_keys: string[];
  is_private: boolean;
  is_archived: boolean;
  is_readable: boolean;
  modified_at: string;
  last_not_yes: number;
  last_set_to_no: number;
  no_read_at: number | null;
  no_since: number;
  base: BaseState | null;
  former: FormerAddress | null;
  asks_yes: MemberStatus | null;
};

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

type LeaverRow = {
  email_key: EmailAddress;
  contact_id: string;
  now_at: EmailAddress | '';
  consent: CrmConsent;
  last_not_yes: number;
  is_eligible: boolean;
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
  { tenantId, connectionId }: ConnectionScope,
  hashOf: ConsentHash,
  emailKeys: readonly EmailAddress[],
  isPage: boolean,
): Promise<PersonCase[]> {
  const first = emailKeys[0];
  if (first === undefined) return [];
  const isAsked = (column: string) =>
    isPage
      ? sql`${sql.ref(column)} between ${first} and ${emailKeys.at(-1) ?? first}`
      : sql`${sql.ref(column)} = any(${textArray(emailKeys)})`;
  const contactRows = await sql<ContactRow>`
    select contacts.contact_id, email, contacts.email_key, consent, contacts.fields, tag_keys, is_private, is_archived,
      is_readable, modified_at, last_not_yes, last_set_to_no, no_since, asks_yes,
      (extract(epoch from no_read_at) * 1000)::float8 as no_read_at,
      case when link.email_key = contacts.email_key then link.base end as base,
      case
        when link.email_key <> contacts.email_key then jsonb_build_object('email', link.email_key,
          'status', coalesce(former.status, 'absent'), 'changedAt', coalesce(former.changed_at, ''), 'base', link.base)
        when link.email_key is null and held_before not in ('', contacts.email_key) then jsonb_build_object(
          'email', held_before, 'status', coalesce(held.status, 'absent'), 'changedAt', coalesce(held.changed_at, ''))
        end as former
    from contacts left join contact_links as link
      on link.connection_id = contacts.connection_id and link.contact_id = contacts.contact_id
    left join members as former
      on former.connection_id = link.connection_id and former.email_key = link.email_key
    left join members as held on contacts.held_before <> ''
      and held.connection_id = contacts.connection_id and held.email_key = contacts.held_before
    where contacts.connection_id = ${connectionId} and ${isAsked('contacts.email_key')}
    order by contacts.email_key, sort_key`.execute(db);
  const memberRows = await sql<MemberRow>`
    select email_key, status, fields, tags, has_more_tags, ids, changed_at, opt_in_at, opt_in_ip, opt_in_order, status_order,
      joined, left_by, stable_id, moved_from
    from members where connection_id = ${connectionId} and ${isAsked('email_key')}`.execute(db);
  const leaverRows = await sql<LeaverRow>`
    select link.email_key, link.contact_id, contact.sort_key, coalesce(contact.email_key, '') as now_at,
      coalesce(contact.consent, 'unknown') as consent, coalesce(contact.last_not_yes, 0) as last_not_yes,
      coalesce(contact.is_readable and not contact.is_private and not contact.is_archived, false) as is_eligible
    from contact_links as link left join contacts as contact
      on contact.connection_id = link.connection_id and contact.contact_id = link.contact_id
    where link.connection_id = ${connectionId} and ${isAsked('link.email_key')}
      and contact.email_key is distinct from link.email_key
    union all
    select held_before, contact_id, sort_key, email_key, consent, last_not_yes, is_readable and not is_private and not is_archived
    from contacts where connection_id = ${connectionId} and held_before not in ('', email_key) and ${isAsked('held_before')}
      and not exists (select from contact_links as link where link.connection_id = contacts.connection_id
        and link.contact_id = contacts.contact_id) and ${wasAddedFor(connectionId)}
    order by email_key, sort_key`.execute(db);
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
  const raisesOnTheirWay = await sql<{ email_key: EmailAddress }>`
    select distinct email_key from plan_rows where connection_id = ${connectionId} and state in ('sent', 'queued')
      and kind in ('add-member', 'raise-member', 'move-member') and ${isAsked('email_key')}`.execute(db);
  const formers = contactRows.rows.map(({ former }) => former).filter((former) => former !== null);
  const elsewhereRows = await sql<{
    email_key: EmailAddress;
    connection_id: string;
    has_left: boolean;
    is_active: boolean;
    opt_in_order: number | null;
    opt_in_at: string;
    status_order: number | null;
  }>`
    select email_key, connections.id as connection_id, status = 'unsubscribed' as has_left, status_order,
      status = 'subscribed' and state not in ('leaving', 'disconnected') as is_active,
      case when status = 'subscribed' then opt_in_order end as opt_in_order, opt_in_at
    from members join connections on connections.id = members.connection_id
    where connections.tenant_id = ${tenantId} and connections.id <> ${connectionId}
      and status in ('unsubscribed', 'subscribed') and (${isAsked('email_key')}
        or email_key = any(${textArray(formers.map((former) => former.email))}))`.execute(db);
  // Events find their member by every address he ever had (R7); what becomes of one that nobody else has by now is his.
  const aliasRows = await sql<{ email_key: EmailAddress; former: EmailAddress; has_left: boolean }>`
    with ours as (select id from connections where tenant_id = ${tenantId})
    select distinct alias.email_key, alias.value as former, exists (select from ours join members
      on members.connection_id = ours.id and members.email_key = alias.value
      where members.status = 'unsubscribed') as has_left
    from ours join member_aliases as alias on alias.connection_id = ours.id
    where alias.kind = 'email' and alias.value <> alias.email_key and ${isAsked('alias.email_key')}
      and not exists (select from contacts where contacts.connection_id = ${connectionId}
        and contacts.email_key = alias.value)
      and not exists (select from members where members.connection_id = alias.connection_id
        and members.email_key = alias.value and members.status in ('subscribed', 'pending'))`.execute(db);
  const aliasesByKey = Map.groupBy(aliasRows.rows, (row) => row.email_key);
  // The CRM is the same for all connections: what one of them has read of its field counts for whoever read Yes later (R1 b).
  const notYesRows = await sql<{ contact_id: string; last_not_yes: number }>`
    select here.contact_id, max(there.last_not_yes) as last_not_yes
    from connections as other
      join contacts as here on here.connection_id = ${connectionId} and here.consent = 'yes'
      join contacts as there on there.connection_id = other.id and there.contact_id = here.contact_id
        and there.last_not_yes <= here.yes_read_from
    where other.tenant_id = ${tenantId} and other.id <> ${connectionId} and ${isAsked('here.email_key')}
    group by here.contact_id`.execute(db);
  const notYesElsewhere = new Map(notYesRows.rows.map((row) => [row.contact_id, row.last_not_yes]));
  const undeliverableElsewhere = await loadUndeliverableElsewhere(
    db,
    { tenantId, connectionId },
    hashOf,
    contactRows.rows
      .filter(({ consent, base }) => consent === 'undeliverable' && base && lastSaid(base) === 'yes')
      .map(({ contact_id }) => contact_id),
  );
  const onItsWay = new Set(raisesOnTheirWay.rows.map((row) => row.email_key));
  const wentBackOrder = await connectionRow(db, { tenantId, connectionId }).wentBackOrder();
  const seenByKey = Map.groupBy(contactRows.rows, (row) => row.email_key);
  const isFormer = new Set(formers.map(({ email }) => email));
  const overFlags = await loadOutOverFlags(
    db,
    tenantId,
    hashOf,
    [
      ...memberRows.rows.filter(({ status }) => status === 'unsubscribed').map(({ email_key }) => email_key),
      ...elsewhereRows.rows.filter((row) => row.has_left).map(({ email_key }) => email_key),
      ...formers.filter(({ status }) => status === 'unsubscribed').map(({ email }) => email),
    ].filter((email) => isFormer.has(email) || (seenByKey.get(email)?.length ?? 0) > 1),
  );
  const isOverFlags = (email: EmailAddress, connection: string) => overFlags.get(email)?.has(connection) ?? false;
  // Nobody left there: whoever goes away from flags that differ begins anew (R8).
  const contactsByKey = Map.groupBy(
    contactRows.rows.map((row) =>
      row.former && isOverFlags(row.former.email, connectionId) ? { ...row, former: null } : row,
    ),
    (row) => row.email_key,
  );
  const noReadAt = (email: EmailAddress) =>
    Math.max(0, ...(contactsByKey.get(email) ?? []).map((row) => row.no_read_at ?? 0));
  const ledgers = await loadLedgers(
    db,
    { tenantId, connectionId },
    hashOf,
    emailKeys.map((email) => {
      const contacts = contactsByKey.get(email) ?? [];
      const former = contacts.flatMap((row) => (row.former ? [row.former.email] : []));
      const aliases = (aliasesByKey.get(email) ?? []).map((row) => row.former);
      return { email, contactIds: contacts.map((row) => row.contact_id), formers: [...former, ...aliases] };
    }),
  );
  const leftElsewhere = new Map<EmailAddress, number>();
  for (const { email_key, connection_id, has_left, status_order } of elsewhereRows.rows)
    if (has_left && !isOverFlags(email_key, connection_id))
      leftElsewhere.set(email_key, Math.max(leftElsewhere.get(email_key) ?? 0, status_order ?? 0));
  const activeElsewhere = new Set(elsewhereRows.rows.filter((row) => row.is_active).map(({ email_key }) => email_key));
  const optInElsewhere = new Map<EmailAddress, number>();
  for (const row of elsewhereRows.rows) {
    const order = evidenceOrder(row, noReadAt(row.email_key)) ?? 0;
    optInElsewhere.set(row.email_key, Math.max(optInElsewhere.get(row.email_key) ?? 0, order));
  }
  const memberByKey = new Map(memberRows.rows.map((row) => [row.email_key, row]));
  const leaversByKey = Map.groupBy(leaverRows.rows, (row) => row.email_key);
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
      leavers: [
        ...(leaversByKey.get(email) ?? []).map(toLeaver),
        ...(member?.left_by ? [goneFor(member.left_by)] : []),
      ],
      memberMovedTo: moved && {
        email: moved.email_key,
        status: moved.status,
        optInOrder: evidenceOrder(moved, noReadAt(email)),
      },
      memberMovedFrom: member?.moved_from ?? undefined,
      // Also under the address that a contact had until now, or the member (R7).
      hasLeftElsewhere:
        leftElsewhere.has(email) ||
        (aliasesByKey.get(email) ?? []).some((alias) => alias.has_left) ||
        (contactsByKey.get(email) ?? []).some(({ former }) => former !== null && leftElsewhere.has(former.email)),
      leftElsewhereOrder: leftElsewhere.get(email),
      isActiveElsewhere: activeElsewhere.has(email),
      isOutOverFlags: isOverFlags(email, connectionId),
      ledger: withOptIn(ledgers.get(email)?.ledger ?? NO_LEDGER, optInElsewhere.get(email) ?? 0, wentBackOrder),
      providerOptInOrder: member && evidenceOrder(member, Math.max(ledgers.get(email)?.leftAt ?? 0, noReadAt(email))),
      statusOrder: member?.status_order ?? undefined,
      wentBackOrder,
      joined: member?.joined ?? undefined,
      isRaiseOnItsWay: onItsWay.has(email),
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
 * @param elsewhere what the tenant's other connections know of the contact. `notYes`: order in which one has read the field as not
 *   Yes before this one's Yes, 0: none has; `isUndeliverable`: one has written that
 */
function toSeenContact(row: ContactRow, elsewhere: { notYes: number; isUndeliverable: boolean }): SeenContact {
  return {
    id: row.contact_id,
    email: row.email,
    consent: row.consent,
    fields: row.fields,
    tagKeys: row.tag_keys,
    isPrivate: row.is_private,
    isArchived: row.is_archived,
    modifiedAt: row.modified_at,
    isReadable: row.is_readable,
    base: row.base ?? undefined,
    former: row.former ?? undefined,
    asksYes: row.asks_yes ?? undefined,
    history: { lastNotYes: Math.max(row.last_not_yes, elsewhere.notYes), lastSetToNo: row.last_set_to_no },
    isUndeliverableElsewhere: elsewhere.isUndeliverable,
    noSince: row.no_since,
  };
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

function toLeaver(row: LeaverRow): Leaver {
  return {
    contactId: row.contact_id,
    email: row.now_at || undefined,
    consent: row.consent,
    lastNotYes: row.last_not_yes,
    isEligible: row.is_eligible,
  };
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
