import type { SyncParts } from '../sync-parts.ts';
import { noteMails } from './note-mails.ts';

/** Members that are asked about in one step: a second or two at the provider's pace. */
const AT_ONCE = 16;

/**
 * Asks for the next members what became of their mails, and notes what no event had told (F2). A sweep goes over all of them
 * once and resumes where it was.
 */
export async function sweepMembers(parts: SyncParts): Promise<void> {
  const { store, clock, provider } = parts;
  const sweep = (await store.tables.activityWork.get())?.sweep;
  const read = provider.readMailHistory;
  if (!sweep || !read) {
    await store.tables.activityWork.endSweep();
    return;
  }
  const emails = await store.tables.members.addressesAfter(sweep.after, AT_ONCE);
  const last = emails.at(-1);
  const happenings = (await Promise.all(emails.map((email) => read(email, sweep.since)))).flat();
  await store.transact(async (tables) => {
    await noteMails(tables, parts, happenings);
    if (last === undefined) await tables.activityWork.endSweep();
    else await tables.activityWork.sweepOn({ ...sweep, after: last }, clock.now());
  });
}
