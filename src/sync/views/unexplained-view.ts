import type { MemberReason } from '../../core/reason.ts';
import type { UnexplainedRow } from '../../db/member-reasons.ts';
import type { Tables } from '../../db/store.ts';

/** One page of the active members that no contact with Yes explains (section 7). */
export type UnexplainedView = {
  members: UnexplainedRow[];
  counts: { reason: MemberReason; count: number }[];
  /** the address after which the next page begins; null: this was the last one */
  next: string | null;
};

const PAGE = 100;

/**
 * Puts together one page.
 *
 * @param query.after address after which it begins; '' for the first one
 */
export async function unexplainedView(
  tables: Tables,
  query: { reason: MemberReason | undefined; search: string | undefined; after: string },
): Promise<UnexplainedView> {
  const search = query.search?.trim() || undefined;
  const rows = await tables.memberReasons.page({ ...query, search, limit: PAGE + 1 });
  const shown = rows.slice(0, PAGE);
  return {
    members: shown,
    counts: await tables.memberReasons.count(),
    next: rows.length > PAGE ? (shown.at(-1)?.email ?? null) : null,
  };
}
