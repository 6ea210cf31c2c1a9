import type { Contact } from '../../core/contact.ts';
import type { FoundContact } from '../../core/crm.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type { MemberReason } from '../../core/reason.ts';
import type { PlanRow } from '../../db/plan-rows.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import type { GateRow } from '../consent-gate/gate-rows.ts';
import { observeContacts } from '../observe-contacts.ts';
import { storeContacts } from '../store-contacts.ts';
import type { SyncParts } from '../sync-parts.ts';
import { beginLinks } from './begin-links.ts';
import { crmTagKeys, type KeysOfTag } from './crm-tag-keys.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';

type Row = GateRow<'create-contact'>;

/**
 * Creates contacts for members that the CRM does not know (R9), after a search by all e-mail addresses. Creating is not
 * idempotent, and the CRM may carry out later what it has not answered: nobody is created for whom this or another connection of
 * the tenant has asked so short a time ago (F5, R15). He is left out of this run, and his address stays due.
 */
export const createContacts: ExecuteRows = async (parts, run, rows) => {
  const { crm, store, clock } = parts;
  const asked = rowsOfKind(rows, 'create-contact');
  const now = clock.now();
  // Before the search: whoever created him in between would not be found by it.
  const claimed = await store.transact((tables) =>
    tables.creations.claim(
      run.id,
      asked.map(({ id }) => id),
      { now, since: now - crm.unansweredWritesMayArriveForMs },
    ),
  );
  const found = await crm.findContactsByEmail(asked.map(({ operation }) => operation.email));
  const known = asked.map((row, index) => ({ row, contacts: found[index] ?? [] }));
  const isClaimed = new Set(claimed);
  const unknown = known.filter(({ contacts }) => contacts.length === 0).map(({ row }) => row);
  await leaveOut(
    parts,
    run,
    unknown.filter(({ id }) => !isClaimed.has(id)),
  );
  await joinFound(
    parts,
    run,
    rows,
    known.filter(({ contacts }) => contacts.length > 0),
  );
  await createUnknown(
    parts,
    run,
    unknown.filter(({ id }) => isClaimed.has(id)),
  );
};

async function leaveOut({ store }: SyncParts, run: SyncRun, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const dropped = rows.map(({ id }) => ({ id, state: 'dropped' as const, words: '' }));
  await store.transact((tables) => tables.plan(run.id).markWithWords(dropped));
}

/** Takes note of contacts that the search has found: they are joined, never overwritten (R9). */
async function joinFound(
  parts: SyncParts,
  run: SyncRun,
  rows: readonly PlanRow[],
  joined: readonly { row: Row; contacts: readonly FoundContact[] }[],
): Promise<void> {
  if (joined.length === 0) return;
  const { store, language, clock } = parts;
  await store.transact(async (tables) => {
    const mains = observeContacts(
      joined.flatMap(({ contacts }) => ofMainAddress(contacts)),
      language,
    );
    await storeContacts(tables, parts, run.id, mains);
    for (const { row, contacts } of joined) {
      const reason = joinReason(contacts);
      if (reason) await tables.members.join(row.operation.email, contacts[0]?.contact.id ?? '', reason);
    }
    // A row that was sent and whose contact is there now went through, although its answer was lost.
    const wasSent = new Set(rows.filter(({ state }) => state === 'sent').map(({ id }) => id));
    const wentThrough = joined
      .filter(({ row, contacts }) => wasSent.has(row.id) && ofMainAddress(contacts).length > 0)
      .map(({ row }) => row);
    await beginLinks(tables, mains, addressesOf(wentThrough), clock.now());
    await tables
      .plan(run.id)
      .markWithWords(
        joined.map(({ row }) => ({ id: row.id, state: wentThrough.includes(row) ? 'done' : 'dropped', words: '' })),
      );
  });
}

async function createUnknown(parts: SyncParts, run: SyncRun, unknown: readonly Row[]): Promise<void> {
  const { crm, gate, store, language, clock } = parts;
  if (unknown.length === 0) return;
  const results = await gate
    .createContacts(await withTagKeys(parts, unknown), markSent(parts, run.id))
    .catch(async (error: unknown) => {
      if (error instanceof ProviderError && !error.mayHaveHappened) {
        const ids = unknown.map(({ id }) => id);
        await store.transact((tables) => tables.creations.release(run.id, ids));
      }
      throw error;
    });
  const createdIds = results.flatMap((result) =>
    result.verdict === 'allowed' && result.answer.outcome === 'done' ? [result.answer.id] : [],
  );
  const created = observeContacts(createdIds.length > 0 ? await crm.readContactsById(createdIds) : [], language);
  await store.transact(async (tables) => {
    await storeContacts(tables, parts, run.id, created);
    // In a full sync they may have been members for years; between two they have just signed up (M25).
    if (run.kind !== 'full') await tables.contacts.markNew(createdIds);
    await beginLinks(tables, created, addressesOf(unknown), clock.now());
    const isUnknown = (result: (typeof results)[number]) =>
      result.verdict === 'allowed' && result.answer.outcome === 'unknown';
    // Tried several times, it may have been sent long after it was marked so.
    await tables.plan(run.id).mark(
      results.filter(isUnknown).map(({ id }) => id),
      'sent',
      clock.now(),
    );
    await tables.plan(run.id).markWithWords(
      results
        .filter((result) => !isUnknown(result))
        .map((result) => {
          if (result.verdict === 'refused') return { id: result.id, state: 'refused' as const, words: 'opted_out' };
          const { answer } = result;
          if (answer.outcome !== 'refused') return { id: result.id, state: 'done' as const, words: '' };
          return { id: result.id, state: 'refused' as const, words: answer.words || answer.code };
        }),
    );
  });
}

function ofMainAddress(contacts: readonly FoundContact[]): Contact[] {
  return contacts.filter(({ foundBy }) => foundBy === 'main-address').map(({ contact }) => contact);
}

function addressesOf(rows: readonly Row[]): ReadonlySet<EmailAddress> {
  return new Set(rows.map(({ operation }) => operation.email));
}

async function withTagKeys(parts: SyncParts, rows: readonly Row[]): Promise<Row[]> {
  const keysOf: KeysOfTag = parts.connection.crmFacts.has.tags
    ? await crmTagKeys(
        parts,
        rows.flatMap(({ operation }) => operation.tags),
      )
    : () => [];
  return rows.map((row) => ({
    ...row,
    operation: { ...row.operation, tags: row.operation.tags.flatMap((name) => keysOf(name).slice(0, 1)) },
  }));
}

/** How a member counts that belongs to a contact found otherwise than by an ordinary main address; undefined: it is met again. */
function joinReason(contacts: readonly FoundContact[]): MemberReason | undefined {
  const [first] = contacts;
  if (!first || contacts.some(({ foundBy }) => foundBy === 'main-address')) return undefined;
  if (first.contact.isArchived) return 'member_of_archived_contact';
  if (first.contact.isPrivate) return 'member_of_private_contact';
  return 'second_address';
}
