import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { Queryable } from './database.ts';
import { jsonRows } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/**
 * Somebody has left under an address. `at`: by the provider's clock, ISO 8601 in UTC; `upTo`: who was read as gone before it had gone
 * before he left, in ms of our clock.
 */
export type LeavingThere = { emailKey: EmailAddress; at: string; upTo: number };

/** A contact that had gone away from the address where somebody left; `nowAt`: '' where it has none that can be used. */
export type DepartedContact = { contactId: string; emailKey: EmailAddress; nowAt: EmailAddress | '' };

/** The addresses that contacts have gone away from, until the provider was read since (R7). */
export function departures(db: Queryable, { connectionId }: ConnectionScope) {
  return {
    /**
     * Contacts with Yes that may have had these addresses still when somebody left there; each is told once. Left out are those that
     * are looked at together with the address before, and whose member has signed up since under the new one.
     */
    async take(leavings: readonly LeavingThere[]): Promise<DepartedContact[]> {
      if (leavings.length === 0) return [];
      const page = leavings.map(({ emailKey, at, upTo }) => ({
        email_key: emailKey,
        left_at: at,
        up_to: new Date(upTo).toISOString(),
      }));
      const { rows } = await sql<DepartedContact>`
        with gone as (
          select contacts.contact_id, went_from from contacts
            join json_to_recordset(${jsonRows(page)}) as page (email_key text, left_at text, up_to timestamptz)
              on page.email_key = went_from
            left join contact_links as link
              on link.connection_id = contacts.connection_id and link.contact_id = contacts.contact_id
          where contacts.connection_id = ${connectionId} and went_from <> '' and went_from <> contacts.email_key
            and went_read_at >= page.up_to and consent = 'yes' and coalesce(link.email_key, held_before) <> went_from
            and not exists (select from members where members.connection_id = ${connectionId}
              and members.email_key = contacts.email_key and members.status = 'subscribed' and members.opt_in_ip <> ''
              and page.left_at <> '' and members.opt_in_at > page.left_at))
        update contacts set went_from = '', went_read_at = null from gone
        where contacts.connection_id = ${connectionId} and contacts.contact_id = gone.contact_id
        returning contacts.contact_id as "contactId", gone.went_from as "emailKey", contacts.email_key as "nowAt"`.execute(
        db,
      );
      return rows;
    },

    /** Who had left before these contacts were read as gone is known by now. @param before when they were read, in ms */
    async forget(before: number): Promise<void> {
      await sql`update contacts set went_from = '', went_read_at = null
        where connection_id = ${connectionId} and went_from <> ''
          and went_read_at < ${new Date(before).toISOString()}`.execute(db);
    },
  };
}
