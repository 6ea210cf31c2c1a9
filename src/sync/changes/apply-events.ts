import type { AddressMove } from '../../core/address-move.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { bookingOf, type ProviderRecord } from '../../core/event-booking.ts';
import type { Member } from '../../core/member.ts';
import { provenAddressChanges } from '../../core/proven-address-changes.ts';
import type { ProviderEvent, ProviderEventKind } from '../../core/provider-event.ts';
import type { DueMark } from '../../db/due-addresses.ts';
import type { StoredEvent } from '../../db/provider-events.ts';
import type { Tables } from '../../db/store.ts';
import { noteMailEvents } from '../activities/note-mail-events.ts';
import type { EventBooking } from '../consent-gate/book-events.ts';
import { type HiddenOptOuts, hiddenOptOuts } from '../hidden-opt-outs.ts';
import { moveObservedMembers } from '../move-observed-members.ts';
import { completeReading, leftAmong, type MemberReading, storeReading } from '../read-members-singly.ts';
import type { SyncParts } from '../sync-parts.ts';
import { bookForDeparted } from '../take-departed.ts';
import { isOfOneReading } from './is-of-one-reading.ts';
import { unsaidLeavings } from './unsaid-leavings.ts';

const NOTHING_ON_RECORD: ProviderRecord = { optOutAt: '', optOutLearnedAt: '', optInAt: '' };

/** Nobody has to be looked at because of these. */
const ABOUT_MAILS: ReadonlySet<ProviderEventKind> = new Set(['ignored', 'mail', 'campaign-sent']);

/** What a reading because of an event found; `unread`: the provider could not be asked. */
type Reading = { member: Member | undefined } | 'unread';

/**
 * Applies stored webhooks (M19–M24): reads the members they name, books what they say about the person's will, and
 * marks the addresses. All of it is stored in one transaction with the note that they were applied, so that a crash repeats
 * the whole and loses nothing (F1, F5).
 *
 * @param stored those that `nextEvents` chose
 */
