import type { EmailAddress } from '../../core/email-address.ts';
import type { LeaveHistory } from '../../core/member.ts';
import { isChangeAnswered } from '../../core/person-consent.ts';
import type { GateRow } from '../consent-gate/gate-rows.ts';
import { completeReading, storeReading } from '../read-members-singly.ts';
import type { SyncParts } from '../sync-parts.ts';
import { noteNewTags } from '../tags/note-new-tags.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';
import { storeAdds } from './store-adds.ts';

/** Members that are raised side by side. */
const AT_ONCE = 8;

type PastLeaving = Extract<LeaveHistory, { state: 'left' }>;

/**
 * Subscribes members that the provider holds in another state, one by one. An archived member's history is read first (R5):
 * whoever had left by himself is booked as an opt-out and stays out, unless that is on record and was answered since.
 */
export const raiseMembers: ExecuteRows = async (parts, run, rows) => {
  const asked = rowsOfKind(rows, 'raise-member');
  await noteNewTags(
    parts,
    asked.flatMap(({ operation }) => operation.tags),
  );
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    await Promise.all(asked.slice(start, start + AT_ONCE).map((row) => raiseOne(parts, run.id, row)));
  }
};

async function raiseOne(parts: SyncParts, runId: string, row: GateRow<'raise-member'>): Promise<void> {
  const { provider, connection, gate, store } = parts;
  const { email, readHistory, historyOf = email } = row.operation;
  if (readHistory) {
    const history = await provider.readLeaveHistory(connection.audienceId, historyOf);
    if (history.state === 'left' && !(await isOnRecord(parts, [email, historyOf], history.at))) {
      await answerLeaving(parts, runId, row, history);
      return;
    }
    if (history.state === 'unreadable') {
      await store.transact(async (tables) => {
        await tables.refusals.save([{ emailKey: email, reason: 'removed_at_provider', words: '', isPermanent: true }]);
        await tables.plan(runId).markWithWords([{ id: row.id, state: 'refused', words: 'removed_at_provider' }]);
      });
      return;
    }
  }
  if (!readHistory && (await hasChanged(parts, runId, row))) return;
  const newer = row.operation.from === 'unsubscribed' ? await leavingSince(parts, email) : undefined;
  if (newer) {
    await answerLeaving(parts, runId, row, newer);
    return;
  }
  const result = await gate.raiseMember(row, markSent(parts, runId));
  await storeAdds(parts, runId, [{ row, result }]);
}

/** Books what his history has told, in place of raising him; the cell becomes "unsubscribed" (R5). */
async function answerLeaving(
  { gate, store }: SyncParts,
  runId: string,
  { id, operation: { email, contactId } }: GateRow<'raise-member'>,
  history: PastLeaving,
): Promise<void> {
  await gate.bookOptOut({ email, contactId, history });
  await store.transact(async (tables) => {
    // The contacts that say Yes learn of it in this very run.
    const [person] = await tables.people.load([email]);
    const withYes = person?.contacts.filter((contact) => contact.consent === 'yes') ?? [];
    await tables
      .plan(runId)
      .add(withYes.map((contact) => ({ kind: 'write-consent', email, contactId: contact.id, from: 'yes', to: 'no' })));
    await tables.plan(runId).markWithWords([{ id, state: 'dropped', words: 'opted_out' }]);
  });
}

/**
 * Looks whether somebody has left again since he did for the last time that is on record: he had asked to come back between two
 * readings, and shows as unsubscribed as before, only changed later (R1, R8). What we unsubscribed ourselves cannot be told from that.
 */
async function leavingSince(
  { provider, connection, store }: SyncParts,
  email: EmailAddress,
): Promise<PastLeaving | undefined> {
  const lastLeftAt = await store.tables.consent.lastLeftAt(email);
  const [person] = await store.tables.people.load([email]);
  const isTouched = lastLeftAt !== undefined && (person?.member?.changedAt ?? '') > lastLeftAt;
  if (!person || !isTouched || isChangeAnswered(person)) return undefined;
  const history = await provider.readLeaveHistory(connection.audienceId, email);
  return history.state === 'left' && history.at > lastLeftAt ? history : undefined;
}

/** Whether an opt-out is on record that this provider told of, at that time or later: R1 weighs it against what came since. */
async function isOnRecord({ store }: SyncParts, emails: readonly EmailAddress[], at: string): Promise<boolean> {
  const records = await store.tables.consent.newestOfProvider([...new Set(emails)]);
  return at !== '' && [...records.values()].some(({ optOutAt }) => optOutAt !== null && optOutAt >= at);
}

/**
 * Reads the member right before he is raised (R4): unlike adding, raising is not refused when somebody unsubscribed him since
 * our read. An archived member's history has told that already.
 */
async function hasChanged(
  parts: SyncParts,
  runId: string,
  { id, operation }: GateRow<'raise-member'>,
): Promise<boolean> {
  const { provider, connection, store, clock } = parts;
  const [before] = await store.tables.people.load([operation.email]);
  const member = await provider.readMember(connection.audienceId, operation.email, connection.mapping);
  const isSame = member?.status === operation.from && member.changedAt === before?.member?.changedAt;
  // A raise whose answer was lost went through: what is left to do is found by the next run.
  if (isSame || member?.status === 'subscribed') return false;
  const reading = await completeReading(parts, new Map([[operation.email, member]]));
  await store.transact(async (tables) => {
    await storeReading(tables, parts, runId, reading);
    await tables.plan(runId).mark([id], 'held', clock.now());
  });
  return true;
}
