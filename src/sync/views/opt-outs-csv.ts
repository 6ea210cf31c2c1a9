import type { OptedOut } from '../../db/tenant-data.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';

/** Rows that are in memory at a time. */
const PAGE = 1_000;

/** Everybody who is opted out at a tenant: the file that is offered before all of its data are deleted (R14). */
export async function* optOutsCsv(page: (after: string, limit: number) => Promise<OptedOut[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(['email', 'since', 'foundIn']);
  for (let after = ''; ; ) {
    const rows = await page(after, PAGE);
    yield rows.map(({ email, since, foundIn }) => csvLine([email, since, foundIn])).join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.email;
  }
}
