import type { Reason } from '../../core/reason.ts';
import type { UndeliveredRow } from '../../db/contact-reasons.ts';
import type { Tables } from '../../db/store.ts';

/** One page of the contacts with a reason (U5). */
export type UndeliveredView = {
  contacts: Pick<UndeliveredRow, 'contactId' | 'email' | 'name' | 'reason' | 'words'>[];
  counts: { reason: Reason; count: number }[];
  /** the contact id after which the next page begins; null: this was the last one */
  next: string | null;
};

const PAGE = 100;

/**
 * Puts together one page.
 *
 * @param query.after sort key after which it begins; '' for the first one
 */
export async function undeliveredView(
  tables: Tables,
  query: { reason: Reason | undefined; search: string | undefined; after: string },
): Promise<UndeliveredView> {
  const rows = await tables.contactReasons.undelivered({
    ...query,
    search: query.search?.trim() || undefined,
    limit: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  return {
    contacts: shown.map(({ contactId, email, name, reason, words }) => ({ contactId, email, name, reason, words })),
    counts: await tables.contactReasons.count(),
    next: rows.length > PAGE ? (shown.at(-1)?.contactId ?? null) : null,
  };
}
