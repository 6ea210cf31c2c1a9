import { sql } from 'kysely';
import type { BaseState } from '../core/base-state.ts';
import type { CrmConsent, MemberStatus } from '../core/consent.ts';
import type { PersonFields } from '../core/contact.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { FormerAddress, SeenContact } from '../core/person-case.ts';
import type { IsAsked } from './asked-addresses.ts';
import type { Queryable } from './database.ts';

/** A contact as stored, with what it has in common with the member of its address, and the address that it had before. */
export type ContactRow = {
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

/** Contacts whose main address is asked about; the lowest record number of each address first. */
export async function loadContactRows(db: Queryable, connectionId: string, isAsked: IsAsked): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
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
  return rows;
}

/**
 * A contact as the planner sees it.
 *
 * @param elsewhere what the tenant's other connections know of the contact. `notYes`: order in which one has read the field as not
 *   Yes before this one's Yes, 0: none has; `isUndeliverable`: one has written that
 */
export function toSeenContact(row: ContactRow, elsewhere: { notYes: number; isUndeliverable: boolean }): SeenContact {
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
