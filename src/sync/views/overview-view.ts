import type { Bridge } from '../../core/bridge.ts';
import { type Connection, isEnding } from '../../core/connection.ts';
import type { HealthRow } from '../../db/health.ts';
import type { Tables } from '../../db/store.ts';
import type { StoredNotice } from '../../db/sync-runs.ts';
import { type BackgroundView, backgroundView, type OptOutsView, optOutsView } from './background-view.ts';
import { type HealthView, healthView } from './health-view.ts';
import { type RunView, runView } from './run-view.ts';

/** How a connection stands (U2). */
export type OverviewView = {
  connection: Pick<
    Connection,
    'id' | 'provider' | 'accountName' | 'audienceName' | 'state' | 'pausedAt' | 'wentBack' | 'twin' | 'createdAt'
  >;
  health: { crm: HealthView; provider: HealthView; webhook: HealthView };
  bridge:
    | (Omit<Bridge, 'reasons' | 'memberReasons'> & {
        reasons: Bridge['reasons'][number][];
        memberReasons: Bridge['memberReasons'][number][];
        addsUp: boolean;
        asOf: string;
      })
    | null;
  runningRun: RunView | null;
  lastRun: RunView | null;
  leaving: { done: number; total: number; waitingFor: StoredNotice | null } | null;
  alarms: (StoredNotice & { at: string })[];
  background: BackgroundView;
  optOuts: OptOutsView;
};

/** Alarms are shown for a week, in ms. */
const ALARMS_SHOWN_MS = 7 * 86_400_000;

const TAG_ALARMS: ReadonlySet<string> = new Set([
  'journal.tag_deleted_in_crm',
  'journal.tag_deleted_at_provider',
  'journal.tag_name_taken',
]);

/** Puts together the overview of a connection. */
export async function overviewView(tables: Tables, connection: Connection, now: number): Promise<OverviewView> {
  const rows = await tables.health.all();
  const rowOf = (system: HealthRow['system']) => rows.find((row) => row.system === system);
  const newest = await tables.bridges.newest();
  const running = await tables.runs.open();
  const leaving = await tables.runs.open('leave');
  const last = await tables.runs.lastFinished();
  const background = await backgroundView(tables);
  if (isEnding(connection)) background.askedTags = 0;
  // An alarm that asks is over when everything of its kind is answered.
  const alarms = (await tables.journal.alarms(now - ALARMS_SHOWN_MS)).filter(
    ({ code }) =>
      (code !== 'journal.held_by_brake' || background.held.length > 0) &&
      (!TAG_ALARMS.has(code) || background.askedTags > 0),
  );
  return {
    connection: connectionView(connection),
    health: {
      crm: healthView(rowOf('crm'), 'onoffice'),
      provider: healthView(rowOf('provider'), connection.provider),
      webhook: healthView(rowOf('webhook'), undefined),
    },
    bridge: newest
      ? {
          ...newest.bridge,
          reasons: [...newest.bridge.reasons],
          memberReasons: [...newest.bridge.memberReasons],
          addsUp: newest.addsUp,
          asOf: newest.asOf,
        }
      : null,
    runningRun: running ? await runView(tables, running, now) : null,
    lastRun: last ? await runView(tables, last, now) : null,
    leaving: leaving ? { done: leaving.done, total: leaving.total ?? 0, waitingFor: leaving.waitingFor } : null,
    alarms: alarms.map(({ code, params, at }) => ({ code, params, at })),
    background,
    optOuts: await optOutsView(tables, now),
  };
}

/** What everybody who may read sees of a connection. */
export function connectionView(connection: Connection): OverviewView['connection'] {
  const { id, provider, accountName, audienceName, state, pausedAt, wentBack, twin, createdAt } = connection;
  return { id, provider, accountName, audienceName, state, pausedAt, wentBack, twin, createdAt };
}
