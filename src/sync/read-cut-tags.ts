import type { EmailAddress } from '../core/email-address.ts';
import { readMembersSingly } from './read-members-singly.ts';
import type { SyncParts } from './sync-parts.ts';

/** Members that are read singly in one step. */
const SINGLES_PER_STEP = 100;

/** Reads singly whoever of these has more tags than a listing or an answer shows (R4): what is not shown is not lost. */
export async function readCutTags(parts: SyncParts, runId: string, emails: readonly EmailAddress[]): Promise<void> {
  const cut = await parts.store.tables.members.withMoreTagsAmong(emails);
  if (cut.length > 0) await readMembersSingly(parts, runId, cut);
}

/**
 * Does the same for everybody, some at a time.
 *
 * @returns false when nobody was left to be read
 */
export async function readNextCutTags(parts: SyncParts, runId: string): Promise<boolean> {
  const cut = await parts.store.tables.members.withMoreTags(SINGLES_PER_STEP);
  if (cut.length > 0) await readMembersSingly(parts, runId, cut);
  return cut.length > 0;
}
