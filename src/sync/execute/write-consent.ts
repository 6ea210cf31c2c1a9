import type { MemberStatus } from '../../core/consent.ts';
import { parseEmailAddress } from '../../core/email-address.ts';
import type { GateRow } from '../consent-gate/gate-rows.ts';
import { observeContacts } from '../observe-contacts.ts';
import { storeFoundContacts } from '../store-found-contacts.ts';
import type { SyncParts } from '../sync-parts.ts';
import { complaintsAmong } from './complaints-among.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';

/**
 * What the provider held when one of these values was decided. Both sides agree on it once the value is written: whoever has come back
 * in the meantime shows as a change of the provider's, not as one of an agent's (R6).
 */
const STATUS_BEHIND: Partial<Record<'yes' | 'no' | 'none' | 'undeliverable', MemberStatus>> = {
  none: 'absent',
  undeliverable: 'cleaned',
};

/** Sets the CRM's Newsletter field through the gate. Repeating it does no harm, so lost answers are simply sent again. */
export const writeConsent: ExecuteRows = async (parts, run, rows) => {
  const wanted = rowsOfKind(rows, 'write-consent');
  const bounced = wanted.filter(({ operation }) => operation.to === 'undeliverable');
  const complained = await complaintsAmong(parts, run.id, bounced);
  const stays = wanted.filter((row) => !complained.has(row));
  const asked = await unchangedRows(parts, run.id, stays);
  if (asked.length === 0) return;
  const results = await parts.gate.writeConsent(asked, markSent(parts, run.id));
  const operations = new Map(asked.map((row) => [row.id, row.operation]));
  await parts.store.transact(async (tables) => {
    const outcomes = results.map((result) => {
      if (result.verdict === 'refused') return { id: result.id, state: 'refused' as const, words: 'opted_out' };
      const { answer } = result;
      if (answer.outcome === 'done') return { id: result.id, state: 'done' as const, words: '' };
      if (answer.outcome === 'unknown') return { id: result.id, state: 'planned' as const, words: '' };
      return { id: result.id, state: 'refused' as const, words: answer.words || answer.code };
    });
    for (const consent of ['yes', 'no', 'none', 'undeliverable'] as const) {
      const written = outcomes
        .filter(({ id, state }) => state === 'done' && operations.get(id)?.to === consent)
        .map(({ id }) => operations.get(id))
        .filter((operation) => operation !== undefined);
      await tables.contacts.setConsent(
        written.map(({ contactId }) => contactId),
        consent,
      );
      const status = STATUS_BEHIND[consent];
      if (status) await tables.links.metOutside(written, { consent, status });
    }
    const refusedYes = outcomes.filter(({ id, state }) => state === 'refused' && operations.get(id)?.to === 'yes');
    await tables.contacts.askYes(
      refusedYes.map(({ id }) => operations.get(id)?.contactId).filter((id) => id !== undefined),
      null,
    );
    await tables.plan(run.id).markWithWords(outcomes);
    const lost = outcomes.filter(({ id, state }) => state === 'refused' && operations.get(id)?.to === 'no').length;
    // An opt-out that one side refuses is an alarm, not only a reason (F7).
    if (lost > 0) await tables.journal.write('journal.opt_out_refused', { count: lost }, parts.clock.now(), true);
  });
};

/**
 * Whatever is no opt-out must not cover one that an agent set since we read (R4): the contacts are read again right before,
 * and rows whose contact says something else by now, or has another address, whose owner may have left, are held. So are those whose
 * member was out and is back again (M20, R10). The check after the last write plans them anew.
 */
async function unchangedRows(
  parts: SyncParts,
  runId: string,
  rows: readonly GateRow<'write-consent'>[],
): Promise<GateRow<'write-consent'>[]> {
  const { crm, store, clock, language } = parts;
  const raised = rows.filter(({ operation }) => operation.to !== 'no');
  if (raised.length === 0) return [...rows];
  const read = await crm.readContactsById(raised.map(({ operation }) => operation.contactId));
  const found = new Map(read.map((contact) => [contact.id, contact]));
  const statuses = await store.tables.members.statuses(raised.map(({ operation }) => operation.email));
  const held = new Set(
    raised
      .filter(({ operation: { contactId, email, from, to } }) => {
        const now = found.get(contactId);
        const isBack = STATUS_BEHIND[to] !== undefined && statuses.get(email) === 'subscribed';
        // What a write without an answer has changed already is written again, so that it counts as ours.
        const isSame = now?.consent === to || (now?.consent === from && !isBack);
        return !isSame || parseEmailAddress(now?.email ?? '') !== email;
      })
      .map(({ id }) => id),
  );
  if (held.size === 0) return [...rows];
  await store.transact(async (tables) => {
    await storeFoundContacts(tables, parts, runId, observeContacts(read, language));
    await tables.plan(runId).mark([...held], 'held', clock.now());
  });
  return rows.filter(({ id }) => !held.has(id));
}
