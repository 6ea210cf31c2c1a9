import type { AddressMove } from '../core/address-move.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Member } from '../core/member.ts';
import type { Tables } from '../db/store.ts';
import { bookVanishedOptOuts } from './book-vanished-opt-outs.ts';
import { type HiddenOptOuts, hiddenOptOuts } from './hidden-opt-outs.ts';
import { moveObservedMembers } from './move-observed-members.ts';
import { observeMembers } from './observe-members.ts';
import type { SyncParts } from './sync-parts.ts';

/** What the provider answered about single addresses. */
export type SingleReading = {
  found: readonly Member[];
  /** who has another address now; `member`: undefined when he is outside the audience there */
  moved: readonly (AddressMove & { member: Member | undefined })[];
  hidden: HiddenOptOuts;
  /** addresses under which nobody is any more */
  lost: readonly EmailAddress[];
};

/**
 * Reads members one by one and stores what is there now.
 *
 * @param book what has to be booked of it, in the transaction that stores it: afterwards nobody could tell it from what was known
 * @returns the members that are there, by the address that was asked for or that they have now
 */
export async function readMembersSingly(
  parts: SyncParts,
  runId: string,
  emails: readonly EmailAddress[],
  book: (tables: Tables, members: ReadonlyMap<EmailAddress, Member>) => Promise<void> = async () => {},
): Promise<ReadonlyMap<EmailAddress, Member>> {
  const { provider, connection } = parts;
  const answers = await Promise.all(
    emails.map(
      async (email) => [email, await provider.readMember(connection.audienceId, email, connection.mapping)] as const,
    ),
  );
  const reading = await completeReading(parts, new Map(answers));
  const members = new Map(reading.found.map((member) => [member.email, member]));
  await parts.store.transact(async (tables) => {
    await book(tables, members);
    await storeReading(tables, parts, runId, reading);
  });
  return members;
}

/**
 * Asks for those who are not there any more, or in whose place somebody else is, by the id that stays when the address changes,
 * before they count as gone (R4, R7).
 */
export async function completeReading(
  parts: SyncParts,
  answers: ReadonlyMap<EmailAddress, Member | undefined>,
): Promise<SingleReading> {
  const { provider, connection, store } = parts;
  const stored = [...(await store.tables.members.stableIds([...answers.keys()]))];
  const isAway = ([email, stableId]: (typeof stored)[number]) => {
    const member = answers.get(email);
    return !member || (member.stableId !== '' && member.stableId !== stableId);
  };
  const asked = await Promise.all(
    stored.filter(isAway).map(async ([from, stableId]) => {
      const to = await provider.addressOf(connection.audienceId, stableId);
      if (to === undefined || to === from) return undefined;
      return { from, to, member: await provider.readMember(connection.audienceId, to, connection.mapping) };
    }),
  );
  const moved = asked.filter((one) => one !== undefined);
  const movedFrom = new Set(moved.map(({ from }) => from));
  return {
    found: [...answers.values(), ...moved.map(({ member }) => member)].filter((member) => member !== undefined),
    moved,
    hidden: await hiddenOptOuts(parts, moved),
    lost: [...answers].flatMap(([email, member]) => (member || movedFrom.has(email) ? [] : [email])),
  };
}

/** Stores a reading; those that are unknown to the provider are forgotten, but not what they were known by. */
export async function storeReading(
  tables: Tables,
  parts: SyncParts,
  runId: string,
  { found, moved, hidden, lost }: SingleReading,
): Promise<void> {
  await moveObservedMembers(tables, parts, moved, hidden);
  await observeMembers(tables, parts, runId, found);
  await tables.aliases.keep(lost.map((email) => ({ from: email, to: email })));
  await bookVanishedOptOuts(tables, parts, lost);
  await tables.members.remove(lost);
  const outside = moved.filter(({ member }) => !member).map(({ to }) => to);
  const statuses = await tables.members.statuses(outside);
  const isOptedOut = (email: EmailAddress) => statuses.get(email) === 'unsubscribed';
  // A block that vanished with the change of address has to be set again (R7); all others have left.
  await tables.members.setOutside(runId, outside.filter(isOptedOut));
  await tables.members.remove(outside.filter((email) => !isOptedOut(email)));
}
