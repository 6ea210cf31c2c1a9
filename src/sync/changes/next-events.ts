import type { ProviderEvent, ProviderEventKind } from '../../core/provider-event.ts';
import type { StoredEvent } from '../../db/provider-events.ts';
import type { SyncParts } from '../sync-parts.ts';

/** Webhooks of one step whose members are read: seconds at the pace of the slowest provider. */
const READINGS_PER_STEP = 16;

/** What may say that somebody left. */
const MAY_LOWER: ReadonlySet<ProviderEventKind> = new Set(['unsubscribed', 'complained', 'bounced', 'removed']);

/**
 * Which webhooks are applied next: those that may tell of an opt-out, before all that came earlier (R12: no opt-out waits). A
 * sync's own writes come back as hundreds of events, and each costs a reading. What needs no reading goes along at once.
 *
 * @param waiting in the order in which they came
 * @param choice `opt-outs`: only those that may tell of one, while something else is being carried out
 */
export function nextEvents(
  { provider, connection }: Pick<SyncParts, 'connection'> & { provider: Pick<SyncParts['provider'], 'parseEvents'> },
  waiting: readonly StoredEvent[],
  choice: 'all' | 'opt-outs',
): StoredEvent[] {
  const weighed = waiting.map((webhook) => ({
    webhook,
    weight: weightOf(provider.parseEvents(connection.audienceId, webhook) ?? []),
  }));
  const ofWeight = (weight: Weight) => weighed.filter((one) => one.weight === weight).map(({ webhook }) => webhook);
  const lowering = ofWeight('may-lower');
  if (choice === 'opt-outs') return lowering.slice(0, READINGS_PER_STEP);
  const read = lowering.length > 0 ? lowering : ofWeight('to-be-read');
  return [...read.slice(0, READINGS_PER_STEP), ...ofWeight('nothing-to-read')];
}

type Weight = 'may-lower' | 'to-be-read' | 'nothing-to-read';

function weightOf(events: readonly ProviderEvent[]): Weight {
  if (events.some(({ kind }) => MAY_LOWER.has(kind))) return 'may-lower';
  return events.every(({ kind }) => kind === 'ignored' || kind === 'mail' || kind === 'campaign-sent')
    ? 'nothing-to-read'
    : 'to-be-read';
}
