import type { EmailAddress } from '../../core/email-address.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { type ChunkPlan, planChunk } from '../plan-chunk.ts';
import { readPlanRules } from '../plan-rules.ts';
import { readCutTags } from '../read-cut-tags.ts';
import type { SyncParts } from '../sync-parts.ts';
import { alignTags } from '../tags/align-tags.ts';

/** A key that the CRM does not list is not looked for more often than this, in ms: it may be one that nobody may set any more. */
const UNKNOWN_KEY_MS = 60_000;

/**
 * Plans a chunk of a round. Contacts that lost a tag may have lost it because it was deleted as a whole, which takes it off
 * nobody (R11), and a tag that is not known may be new: the tags of both sides are compared first, and the chunk is planned
 * anew.
 */
export async function planRoundChunk(
  parts: SyncParts,
  round: SyncRun,
  emails: readonly EmailAddress[],
): Promise<ChunkPlan> {
  if (round.kind !== 'urgent') await readCutTags(parts, round.id, emails);
  const plan = async () => planChunk(parts.store.tables, emails, await readPlanRules(parts, round), { isPage: false });
  const planned = await plan();
  if (round.kind === 'urgent') return planned;
  const takesTagsOff = planned.operations.some(({ kind, ...rest }) => 'remove' in rest && rest.remove.length > 0);
  if (!takesTagsOff && !(await carryUnknownTags(parts, emails))) return planned;
  await alignTags(parts, { mayWrite: true });
  return plan();
}

async function carryUnknownTags(
  { store, provider, clock }: SyncParts,
  emails: readonly EmailAddress[],
): Promise<boolean> {
  const { has, tags } = await store.tables.connection.crmFacts();
  if (!has.tags || !provider.capabilities.tags) return false;
  const alignedAt = await store.tables.connection.tagsAlignedAt();
  if (alignedAt !== null && Date.parse(alignedAt) + UNKNOWN_KEY_MS > clock.now()) return false;
  const known = new Set(tags.map(({ key }) => key));
  return (await store.tables.contacts.tagKeys(emails)).some((key) => !known.has(key));
}
