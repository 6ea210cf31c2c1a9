import type { EmailAddress } from '../../core/email-address.ts';
import type { GateRow } from '../consent-gate/gate-rows.ts';
import type { SyncParts } from '../sync-parts.ts';

/**
 * Looks up the cause of a cleaning before it is carried over (section 4): whoever complained has opted out, also where his
 * provider calls the address dead. It is booked, and his contacts get No instead.
 *
 * @param rows that are to write "undeliverable"
 * @returns those whose member has complained; they are settled
 */
export async function complaintsAmong(
  { provider, connection, gate, store }: SyncParts,
  runId: string,
  rows: readonly GateRow<'write-consent'>[],
): Promise<ReadonlySet<GateRow<'write-consent'>>> {
  const byEmail = Map.groupBy(rows, ({ operation }) => operation.email);
  const complained: GateRow<'write-consent'>[] = [];
  const lookUp = async (email: EmailAddress, ofEmail: readonly GateRow<'write-consent'>[]) => {
    const complaint = await provider.readComplaint(connection.audienceId, email);
    const contactId = ofEmail[0]?.operation.contactId;
    if (!complaint || contactId === undefined) return;
    await gate.bookOptOut({ email, contactId, history: { state: 'left', at: complaint.at, by: 'complaint' } });
    complained.push(...ofEmail);
  };
  await Promise.all([...byEmail].map(([email, ofEmail]) => lookUp(email, ofEmail)));
  if (complained.length === 0) return new Set();
  await store.transact(async (tables) => {
    await tables.plan(runId).add(complained.map(({ operation }) => ({ ...operation, to: 'no' })));
    await tables
      .plan(runId)
      .markWithWords(complained.map(({ id }) => ({ id, state: 'dropped' as const, words: 'opted_out' })));
  });
  return new Set(complained);
}
