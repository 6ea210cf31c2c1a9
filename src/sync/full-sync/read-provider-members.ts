import type { MemberScope } from '../../core/mailing-provider.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { laterStamp, PROVIDER_OVERLAP_MS, stoodAt } from '../changes/poll-window.ts';
import { readNextCutTags } from '../read-cut-tags.ts';
import { readMembersSingly } from '../read-members-singly.ts';
import { storeListed } from '../store-listed.ts';
import type { PhaseStep, SyncParts } from '../sync-parts.ts';
import { completeAsOf } from './as-of.ts';

/** Pages that are read side by side; the other connections stay free for what cannot wait. */
const PAGES_AT_ONCE = 4;
/** Members that are read singly in one step. */
const SINGLES_PER_STEP = 100;

/** Reads every member's status and tags before anything is written (R4): the present ones, then the archived ones. */
export const readProviderMembers: PhaseStep = async (parts, run) => {
  const { scope = 'present', offset, singles } = run.cursor;
  if (singles !== undefined) return readSingles(parts, run);
  const { provider, connection, store, clock } = parts;
  const pageSize = provider.capabilities.membersPerPage;
  const start = Number(offset ?? 0);
  const memberScope: MemberScope = scope === 'archived' ? 'archived' : 'present';
  const pagesLeft = run.total === null ? 1 : Math.ceil((Number(run.cursor.scopeTotal ?? 0) - start) / pageSize);
  const offsets = Array.from(
    { length: Math.max(1, Math.min(PAGES_AT_ONCE, pagesLeft)) },
    (_, index) => start + index * pageSize,
  );
  const pages = await Promise.all(
    offsets.map((pageOffset) =>
      provider.readMembers({
        audienceId: connection.audienceId,
        scope: memberScope,
        offset: pageOffset,
        mapping: connection.mapping,
      }),
    ),
  );
  const read = pages.flatMap((page) => page.members);
  const scopeTotal = Math.max(...pages.map((page) => page.total));
  const next = start + offsets.length * pageSize;
  await storeListed(parts, run.id, read);
  const isAudienceOnly = run.cursor.isAudienceOnly === true || pages.some((page) => page.isAudienceOnly);
  const newest = newestOf([String(run.cursor.newest ?? ''), ...pages.map(({ newestChange = '' }) => newestChange)]);
  const isEnd = next >= scopeTotal;
  const known = { ...run.cursor, newest, isAudienceOnly };
  const cursor = isEnd
    ? memberScope === 'present'
      ? { ...known, scope: 'archived', offset: 0, scopeTotal: 0 }
      : { ...known, singles: true }
    : { ...known, scope: memberScope, offset: next, scopeTotal };
  await store.transact(async (tables) => {
    const total = memberScope === 'present' ? scopeTotal : (run.total ?? 0) + (start === 0 ? scopeTotal : 0);
    await tables.runs.progress(run.id, { cursor, done: run.done + read.length, total });
    await tables.health.set('provider', 'ok', clock.now());
  });
};

/**
 * Reads singly what a listing does not show: members whose tags were cut, members that no listing of this run delivered (R4:
 * before a loss is concluded), and, where it shows the audience alone, whoever says Yes outside of it: he may have left.
 */
async function readSingles(parts: SyncParts, run: SyncRun): Promise<void> {
  const { store, clock } = parts;
  if (await readNextCutTags(parts, run.id)) return;
  const emails = await store.tables.members.unseen(run.id, SINGLES_PER_STEP);
  if (emails.length > 0) {
    await readMembersSingly(parts, run.id, emails);
    return;
  }
  if (run.cursor.isAudienceOnly === true && (await readOutside(parts, run))) return;
  await store.analyze();
  const newest = newestOf([await store.tables.members.newestChange(), String(run.cursor.newest ?? '')]);
  const startedAt = Date.parse(run.phaseStartedAt);
  const { providerAsOf = '', providerReadAt = null } = (await store.tables.cursors.get()) ?? {};
  // Nothing may have changed for long: then the clock, as the polls know it, has gone on further than the newest stamp.
  const membersAsOf = laterStamp(
    completeAsOf(newest, clock.now() - startedAt),
    stoodAt(providerAsOf, providerReadAt, startedAt, PROVIDER_OVERLAP_MS),
  );
  const contactsAsOf = run.cursor.contactsAsOf ?? '';
  await store.transact(async (tables) => {
    await tables.runs.remember(run.id, { contactsAsOf: String(contactsAsOf), membersAsOf });
    await tables.runs.enterPhase(run.id, 'planning', clock.now());
  });
}

/** @returns false when everybody outside the audience who says Yes has been asked for */
async function readOutside(parts: SyncParts, run: SyncRun): Promise<boolean> {
  const { store } = parts;
  const after = String(run.cursor.outsideUpTo ?? '');
  const emails = await store.tables.contacts.outsideAudience(run.id, after, SINGLES_PER_STEP);
  const last = emails.at(-1);
  if (last === undefined) return false;
  const isFirst = run.cursor.outsideUpTo === undefined;
  const added = isFirst ? await store.tables.contacts.countOutsideAudience(run.id) : 0;
  await readMembersSingly(parts, run.id, emails);
  await store.transact((tables) =>
    tables.runs.progress(run.id, {
      cursor: { ...run.cursor, outsideUpTo: last },
      done: run.done + emails.length,
      total: (run.total ?? 0) + added,
    }),
  );
  return true;
}

function newestOf(stamps: readonly string[]): string {
  return stamps.reduce((newest, stamp) => (stamp > newest ? stamp : newest), '');
}
