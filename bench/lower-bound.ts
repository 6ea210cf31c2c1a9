import type { SyncResult } from './bench-row.ts';

/** A number of requests with the formula it comes from, its sizes filled in. `at most`: it holds an allowance. */
export type LowerBound = { word: 'lower bound' | 'at most'; requests: number; formula: string };

type Term = { requests: number; text: string };

/** Set-up requests at most (product target); not part of the lower bound of a sync. */
export const MOST_SET_UP_REQUESTS = 12;
/** Reads of Brevo's processes at most. */
const MOST_PROCESS_READS = 20;
const BYTES_PER_IMPORT = 8_000_000;

const count = (value: number) => value.toLocaleString('en');
const pages = (name: string, rows: number, size: number): Term => ({
  requests: Math.ceil(rows / size),
  text: `⌈${name} ${count(rows)}/${count(size)}⌉`,
});
const sum = (terms: readonly Term[], word: LowerBound['word'] = 'lower bound'): LowerBound => ({
  word,
  requests: terms.reduce((total, { requests }) => total + requests, 0),
  formula: terms.map(({ text }) => text).join(' + '),
});

/** Least requests of the first full sync into an empty audience or list. */
export function firstSyncBound({ row, sizes, first }: Pick<SyncResult, 'row' | 'sizes' | 'first'>): LowerBound {
  const crm = [pages('C', sizes.withAddress, 500), pages('W', first.crmWrites, 20)];
  if (row.provider === 'mailchimp') {
    const members = [pages('M', sizes.membersBefore, 1000), pages('A', sizes.archivedBefore, 1000)];
    return sum([...crm, ...members, pages('N', sizes.added, 500)]);
  }
  const imports = Math.ceil(sizes.importBytes / BYTES_PER_IMPORT) + 1;
  const brevo = [
    pages('K', sizes.membersBefore, 1000),
    { requests: imports, text: `⌈bytes ${count(sizes.importBytes)}/8 MB⌉ + 1` },
    pages('L', sizes.membersAfter, 500),
    { requests: MOST_PROCESS_READS, text: `${MOST_PROCESS_READS} process reads` },
  ];
  return sum([...crm, ...brevo], 'at most');
}

/** Least requests of a full sync that changes nothing: the reads. */
export function secondSyncBound({ row, sizes }: Pick<SyncResult, 'row' | 'sizes'>): LowerBound {
  const name = row.provider === 'mailchimp' ? 'M' : 'K';
  return sum([pages('C', sizes.withAddress, 500), pages(name, sizes.membersAfter, 1000)]);
}
