import { ProviderError } from '../../core/errors.ts';
import { temporaryTagName } from '../../core/order-renames.ts';
import {
  inStep,
  type NewTagQuestion,
  planTagChanges,
  type TagPlan,
  type TagRename,
} from '../../core/plan-tag-changes.ts';
import type { CrmTag } from '../../core/tag.ts';
import type { Tables } from '../../db/store.ts';
import type { SyncParts } from '../sync-parts.ts';
import { carryOutTagAnswers } from './carry-out-tag-answers.ts';
import { saveBindings } from './save-bindings.ts';

/** Time between two comparisons while nothing else leads to one, in ms: by then a rename is noticed. */
export const TAG_COMPARISON_MS = 600_000;

/**
 * Compares the tags of both sides as such, before anybody's tags are planned (R11): binds those of one name, carries renames
 * over, and asks about tags that were deleted as a whole or whose new name is taken. May be broken off anywhere and repeated.
 *
 * @param options.mayWrite false before a person has approved of the first write: nothing is renamed, only looked at
 * @param options.crmIsKnown the CRM's tags are not listed again: only the provider has new ones
 */
export async function alignTags(parts: SyncParts, options: { mayWrite: boolean; crmIsKnown?: boolean }): Promise<void> {
  const { provider, store, clock } = parts;
  const { has, tags } = await store.tables.connection.crmFacts();
  if (provider.capabilities.tags && has.tags) {
    const crmTags = options.crmIsKnown ? tags : undefined;
    await compareTags(parts, { mayWrite: options.mayWrite, crmTags });
  }
  await store.transact(async (tables) => {
    await tables.connection.setTagsAligned(clock.now());
    await tables.cursors.planNext('tags', clock.now() + TAG_COMPARISON_MS);
  });
}

async function compareTags(
  parts: SyncParts,
  { mayWrite, crmTags }: { mayWrite: boolean; crmTags: readonly CrmTag[] | undefined },
): Promise<void> {
  const { crm, provider, store, connection, clock } = parts;
  if (mayWrite) await carryOutTagAnswers(parts);
  const bindings = await store.tables.tagBindings.all();
  const sides = {
    crm: crmTags ?? (await crm.listTags()),
    provider: await provider.listTags(connection.audienceId),
    bindings,
  };
  const plan = planTagChanges(sides, provider.capabilities.maxTagLength);
  await store.transact(async (tables) => {
    await saveBindings(tables, bindings, plan.bindings, clock.now());
    await saveLabels(tables, sides.crm);
    await tables.connection.saveProviderTags(sides.provider);
    for (const question of plan.questions) await report(tables, question, clock.now());
  });
  if (mayWrite) await carryOutRenames(parts, plan, sides.crm);
}

async function carryOutRenames(
  parts: SyncParts,
  { renames, bindings }: TagPlan,
  crmTags: readonly CrmTag[],
): Promise<void> {
  const { store, clock } = parts;
  const known = new Map(bindings.map((binding) => [binding.slot, binding]));
  const labels = new Map(crmTags.map(({ key, label }) => [key, label]));
  /** tags with a temporary name, and those whose renaming came to nothing */
  const exchanged = new Set<string>();
  const ended = new Set<string>();
  for (const rename of renames) {
    const { slot, side, id, from, to, isTemporary } = rename;
    const before = known.get(slot);
    if (!before || ended.has(slot)) continue;
    const end = await renameOne(parts, rename);
    if (end !== 'done') ended.add(slot);
    else if (isTemporary) exchanged.add(slot);
    if (end === 'done' && side === 'crm') labels.set(id, to);
    const named = end === 'done' && side === 'provider' ? { ...before, name: to } : before;
    // What is gone, or was left with its temporary name, is for the next comparison.
    const isSettled = end === 'done' ? !isTemporary : end === 'refused' && !exchanged.has(slot);
    const after = isSettled ? inStep(named, labels.get(before.crmKey ?? '') ?? before.crmName) : named;
    known.set(slot, after);
    await store.transact(async (tables) => {
      await saveBindings(tables, [before], [after], clock.now());
      await saveLabels(
        tables,
        [...labels].map(([key, label]) => ({ key, label })),
      );
      // Why a tag was left with its temporary name was told when the other one of the exchange was refused.
      const isTold = from === temporaryTagName(id);
      const wanted = renames.findLast((one) => one.slot === slot && one.side === side)?.to ?? to;
      if (end === 'refused' && !isTold)
        await tables.journal.write(REFUSED[side], { from, to: wanted }, clock.now(), true);
      if (end === 'done' && !isTemporary) await tables.journal.write(RENAMED[side], { from, to }, clock.now());
    });
  }
}

const RENAMED = { crm: 'journal.tag_renamed_in_crm', provider: 'journal.tag_renamed_at_provider' } as const;
const REFUSED = {
  crm: 'journal.tag_rename_refused_by_crm',
  provider: 'journal.tag_rename_refused_by_provider',
} as const;

async function renameOne(
  { crm, provider, connection }: SyncParts,
  { side, id, to }: TagRename,
): Promise<'done' | 'refused' | 'gone'> {
  try {
    if (side === 'crm') await crm.renameTag(id, to);
    else await provider.renameTag(connection.audienceId, id, to);
    return 'done';
  } catch (error) {
    // One tag that may not be renamed does not stop the others (F7).
    if (!(error instanceof ProviderError)) throw error;
    if (error.kind === 'not_found') return 'gone';
    if (error.kind === 'forbidden' || error.kind === 'rejected') return 'refused';
    throw error;
  }
}

async function saveLabels(tables: Tables, tags: readonly CrmTag[]): Promise<void> {
  await tables.connection.saveCrmFacts({ ...(await tables.connection.crmFacts()), tags });
}

const ASKED = {
  'deleted-in-crm': 'journal.tag_deleted_in_crm',
  'deleted-at-provider': 'journal.tag_deleted_at_provider',
  'name-taken': 'journal.tag_name_taken',
} as const;

async function report(tables: Tables, { question, name, wanted }: NewTagQuestion, now: number): Promise<void> {
  const params = question === 'name-taken' ? { tag: name, wanted } : { tag: name };
  await tables.journal.write(ASKED[question], params, now, true);
}
