import type { OperationKind } from '../../core/operation.ts';
import type { SyncPhase } from '../../core/sync-run.ts';
import type { HeldQuestion } from '../../db/held-changes.ts';
import type { DelayDay, DelayFigures } from '../../db/opt-out-delays.ts';
import type { Tables } from '../../db/store.ts';
import type { StoredNotice } from '../../db/sync-runs.ts';

/** A side's polls: when it was read last and is read next; null before the first full sync has succeeded. */
export type PollView = { readAt: string | null; nextAt: string | null };

/** What goes on between full syncs (U2). Instants are ISO 8601 in UTC. */
export type BackgroundView = {
  crm: PollView;
  /** `recovered`: changes found by the last poll that found any which no webhook had told (F2) */
  provider: PollView & { recovered: number; recoveredAt: string | null };
  webhooks: { waiting: number; lastReceivedAt: string | null };
  /** addresses whose two sides have to be looked at */
  due: { waiting: number; urgent: number };
  nightlyAt: string | null;
  /** rounds of changes that are carried out at the moment */
  rounds: { kind: 'changes' | 'urgent'; phase: SyncPhase; waitingFor: StoredNotice | null }[];
  held: { question: HeldQuestion; kind: OperationKind; count: number; since: string }[];
  /** tags that wait for an answer (R11) */
  askedTags: number;
};

/** Opt-outs of the last 30 days and how long they took to the other side, in ms (section 8.8). */
export type OptOutsView = { figures: DelayFigures[]; days: DelayDay[]; since: string };

const SHOWN_MS = 30 * 86_400_000;

/** Puts together what goes on between full syncs. */
export async function backgroundView(tables: Tables): Promise<BackgroundView> {
  const cursors = await tables.cursors.get();
  const rounds: BackgroundView['rounds'] = [];
  for (const kind of ['urgent', 'changes'] as const) {
    const round = await tables.runs.open(kind);
    if (round) rounds.push({ kind, phase: round.phase, waitingFor: round.waitingFor });
  }
  return {
    crm: { readAt: cursors?.crmReadAt ?? null, nextAt: cursors?.crmPollAt ?? null },
    provider: {
      readAt: cursors?.providerReadAt ?? null,
      nextAt: cursors?.providerPollAt ?? null,
      recovered: cursors?.providerRecovered ?? 0,
      recoveredAt: cursors?.providerRecoveredAt ?? null,
    },
    webhooks: await tables.events.counts(),
    due: await tables.due.count(),
    nightlyAt: cursors?.nightlyAt ?? null,
    rounds,
    held: await tables.held.counts(),
    askedTags: (await tables.tagBindings.asked()).length,
  };
}

/** Puts together the figures of the opt-outs, over all and day by day. */
export async function optOutsView(tables: Tables, now: number): Promise<OptOutsView> {
  // Whole days, so that the first one of the chart is not cut off.
  const since = Math.floor((now - SHOWN_MS) / 86_400_000 + 1) * 86_400_000;
  return {
    figures: await tables.delays.figures(since),
    days: await tables.delays.days(since),
    since: new Date(since).toISOString(),
  };
}
