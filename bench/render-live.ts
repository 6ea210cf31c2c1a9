import type { CampaignFigures, ChangeResult, IntakeResult, OptOutResult, Spread } from './bench-row.ts';
import { INTAKE_TARGET } from './live/measure-intake.ts';
import { count, renderTable, seconds, type TableLine } from './render-table.ts';

const whole = (ms: number) => `${count(ms)} ms`;

/** Of section 9: at most so long for 95 of 100 opt-outs. */
const OPT_OUT_TARGET_MS = { idle: 2_000, 'full-sync': 10_000, campaign: 10_000 } as const;
/** Contacts that one action of the CRM writes an activity for, at most (section 9). */
const CONTACTS_PER_ACTION = 100;
/** What a change may take beside the interval in which the CRM is polled. */
const AFTER_POLL_MS = 3_000;

/** The table of a webhook row. */
export function renderIntake({ row, full, even, durable }: IntakeResult): string {
  const target = INTAKE_TARGET[row.database];
  const perSecond = full.taken / (full.elapsedMs / 1000);
  const name = row.database === 'embedded' ? 'embedded database' : 'PostgreSQL';
  return renderTable(`webhook intake, ${row.provider}, ${name}`, [
    ['full load', '', `${count(full.sent)} webhooks, ${full.atOnce} at once; the worker applies them meanwhile`],
    ['webhooks a second', count(perSecond), `${reached(perSecond >= target)}: ${count(target)} or more`],
    ...spreadLines(full.answered, whole, 'answered'),
    ...processorLines(full.processorMs, full.taken),
    ['half the target', '', `${count(even.sent)} webhooks, ${even.perSecond} a second`],
    ['webhooks a second', count(even.taken / (even.elapsedMs / 1000)), ''],
    ...spreadLines(even.answered, whole, 'answered', { p99: [even.answered.p99 <= 200, '200 ms at most'] }),
    ['not taken', count(full.sent - full.taken + even.sent - even.taken), 'none; the provider would come again'],
    ['stored after a kill', count(durable), 'every one that was answered 200'],
  ]);
}

function processorLines(spentMs: number | null, taken: number): TableLine[] {
  if (spentMs === null || spentMs === 0 || taken === 0) return [];
  const note = `of the program, applying included: one processor of its own takes ${count((taken * 1000) / spentMs)} a second`;
  return [['  processor time', `${(spentMs / taken).toFixed(2)} ms`, note]];
}

/** The table of an opt-out row. */
export function renderOptOuts({ row, delay, fullSyncMs, campaign, refusedForRate }: OptOutResult): string {
  const target = OPT_OUT_TARGET_MS[row.during];
  const when = {
    idle: 'idle',
    'full-sync': `during a full sync of ${count(row.contacts)} contacts`,
    campaign: `while a campaign to ${count(campaign?.recipients ?? 0)} members is booked`,
  }[row.during];
  return renderTable(`opt-out at ${row.provider} to the Newsletter field, ${when}, ${row.latencyMs} ms a call`, [
    ['opt-outs', count(delay.count), 'by webhook, one a second, from the click to the field'],
    ...spreadLines(delay, seconds, 'delay', { p95: [delay.p95 <= target, `${seconds(target)} at most`] }),
    ...(fullSyncMs === null ? [] : [['the full sync', seconds(fullSyncMs), ''] as const]),
    ...(campaign ? campaignLines(campaign, row.optOuts) : []),
    ['answers 429', count(refusedForRate), 'none'],
  ]);
}

function campaignLines(
  { recipients, written, actions, requests, bookingMs }: CampaignFigures,
  optOuts: number,
): TableLine[] {
  const least = Math.ceil(recipients / CONTACTS_PER_ACTION);
  const most = least * 1.05 + optOuts;
  return [
    [
      'activities written',
      count(written),
      `for ${count(recipients)} mails that were delivered, in ${seconds(bookingMs)}`,
    ],
    [
      '  actions',
      count(actions),
      `${reached(actions <= most)}: ⌈R/${CONTACTS_PER_ACTION}⌉, ${count(least)}, + 5 % and one for each opt-out`,
    ],
    ['  requests to onOffice', count(requests), 'polls and opt-outs included'],
  ];
}

/** The table of a change row. */
export function renderChanges({ row, delay, pollIntervalMs }: ChangeResult): string {
  const target = pollIntervalMs + AFTER_POLL_MS;
  return renderTable(`name edited in onOffice to ${row.provider}, ${row.latencyMs} ms a call`, [
    ['changes', count(delay.count), `at any moment between two polls, which are ${seconds(pollIntervalMs)} apart`],
    ...spreadLines(delay, seconds, 'delay', { p95: [delay.p95 <= target, `${seconds(target)} at most`] }),
  ]);
}

type Percentile = 'p50' | 'p95' | 'p99' | 'max';

function spreadLines(
  spread: Spread,
  written: (ms: number) => string,
  what: string,
  targets: Partial<Record<Percentile, readonly [isReached: boolean, target: string]>> = {},
): TableLine[] {
  return (['p50', 'p95', 'p99', 'max'] as const).map((name) => {
    const target = targets[name];
    return [`  ${what}, ${name}`, written(spread[name]), target ? `${reached(target[0])}: ${target[1]}` : ''];
  });
}

function reached(isReached: boolean): string {
  return isReached ? 'target reached' : 'TARGET MISSED';
}
