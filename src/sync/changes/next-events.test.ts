import { expect, test } from 'vitest';
import { parseEvents } from '../../adapters/brevo/parse-events.ts';
import type { StoredEvent } from '../../db/provider-events.ts';
import type { SyncParts } from '../sync-parts.ts';
import { nextEvents } from './next-events.ts';

const PARTS = { provider: { parseEvents }, connection: { audienceId: '3' } as SyncParts['connection'] };

function stored(id: number, body: object): StoredEvent {
  return { id, receivedAt: '2026-03-01T08:00:00.000Z', contentType: 'application/json', body: JSON.stringify(body) };
}

const edited = (id: number) =>
  stored(id, { event: 'contact_updated', email: `p${id}@example.org`, content: [{ attributes: { NACHNAME: 'X' } }] });
const opened = (id: number) => stored(id, { event: 'opened', email: `p${id}@example.org`, camp_id: 7 });
const left = (id: number) => stored(id, { event: 'unsubscribe', email: `p${id}@example.org`, camp_id: 7 });
const idsOf = (events: readonly StoredEvent[]) => events.map(({ id }) => id);

test('R12: an opt-out does not wait behind what came before it', () => {
  const waiting = [...Array.from({ length: 300 }, (_, id) => edited(id)), left(300)];
  expect(idsOf(nextEvents(PARTS, waiting, 'all'))).toEqual([300]);
});

test('R12: while something is carried out, only opt-outs are looked at', () => {
  expect(nextEvents(PARTS, [edited(1), opened(2)], 'opt-outs')).toEqual([]);
  expect(idsOf(nextEvents(PARTS, [edited(1), left(2)], 'opt-outs'))).toEqual([2]);
});

test('no webhook is left out for good: each choice takes some as long as any wait', () => {
  let waiting = Array.from({ length: 120 }, (_, id) => [edited, opened, left][id % 3]?.(id) ?? left(id));
  const applied: number[] = [];
  while (waiting.length > 0) {
    const next = idsOf(nextEvents(PARTS, waiting, 'all'));
    expect(next.length).toBeGreaterThan(0);
    applied.push(...next);
    waiting = waiting.filter(({ id }) => !next.includes(id));
  }
  expect(applied.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 120 }, (_, id) => id));
});

test('what nobody understands is taken too', () => {
  const strange = { ...left(1), body: 'not json' };
  expect(idsOf(nextEvents(PARTS, [strange], 'all'))).toEqual([1]);
});
