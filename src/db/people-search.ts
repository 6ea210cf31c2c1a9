import { type RawBuilder, sql } from 'kysely';
import type { CrmConsent, MemberStatus } from '../core/consent.ts';
import type { MemberReason, Reason } from '../core/reason.ts';
import type { Queryable } from './database.ts';
import type { ConnectionScope } from './scope.ts';

/** A contact, or a member whose address no contact has as its main one. */
export type FoundPerson = {
  /** comparable address; '' where the contact has none */
  emailKey: string;
  /** '' for a member */
  sortKey: string;
  contactId: string | null;
  /** as it was typed */
  email: string;
  name: string;
  consent: CrmConsent | null;
  status: MemberStatus;
  reason: Reason | MemberReason | null;
};

/** Where a page begins: after this person, in the order of address and record number. */
export type PersonCursor = Pick<FoundPerson, 'emailKey' | 'sortKey'>;

const NAME = sql`btrim(concat(fields ->> 'firstName', ' ', fields ->> 'lastName'))`;

type ContactRow = Omit<FoundPerson, 'status'>;
type MemberRow = Pick<FoundPerson, 'emailKey' | 'name' | 'status' | 'reason'>;

/** Everybody of both sides, in pages by address: for finding people. */
export function peopleSearch(db: Queryable, { connectionId }: ConnectionScope) {
  async function contacts(within: RawBuilder<unknown>, limit: number | null): Promise<ContactRow[]> {
    const { rows } = await sql<ContactRow>`
      select email_key as "emailKey", sort_key as "sortKey", contact_id as "contactId", email, ${NAME} as name, consent, reason
      from contacts where connection_id = ${connectionId} and ${within}
      order by email_key, sort_key limit ${limit}::int`.execute(db);
    return rows;
  }

  async function members(within: RawBuilder<unknown>): Promise<MemberRow[]> {
    const { rows } = await sql<MemberRow>`
      select email_key as "emailKey", ${NAME} as name, status, reason from members
      where connection_id = ${connectionId} and ${within}`.execute(db);
    return rows;
  }

  /** The next addresses of either side: two short walks along an index, whatever the sides have in common. */
  async function addresses(after: string, prefix: string, limit: number): Promise<string[]> {
    const begins = prefix === '' ? sql`true` : sql`email_key >= ${prefix} and email_key < ${`${prefix}\u{10FFFF}`}`;
    const { rows } = await sql<{ email_key: string }>`
      select email_key from (
        (select distinct email_key from contacts
          where connection_id = ${connectionId} and email_key > ${after} and ${begins} order by email_key limit ${limit})
        union
        (select email_key from members
          where connection_id = ${connectionId} and email_key > ${after} and ${begins} order by email_key limit ${limit})
        ) as both_sides
      order by email_key limit ${limit}`.execute(db);
    return rows.map((row) => row.email_key);
  }

  return {
    /** The contact of a record number. */
    async byContact(contactId: string): Promise<FoundPerson | undefined> {
      const found = await contacts(sql`contact_id = ${contactId}`, 1);
      const emailKey = found[0]?.emailKey ?? '';
      return merged(found, emailKey === '' ? [] : await members(sql`email_key = ${emailKey}`))[0];
    },

    /**
     * The next people after the cursor; fewer than `limit` only at the end. A page costs what it holds: nobody is looked at
     * twice.
     *
     * @param query.prefix only addresses that begin with it
     */
    async page(query: { after: PersonCursor; prefix: string; limit: number }): Promise<FoundPerson[]> {
      const { after, prefix, limit } = query;
      // Who shares the cursor's address, or has none as it has none.
      const rest =
        prefix !== '' && after.emailKey === ''
          ? []
          : await contacts(sql`email_key = ${after.emailKey} and sort_key > ${after.sortKey}`, limit);
      const theirs = rest.length === 0 ? [] : await members(sql`email_key = ${after.emailKey}`);
      if (rest.length >= limit) return merged(rest, theirs);
      const keys = await addresses(after.emailKey, prefix, limit);
      const [first, last] = [keys[0], keys.at(-1)];
      if (first === undefined || last === undefined) return merged(rest, theirs);
      const within = sql`email_key between ${first} and ${last}`;
      const next = merged(await contacts(within, null), await members(within));
      return [...merged(rest, theirs), ...next];
    },
  };
}

/** Contacts with the status of their member, and the members of nobody, in the order of addresses. */
function merged(contacts: readonly ContactRow[], members: readonly MemberRow[]): FoundPerson[] {
  const byKey = new Map(members.map((member) => [member.emailKey, member]));
  const known = new Set(contacts.map(({ emailKey }) => emailKey));
  const found = [
    ...contacts.map(
      (contact): FoundPerson => ({ ...contact, status: byKey.get(contact.emailKey)?.status ?? 'absent' }),
    ),
    ...members
      .filter(({ emailKey }) => !known.has(emailKey))
      .map(
        (member): FoundPerson => ({ ...member, email: member.emailKey, sortKey: '', contactId: null, consent: null }),
      ),
  ];
  return found.sort(byAddress);
}

/** The order of collation "C", which compares UTF-8 as JavaScript compares code points but not its own code units. */
function byAddress(one: FoundPerson, other: FoundPerson): number {
  return (
    Buffer.compare(Buffer.from(one.emailKey), Buffer.from(other.emailKey)) || (one.sortKey < other.sortKey ? -1 : 1)
  );
}
