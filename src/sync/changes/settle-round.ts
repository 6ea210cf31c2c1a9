import type { EmailAddress } from '../../core/email-address.ts';
import { lowersConsent } from '../../core/operation.ts';
import type { OptOutDelay } from '../../db/opt-out-delays.ts';
import type { PlanRow } from '../../db/plan-rows.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { planChunk } from '../plan-chunk.ts';
import { readPlanRules } from '../plan-rules.ts';
import { readCutTags } from '../read-cut-tags.ts';
import { settlePeople } from '../settle-people.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';
import { bindNewTags } from '../tags/bind-new-tags.ts';
import { tellOtherConnections } from '../tell-other-connections.ts';

/** Waits before an address that still needs something is looked at again, in ms; after the last one the nightly sync does. */
const AGAIN_AFTER_MS = [0, 60_000, 300_000, 3_600_000] as const;

/**
 * The end of a round: plans its people once more over what is stored now, stores links, base states and reasons, and how
 * long opt-outs took. Whoever still needs something stays due; what an urgent round leaves is the main lane's.
 */
export async function settleRound(parts: SyncParts, round: SyncRun): Promise<void> {
  const { store, clock, crm } = parts;
  if (round.cursor.after === undefined && round.kind !== 'urgent') await bindNewTags(parts);
  const emails = await store.tables.plan(round.id).addresses(String(round.cursor.after ?? ''), CHUNK_SIZE);
  const last = emails.at(-1);
  if (last === undefined) {
    await finish(parts, round);
    return;
  }
  const upTo = round.readUpTo?.marks ?? 0;
  await readCutTags(parts, round.id, emails);
  const planned = await planChunk(store.tables, emails, await readPlanRules(parts, round), { isPage: false });
  const due = await store.tables.due.ofAddresses(emails);
  const rows = await store.tables.plan(round.id).byAddresses(emails);
  const now = clock.now();
  const mayArriveForMs = crm.unansweredWritesMayArriveForMs;
  const unanswered = await store.tables.creations.unanswered(emails, now - mayArriveForMs);
  const open = planned.plans.filter(({ plan }) => plan.operations.length > 0);
  const needsMore = new Set(open.map(({ email }) => email));
  const stillLowers = new Set(open.filter(({ plan }) => plan.operations.some(lowersConsent)).map(({ email }) => email));
  await tellOtherConnections(parts, planned.plans);
  await store.transact(async (tables) => {
    await settlePeople(tables, emails, planned, now);
    // The main lane may come first with what the urgent one would have done.
    await tables.delays.add(delaysOf(rows, due), now);
    await tables.held.settleApproved('unsubscribe-member', endedUnsubscribes(rows));
    await tables.due.settle(
      emails.filter((email) => !needsMore.has(email)),
      upTo,
    );
    if (round.kind === 'urgent') {
      await tables.due.calm(
        [...needsMore].filter((email) => !stillLowers.has(email)),
        upTo,
      );
    }
    for (const { emailKey, attempts } of due) {
      if (!needsMore.has(emailKey) || (round.kind === 'urgent' && !stillLowers.has(emailKey))) continue;
      const wait = AGAIN_AFTER_MS[attempts];
      const askedAt = unanswered.get(emailKey);
      // Whom the CRM may create yet, nobody creates again before: the look that counts comes after that (F5).
      if (askedAt !== undefined)
        await tables.due.postpone([emailKey], Math.max(now + (wait ?? 0), askedAt + mayArriveForMs));
      else if (wait === undefined) await tables.due.settle([emailKey], upTo);
      else await tables.due.postpone([emailKey], now + wait);
    }
    // The other lane has settled these meanwhile, over what was stored before this round's writes.
    const isDue = new Set(due.map(({ emailKey }) => emailKey));
    const settledTooEarly = [...(round.kind === 'urgent' ? stillLowers : needsMore)].filter(
      (email) => !isDue.has(email),
    );
    await tables.due.mark(
      settledTooEarly.map((emailKey) => ({ emailKey, cause: 'again', isUrgent: stillLowers.has(emailKey) })),
      now,
    );
    await tables.runs.progress(round.id, { cursor: { after: last }, done: 0, total: null });
  });
}

async function finish({ store, clock }: SyncParts, round: SyncRun): Promise<void> {
  await store.transact(async (tables) => {
    const counts = await tables.plan(round.id).counts();
    if (counts.length === 0) {
      await tables.runs.forgetRound(round.id);
      return;
    }
    const now = clock.now();
    const done = (kinds: readonly string[]) =>
      counts
        .filter(({ kind, state }) => kinds.includes(kind) && state === 'done')
        .reduce((sum, { count }) => sum + count, 0);
    const { waiting } = await tables.due.count();
    if (waiting === 0) {
      await tables.contactReasons.setWithoutAddress();
      await tables.bridges.save(round.id, await tables.bridges.count(), now);
    }
    // What was only held is told by the brake.
    if (counts.some(({ state }) => state === 'done' || state === 'refused'))
      await tables.journal.write(
        'journal.changes_carried_out',
        {
          added: done(['add-member', 'raise-member']),
          updated: done(['update-member', 'tag-member', 'move-member', 'change-contact-address']),
          optOuts: done(['write-consent']),
          takenOut: done(['unsubscribe-member', 'remove-member']),
          created: done(['create-contact']),
          refused: counts.filter(({ state }) => state === 'refused').reduce((sum, { count }) => sum + count, 0),
        },
        now,
      );
    await tables.runs.finish(round.id, 'succeeded', now);
  });
}

/** Addresses whose unsubscribing is done, or has nobody left whom it concerns. */
function endedUnsubscribes(rows: readonly PlanRow[]): EmailAddress[] {
  return rows
    .filter(
      ({ operation, state }) => operation.kind === 'unsubscribe-member' && (state === 'done' || state === 'dropped'),
    )
    .map(({ operation }) => operation.email);
}

/** Opt-outs of the round that reached the other side (section 8.8). */
function delaysOf(
  rows: readonly PlanRow[],
  due: readonly { emailKey: EmailAddress; cause: string; noticedAt: string; happenedAt: string | null }[],
): OptOutDelay[] {
  const marks = new Map(due.map((mark) => [mark.emailKey, mark]));
  return rows.flatMap(({ state, operation }): OptOutDelay[] => {
    const mark = marks.get(operation.email);
    if (state !== 'done' || !mark) return [];
    const { noticedAt, happenedAt, cause } = mark;
    const told = {
      foundBy: cause === 'provider-event' ? ('event' as const) : ('poll' as const),
      noticedAt,
      happenedAt,
    };
    if (operation.kind === 'write-consent' && operation.to === 'no') return [{ direction: 'to-crm', ...told }];
    if (operation.kind === 'unsubscribe-member') return [{ direction: 'to-provider', ...told }];
    return [];
  });
}
