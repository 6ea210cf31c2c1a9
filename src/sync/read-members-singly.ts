import type { EmailAddress } from '../core/email-address.ts';
import type { Member } from '../core/member.ts';
import type { SyncParts } from './sync-parts.ts';

/** Reads members one by one and stores what is there now; those that are unknown to the provider are forgotten. */
export async function readMembersSingly(
  { provider, connection, store }: Pick<SyncParts, 'provider' | 'connection' | 'store'>,
  runId: string,
  emails: readonly EmailAddress[],
): Promise<ReadonlyMap<EmailAddress, Member>> {
  const read = await Promise.all(
    emails.map(async (email) => ({
      email,
      member: await provider.readMember(connection.audienceId, email, connection.mapping),
    })),
  );
  const found = read.map(({ member }) => member).filter((member) => member !== undefined);
  await store.transact(async (tables) => {
    await tables.members.observe(runId, found);
    await tables.members.remove(read.filter(({ member }) => !member).map(({ email }) => email));
  });
  return new Map(found.map((member) => [member.email, member]));
}
