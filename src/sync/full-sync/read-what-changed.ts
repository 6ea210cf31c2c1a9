import type { EmailAddress } from '../../core/email-address.ts';
import type { ReadUpTo, SyncRun } from '../../db/sync-runs.ts';
import { observeContacts } from '../observe-contacts.ts';
import { storeContacts } from '../store-contacts.ts';
import { storeListed } from '../store-listed.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';

/** Whose addresses changed, and whether the provider showed its audience alone (see `MemberPage.isAudienceOnly`). */
export type Changed = { emails: ReadonlySet<EmailAddress>; isAudienceOnly: boolean };

/** Reads and stores the changes of both sides since the reading of the run (R4, M13). */
export async function readWhatChanged(parts: SyncParts, run: SyncRun): Promise<Changed> {
  const emails = new Set<EmailAddress>();
  await readChangedContacts(parts, run, emails);
  const isAudienceOnly = await readWhoLeft(parts, run, emails);
  await addMarked(parts, emails);
  return { emails, isAudienceOnly };
}

/** What an event told meanwhile is stored already, and may show in no listing any more: who moved, or is gone (R4). */
async function addMarked({ store }: SyncParts, emails: Set<EmailAddress>): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: EmailAddress[] = await store.tables.due.all(after, CHUNK_SIZE);
    for (const email of page) emails.add(email);
    after = page.length < CHUNK_SIZE ? undefined : page.at(-1);
  }
}

/** Reads and stores the contacts that changed; adds the addresses they have now and had before. */
export async function readChangedContacts(parts: SyncParts, run: SyncRun, emails: Set<EmailAddress>): Promise<void> {
  const { crm, store, language } = parts;
  const { contactsAsOf } = readUpTo(run);
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const readFrom = await store.tables.contacts.learnedSoFar();
    const page = await crm.readContacts({ offset, ...since(contactsAsOf) });
    const observed = observeContacts(page.contacts, language);
    const before = await store.tables.contacts.addresses(observed.map(({ contact }) => contact.id));
    for (const { emailKey } of observed) if (emailKey) emails.add(emailKey);
    for (const emailKey of before) emails.add(emailKey);
    await store.transact((tables) => storeContacts(tables, parts, run.id, observed, readFrom));
    offset = page.nextOffset;
  }
}

async function readWhoLeft(parts: SyncParts, run: SyncRun, emails: Set<EmailAddress>): Promise<boolean> {
  const { provider, connection } = parts;
  const { membersAsOf } = readUpTo(run);
  let isAudienceOnly = false;
  const left = provider.capabilities.filtersByStatus
    ? ([
        { scope: 'present', statuses: ['unsubscribed'] },
        { scope: 'present', statuses: ['cleaned'] },
      ] as const)
    : ([{ scope: 'present', statuses: ['unsubscribed', 'cleaned'] }] as const);
  const listings = [
    // Everybody whom we just subscribed would be among the present ones; only those who left are looked for again. One status
    // a listing: a provider that filters by one at most would list everybody for two.
    ...left,
    { scope: 'archived', statuses: ['archived'] },
  ] as const;
  for (const listing of listings) {
    for (let offset = 0, total = 1; offset < total; offset += provider.capabilities.membersPerPage) {
      const page = await provider.readMembers({
        audienceId: connection.audienceId,
        ...listing,
        offset,
        mapping: connection.mapping,
        ...since(membersAsOf),
      });
      for (const member of page.members) emails.add(member.email);
      for (const { from } of await storeListed(parts, run.id, page.members)) emails.add(from);
      isAudienceOnly ||= page.isAudienceOnly ?? false;
      total = page.total;
    }
  }
  return isAudienceOnly;
}

function readUpTo(run: SyncRun): ReadUpTo {
  return run.readUpTo ?? { contactsAsOf: '', membersAsOf: '' };
}

function since(instant: string): { changedSince?: string } {
  return instant ? { changedSince: instant } : {};
}
