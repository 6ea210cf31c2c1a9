import { burstCounts, burstEnd, type Noticed } from '../../core/burst.ts';
import { lowersConsent } from '../../core/operation.ts';
import type { DueAddress } from '../../db/due-addresses.ts';
import type { SyncRun, SyncRunKind } from '../../db/sync-runs.ts';
import { executeNext } from '../execute/execute-next.ts';
import { awaitImports } from '../full-sync/await-imports.ts';
import { saveReasons } from '../plan-chunk.ts';
import { settlePeople } from '../settle-people.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';
import { tellOtherConnections } from '../tell-other-connections.ts';
import { holdOverLimits } from './hold-over-limits.ts';
import { planRoundChunk } from './plan-round-chunk.ts';
import { settleRound } from './settle-round.ts';

export type RoundKind = Extract<SyncRunKind, 'changes' | 'urgent'>;

/** What rounds need besides: ids for new ones. */
export type RoundParts = SyncParts & { newId: () => string };

/**
 * Does the next bounded piece of a round of changes and stores where it is (F5): due addresses are planned, what the brake
 * stops is held, the rest is carried out, and how everybody stands then is stored. An urgent round only lowers consent.
 *
 * @param open the one of this kind that is open, as just read; undefined: none is
 * @returns the round that was worked on; undefined when nothing is due, or the round waits for an outside system
 */
export async function stepRound(
  parts: RoundParts,
  kind: RoundKind,
  open: SyncRun | undefined,
): Promise<SyncRun | undefined> {
  const { clock } = parts;
  const round = open ?? (await openRound(parts, kind));
  if (!round) return undefined;
  if (round.notBefore !== null && Date.parse(round.notBefore) > clock.now()) return undefined;
  switch (round.phase) {
    case 'planning':
      await planDue(parts, round);
      break;
    case 'executing':
      if (!(await executeNext(parts, round, 'all'))) await leaveExecuting(parts, round);
      break;
    case 'importing':
      await awaitImports(parts, round);
      break;
    default:
      await settleRound(parts, round);
  }
  return round;
}

async function openRound({ store, clock, newId }: RoundParts, kind: RoundKind): Promise<SyncRun | undefined> {
  const now = clock.now();
  const choice = choiceOf(kind);
  if (!(await store.tables.due.isAny(now, choice))) return undefined;
  return store.transact(async (tables) => {
    const upTo = await tables.due.mostRecentMark();
    const [first] = await tables.due.page({ now, upTo, choice, after: '', limit: 1 });
    if (!first) return undefined;
    const id = newId();
    const cursors = await tables.cursors.get();
    const readUpTo = { contactsAsOf: cursors?.crmAsOf ?? '', membersAsOf: cursors?.providerAsOf ?? '', marks: upTo };
    await tables.runs.startRound({ id, kind, cursor: { after: '' }, readUpTo, now });
    return tables.runs.open(kind);
  });
}

function choiceOf(kind: RoundKind): 'all' | 'urgent' {
  return kind === 'urgent' ? 'urgent' : 'all';
}

/** Plans one chunk of the due addresses; whoever needs nothing is settled at once. */
async function planDue(parts: RoundParts, round: SyncRun): Promise<void> {
  const { store, clock } = parts;
  const upTo = round.readUpTo?.marks ?? 0;
  const isUrgent = round.kind === 'urgent';
  const due = await store.tables.due.page({
    now: Date.parse(round.startedAt),
    upTo,
    choice: isUrgent ? 'urgent' : 'all',
    after: String(round.cursor.after),
    limit: CHUNK_SIZE,
  });
  const last = due.at(-1);
  if (!last) {
    await holdOverLimits(parts, round);
    await store.transact((tables) => tables.runs.enterPhase(round.id, 'executing', clock.now()));
    return;
  }
  const emails = due.map(({ emailKey }) => emailKey);
  const planned = await planRoundChunk(parts, round, emails);
  const byAddress = new Map<string, DueAddress>(due.map((one) => [one.emailKey, one]));
  const now = clock.now();
  const unreadSince = isUrgent ? undefined : await store.tables.events.unreadSince();
  const later: Parameters<typeof store.tables.due.letWait>[0][number][] = [];
  const idle: typeof emails = [];
  const operations = planned.plans.flatMap(({ email, plan }) => {
    const wanted = isUrgent ? plan.operations.filter(lowersConsent) : plan.operations;
    const mark = byAddress.get(email);
    const until = !isUrgent && mark ? burstEnd(noticedOf(mark), wanted, now, unreadSince) : undefined;
    if (until !== undefined) {
      later.push({ emailKey: email, until, waits: burstCounts(wanted) });
      return [];
    }
    if (wanted.length === 0) idle.push(email);
    return wanted;
  });
  const isIdle = new Set(idle);
  const idlePlans = { ...planned, plans: planned.plans.filter(({ email }) => isIdle.has(email)) };
  const finished = idlePlans.plans.filter(({ plan }) => plan.operations.length === 0);
  const isFinished = new Set(finished.map(({ email }) => email));
  await tellOtherConnections(parts, finished);
  await store.transact(async (tables) => {
    await tables.plan(round.id).add(operations);
    await saveReasons(tables, emails, planned);
    await settlePeople(
      tables,
      idle.filter((email) => isFinished.has(email)),
      { ...idlePlans, plans: finished },
      now,
    );
    await tables.due.settle([...isFinished], upTo);
    await tables.due.calm(
      idle.filter((email) => !isFinished.has(email)),
      upTo,
    );
    if (!isUrgent)
      await tables.due.waitNoMore(due.filter(({ hasWaited }) => hasWaited).map(({ emailKey }) => emailKey));
    await tables.due.letWait(later);
    await tables.runs.progress(round.id, { cursor: { after: last.emailKey }, done: 0, total: null });
  });
}

function noticedOf({ cause, isApproved, noticedAt }: DueAddress): Noticed {
  return { isByEvent: cause === 'provider-event', isApproved, noticedAt };
}

async function leaveExecuting({ store, clock }: RoundParts, round: SyncRun): Promise<void> {
  await store.transact(async (tables) => {
    const isQueued = (await tables.plan(round.id).openProcesses()).length > 0;
    await tables.runs.enterPhase(round.id, isQueued ? 'importing' : 'counting', clock.now());
  });
}
