import { UserError } from '../../core/errors.ts';
import { searchMatcher } from '../../core/search-matcher.ts';
import type { FoundPerson, PersonCursor } from '../../db/people-search.ts';
import type { Tables } from '../../db/store.ts';

/** People who were found (U4). `next`: where to go on; null: that was all. */
export type PeopleView = {
  people: Omit<FoundPerson, 'emailKey' | 'sortKey'>[];
  next: string | null;
};

const PAGE = 50;
/** People looked at by one statement, and at most by one request: a search goes on where the one before ended. */
const CHUNK = 2_000;
const MOST_CHUNKS = 30;

const START: PersonCursor = { emailKey: '', sortKey: '' };

/**
 * Finds people by address, name or record number. What looks like the beginning of an address is found by the index; other
 * searches look at everybody in bounded pieces.
 *
 * @throws UserError `input.invalid` for a cursor that is none of ours
 */
export async function peopleView(
  tables: Tables,
  query: { search: string | undefined; after: string | undefined },
): Promise<PeopleView> {
  const search = query.search?.trim() ?? '';
  const isAddress = search.indexOf('@') > 0 && !/\s/.test(search);
  const prefix = isAddress ? search.normalize('NFC').toLowerCase() : '';
  const matches = searchMatcher(isAddress ? '' : search);
  const limit = search === '' || isAddress ? PAGE + 1 : CHUNK;
  const numbered = /^\d+$/.test(search) && query.after === undefined && (await tables.search.byContact(search));
  const found: FoundPerson[] = numbered ? [numbered] : [];
  let after = query.after === undefined ? START : readCursor(query.after);
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk += 1) {
    const rows = await tables.search.page({ after, prefix, limit });
    for (const row of rows) {
      if (!matches([row.name, row.email]) || row.contactId === search) continue;
      // One more than is shown tells whether there is more.
      if (found.length === PAGE) return view(found, found.at(-1));
      found.push(row);
    }
    const last = rows.at(-1);
    if (!last || rows.length < limit) return view(found, undefined);
    after = last;
  }
  return view(found, after);
}

function view(found: readonly FoundPerson[], next: PersonCursor | undefined): PeopleView {
  return {
    people: found.map(({ emailKey: _, sortKey: __, ...person }) => person),
    next: next ? Buffer.from(JSON.stringify([next.emailKey, next.sortKey])).toString('base64url') : null,
  };
}

function readCursor(text: string): PersonCursor {
  try {
    const [emailKey, sortKey]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof emailKey === 'string' && typeof sortKey === 'string') return { emailKey, sortKey };
  } catch {
    // Refused below like any other text.
  }
  throw new UserError({ code: 'input.invalid', field: 'after', params: { field: 'after' } });
}
