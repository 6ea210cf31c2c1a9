import { sql } from 'kysely';
import type { CrmConsent } from '../core/consent.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Leaver } from '../core/person-case.ts';
import type { IsAsked } from './asked-addresses.ts';
import { wasAddedFor } from './contacts.ts';
import type { Queryable } from './database.ts';

type LeaverRow = {
  email_key: EmailAddress;
  contact_id: string;
  now_at: EmailAddress | '';
  consent: CrmConsent;
  last_not_yes: number;
  is_eligible: boolean;
};

/** Contacts that are linked with an address, or had somebody put there under it, and are at another one by now or gone (R7). */
export async function loadLeavers(
  db: Queryable,
  connectionId: string,
  isAsked: IsAsked,
): Promise<ReadonlyMap<EmailAddress, readonly Leaver[]>> {
  const { rows } = await sql<LeaverRow>`
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
  const byKey = Map.groupBy(rows, (row) => row.email_key);
  return new Map([...byKey].map(([email, leavers]) => [email, leavers.map(toLeaver)]));
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