export async function applyEvents(parts: SyncParts, stored: readonly StoredEvent[]): Promise<void> {
  const { store, provider, connection, clock } = parts;
  const translated = await translate(parts, stored);
  const events = await newEvents(parts, translated);
  const found = await withAddresses(parts, events);
  const read = async (email: EmailAddress): Promise<Reading> => {
    try {
      return { member: await provider.readMember(connection.audienceId, email, connection.mapping) };
    } catch (error) {
      // An opt-out is believed without a reading (R4); the poll reads the rest later.
      if (isOfOneReading(error)) return 'unread';
      throw error;
    }
  };
  const readings = await readEach([...new Set(found.map(({ email }) => email))], read);
  const newcomers = await readNewcomers(found, read);
  for (const [email, answer] of newcomers) readings.set(email, answer);
  const emails = [...readings.keys()];
  const { reading, moves, hidden } = await completeOrLeaveOpen(parts, events, readings);
  // What somebody did whom an event calls by his former address is booked where he is now (R7), unless that is another's by now.
  const movedTo = new Map(
    moves.filter(({ from }) => isThere(readings, from) !== true).map(({ from, to }) => [from, to]),
  );
  const named = found.map(({ email, event }) => {
    const own = event.kind === 'subscribed' ? event.email : undefined;
    return { email: own !== undefined && newcomers.has(own) ? own : (movedTo.get(email) ?? email), event };
  });
  for (const member of reading.found) readings.set(member.email, { member });
  const unsaid = await unsaidLeavings(parts, named, subscribedAmong(readings));
  const bounces = new Set(named.filter(({ event }) => event.kind === 'bounced').map(momentOf));
  await store.transact(async (tables) => {
    const before = await tables.members.statuses([...emails, ...movedTo.values()]);
    await moveObservedMembers(tables, parts, moves, hidden, leftAmong(reading.found));
    const records = new Map(await tables.consent.newestOfProvider([...emails, ...movedTo.values()]));
    const signUps = named.filter(({ event }) => event.kind === 'subscribed');
    const noReadAt = await tables.contacts.noReadAt(signUps.map(({ email }) => email));
    const bookings: EventBooking[] = [];
    // Whoever had the address of a newcomer before may belong to nobody's contact now.
    const marks: DueMark[] = found
      .filter(({ event: { kind, email } }) => kind === 'subscribed' && email !== undefined && newcomers.has(email))
      .map(({ email, event }) => ({
        emailKey: email,
        cause: 'provider-event',
        isUrgent: false,
        happenedAt: event.happenedAt || undefined,
      }));
    for (const { email, event: told } of named) {
      const event: ProviderEvent = unsaid.has(told.key) ? { ...told, kind: 'unsubscribed' } : told;
      const answer = readings.get(email) ?? 'unread';
      const member = answer === 'unread' ? undefined : answer.member;
      const record = records.get(email) ?? NOTHING_ON_RECORD;
      const booking = bookingOf(
        event,
        {
          before: before.get(email) ?? 'absent',
          now: answer === 'unread' ? undefined : (member?.status ?? 'absent'),
          optInAt: member?.optInAt ?? '',
          optInIp: member?.optInIp ?? '',
          hasBounced: bounces.has(momentOf({ email, event })),
          noReadAt: noReadAt.get(email) ?? '',
        },
        record,
      );
      if (booking !== 'nothing') {
        bookings.push({ email, effect: booking, event, from: before.get(email) ?? 'absent' });
        records.set(email, withBooking(record, booking, event, clock.now()));
      }
      const isUrgent =
        booking === 'opt-out' ||
        event.kind === 'bounced' ||
        member?.status === 'unsubscribed' ||
        member?.status === 'cleaned';
      const happenedAt = event.happenedAt || undefined;
      marks.push({ emailKey: email, cause: 'provider-event', isUrgent, happenedAt });
    }
    const optOuts = bookings.filter(({ effect }) => effect === 'opt-out');
    await parts.gate.bookEvents(tables, [...bookings, ...(await whereSaid(tables, optOuts))]);
    await bookForDeparted(
      tables,
      parts,
      optOuts.map(({ email, event }) => ({ email, at: event.happenedAt })),
    );
    await storeReading(tables, parts, 'event', reading);
    await tables.due.mark(marks, clock.now());
    await noteMailEvents(tables, parts, translated);
    await tables.eventKeys.add(
      events.map(({ key }) => key),
      clock.now(),
    );
    await tables.events.applied(
      stored.map(({ id }) => id),
      clock.now(),
    );
  });
}

/** An opt-out stays with the address that it was said at, too (R1, R7), unless that is another member's by now. */
async function whereSaid(tables: Tables, optOuts: readonly EventBooking[]): Promise<EventBooking[]> {
  const former = optOuts.flatMap((booking) => {
    const { email } = booking.event;
    return email === undefined || email === booking.email ? [] : [{ ...booking, email }];
  });
  const taken = await tables.members.statuses(former.map(({ email }) => email));
  return former.filter(({ email }) => !taken.has(email));
}

async function translate(
  { store, provider, connection, clock }: SyncParts,
  stored: readonly StoredEvent[],
): Promise<ProviderEvent[]> {
  const translated = stored.map((webhook) => provider.parseEvents(connection.audienceId, webhook));
  const unreadable = translated.filter((events) => events === undefined).length;
  if (unreadable > 0) {
    await store.tables.journal.write('journal.events_not_understood', { count: unreadable }, clock.now());
  }
  return translated.flatMap((events) => events ?? []);
}

/** Those about people; what was applied before is left out. */
async function newEvents({ store }: SyncParts, translated: readonly ProviderEvent[]): Promise<ProviderEvent[]> {
  const events = translated.filter(({ kind }) => !ABOUT_MAILS.has(kind));
  const known = await store.tables.eventKeys.known(events.map(({ key }) => key));
  const byKey = new Map(events.filter(({ key }) => !known.has(key)).map((event) => [event.key, event]));
  // What one address did is applied in the order in which it happened, however the events came.
  return [...byKey.values()].sort((one, other) => (one.happenedAt < other.happenedAt ? -1 : 1));
}

