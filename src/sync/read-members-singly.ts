import type { AddressMove } from '../core/address-move.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Member } from '../core/member.ts';
import type { Tables } from '../db/store.ts';
import { bookVanishedOptOuts } from './book-vanished-opt-outs.ts';
import { type HiddenOptOuts, hiddenOptOuts } from './hidden-opt-outs.ts';
import { moveObservedMembers } from './move-observed-members.ts';
import { observeMembers } from './observe-members.ts';
import type { SyncParts } from './sync-parts.ts';
import { bookUnseenLeavings, type UnseenLeavings, unseenLeavings } from './unseen-leavings.ts';

type MemberMove = AddressMove & { member: Member | undefined };

/** What the provider answered about addresses, and where those are who were there before. */
export type MemberReading = {
  found: readonly Member[];
  /** who has another address now (M24); `member`: undefined when he is outside the audience there */
  moved: readonly MemberMove[];
  hidden: HiddenOptOuts;
  unseen: UnseenLeavings;
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
 * Finds who has another address now. Those who are not there any more, or in whose place somebody else is, are asked for by the id
 * that stays when the address changes, before they count as gone (R4, R7).
 *
 * @param answers by address what is there now
 */
export async function completeReading(
  parts: SyncParts,
  answers: ReadonlyMap<EmailAddress, Member | undefined>,
): Promise<MemberReading> {
  const { members } = parts.store.tables;
  const there = [...answers.values()].filter((member) => member !== undefined);
  const moved: MemberMove[] = (await members.movedAmong(there)).map((move) => ({
    ...move,
    member: answers.get(move.to),
  }));
  // Where somebody has moved to, somebody else may have been, who is elsewhere, too.
  for (let open = answers; open.size > 0; ) {
    const followed = new Set(moved.map(({ from }) => from));
    const away = (await members.awayAmong(open)).filter(({ from }) => !followed.has(from));
    const found = await findWhoMoved(parts, away);
    moved.push(...found);
    open = new Map(found.map(({ to, member }) => [to, member]));
  }
  const known = new Map([...answers, ...moved.map(({ to, member }) => [to, member] as const)]);
  const movedFrom = new Set(moved.map(({ from }) => from));
  const found = [...known.values()].filter((member) => member !== undefined);
  return {
    found,
    moved,
    hidden: await hiddenOptOuts(parts, moved),
    unseen: await unseenLeavings(parts, found),
    lost: [...answers.keys()].filter((email) => !known.get(email) && !movedFrom.has(email)),
  };
}

async function findWhoMoved(
  { provider, connection }: SyncParts,
  away: readonly { from: EmailAddress; stableId: string }[],
): Promise<MemberMove[]> {
  const asked = await Promise.all(
    away.map(async ({ from, stableId }) => {
      const to = await provider.addressOf(connection.audienceId, stableId);
      if (to === undefined || to === from) return undefined;
      return { from, to, member: await provider.readMember(connection.audienceId, to, connection.mapping) };
    }),
  );
  return asked.filter((one) => one !== undefined);
}

/** Addresses of members that are read as unsubscribed. */
export function leftAmong(found: readonly Member[]): ReadonlySet<EmailAddress> {
  return new Set(found.filter(({ status }) => status === 'unsubscribed').map(({ email }) => email));
}

/** Stores a reading; those who are nowhere any more are forgotten, but not what they were known by. */
export async function storeReading(
  tables: Tables,
  parts: SyncParts,
  runId: string,
  { found, moved, hidden, unseen, lost }: MemberReading,
): Promise<void> {
  await bookUnseenLeavings(tables, parts, unseen);
  const outside = moved.filter(({ member }) => !member);
  // The other lane may have stored some of it since.
  const observed = [...(await tables.members.movedAmong(found)), ...outside];
  await moveObservedMembers(tables, parts, observed, hidden, leftAmong(found));
  const isHere = new Map(found.map((member) => [member.email, member]));
  const gone = [...lost, ...(await tables.members.awayAmong(isHere)).map(({ from }) => from)];
  await tables.aliases.keep(gone.map((email) => ({ from: email, to: email })));
  await bookVanishedOptOuts(tables, parts, gone);
  await tables.members.remove(gone);
  await observeMembers(tables, parts, runId, found);
  const emails = outside.map(({ to }) => to);
  const statuses = await tables.members.statuses(emails);
  const isOptedOut = (email: EmailAddress) => statuses.get(email) === 'unsubscribed';
  // A block that vanished with the change of address has to be set again (R7); all others have left.
  await tables.members.setOutside(runId, emails.filter(isOptedOut));
  await tables.members.remove(emails.filter((email) => !isOptedOut(email)));
}
