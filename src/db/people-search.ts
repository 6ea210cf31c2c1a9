import { sql } from 'kysely';
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

/** Everybody of both sides, in pages by address: for finding people. */
export function peopleSearch(db: Queryable, { connectionId }: ConnectionScope) {
  return {
    /**
     * The next people after the cursor. Both sides are read by their indexes, so a page costs what it holds.
     *
     * @param query.prefix only addresses that begin with it
     */
    async page(query: { after: PersonCursor; prefix: string; limit: number }): Promise<FoundPerson[]> {
      const { after, prefix, limit } = query;
      const isWithin = (column: string) =>
        // Sorts after every address that begins with the prefix.
        sql`(${prefix} = '' or (${sql.ref(column)} >= ${prefix} and ${sql.ref(column)} < ${`${prefix}\u{10FFFF}`}))`;
      const { rows } = await sql<FoundPerson>`
        select "emailKey", "sortKey", "contactId", email, name, consent, coalesce(status, 'absent') as status, reason from (
          (select contacts.email_key as "emailKey", sort_key as "sortKey", contact_id as "contactId", email,
              btrim(concat(contacts.fields ->> 'firstName', ' ', contacts.fields ->> 'lastName')) as name, consent,
              members.status, contacts.reason
            from contacts left join members
              on members.connection_id = contacts.connection_id and members.email_key = contacts.email_key
            where contacts.connection_id = ${connectionId} and ${isWithin('contacts.email_key')}
              and (contacts.email_key, sort_key) > (${after.emailKey}, ${after.sortKey})
            order by contacts.email_key, sort_key limit ${limit})
          union all
          (select email_key, '', null, email_key, ${NAME}, null, status, reason from members
            where connection_id = ${connectionId} and ${isWithin('email_key')} and email_key > ${after.emailKey}
              and not exists (select from contacts where contacts.connection_id = members.connection_id
                and contacts.email_key = members.email_key)
            order by email_key limit ${limit})) as both_sides
        order by "emailKey" collate "C", "sortKey" collate "C" limit ${limit}`.execute(db);
      return rows;
    },
  };
}