/** The address under which each event's member is looked at: the one he is known under now, or else its own (R7). */
async function withAddresses(
  { store }: SyncParts,
  events: readonly ProviderEvent[],
): Promise<{ email: EmailAddress; event: ProviderEvent }[]> {
  const known = await store.tables.aliases.resolve(events);
  return events.flatMap((event, position) =>
    [known[position] ?? event.email, event.newEmail]
      .filter((email) => email !== undefined)
      .map((email) => ({ email, event })),
  );
}

/**
 * Members who have signed up under an address that somebody else had before he got another one (R7): the event need not tell which of
 * both it means, the member there does.
 */
async function readNewcomers(
  found: readonly { email: EmailAddress; event: ProviderEvent }[],
  read: (email: EmailAddress) => Promise<Reading>,
): Promise<ReadonlyMap<EmailAddress, Reading>> {
  const asked = found.flatMap(({ email, event }) =>
    event.kind === 'subscribed' && event.email !== undefined && event.email !== email ? [event.email] : [],
  );
  const readings = await readEach([...new Set(asked)], read);
  return new Map([...readings].filter(([email]) => isThere(readings, email)));
}

type CompleteReading = { reading: MemberReading; moves: readonly AddressMove[]; hidden: HiddenOptOuts };

/** Finds who has another address now; while that cannot be asked, whoever is gone or may have moved counts as unread. */
async function completeOrLeaveOpen(
  parts: SyncParts,
  events: readonly ProviderEvent[],
  readings: Map<EmailAddress, Reading>,
): Promise<CompleteReading> {
  const answers = new Map(
    [...readings].flatMap(([email, answer]) => (answer === 'unread' ? [] : [[email, answer.member] as const])),
  );
  try {
    const reading = await completeReading(parts, answers);
    const moves = [...provenAddressChanges(events, (email) => isThere(readings, email)), ...reading.moved];
    return { reading, moves, hidden: await hiddenOptOuts(parts, moves) };
  } catch (error) {
    if (!isOfOneReading(error)) throw error;
    const there = [...answers.values()].filter((member) => member !== undefined);
    const mayHaveMoved = new Set((await parts.store.tables.members.movedAmong(there)).map(({ to }) => to));
    for (const [email, member] of answers) if (!member || mayHaveMoved.has(email)) readings.set(email, 'unread');
    const found = there.filter(({ email }) => !mayHaveMoved.has(email));
    return {
      reading: { found, moved: [], hidden: new Map(), unseen: new Map(), lost: [] },
      moves: [],
      hidden: new Map(),
    };
  }
}

function isThere(readings: ReadonlyMap<EmailAddress, Reading>, email: EmailAddress): boolean | undefined {
  const answer = readings.get(email) ?? 'unread';
  return answer === 'unread' ? undefined : answer.member !== undefined;
}

/** To whom, and when, it happened: mail that comes back tells of itself and of the block that followed. */
function momentOf({ email, event }: { email: EmailAddress; event: ProviderEvent }): string {
  return `${email} ${event.happenedAt}`;
}

function subscribedAmong(readings: ReadonlyMap<EmailAddress, Reading>): ReadonlyMap<EmailAddress, Member> {
  return new Map(
    [...readings].flatMap(([email, answer]) =>
      answer !== 'unread' && answer.member?.status === 'subscribed' ? [[email, answer.member] as const] : [],
    ),
  );
}

async function readEach<T>(
  emails: readonly EmailAddress[],
  read: (email: EmailAddress) => Promise<T>,
): Promise<Map<EmailAddress, T>> {
  const entries = await Promise.all(emails.map(async (email) => [email, await read(email)] as const));
  return new Map(entries);
}

/** What the record says once the booking is in it: two events of one batch are weighed against each other. */
function withBooking(
  record: ProviderRecord,
  booking: 'opt-out' | 'opt-in',
  { happenedAt }: ProviderEvent,
  now: number,
): ProviderRecord {
  return booking === 'opt-out'
    ? { ...record, optOutAt: happenedAt, optOutLearnedAt: new Date(now).toISOString() }
    : { ...record, optInAt: happenedAt };
}
