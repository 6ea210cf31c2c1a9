import type { EmailAddress } from '../../core/email-address.ts';
import type { MoveResult } from '../../core/mailing-provider.ts';
import type { Member } from '../../core/member.ts';
import { planPerson } from '../../core/plan-person.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import type { GateRow } from '../consent-gate/gate-rows.ts';
import { observeMembers } from '../observe-members.ts';
import { readPlanRules } from '../plan-rules.ts';
import { readMembersSingly } from '../read-members-singly.ts';
import type { SyncParts } from '../sync-parts.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';

/** Members that are moved side by side. */
const AT_ONCE = 8;

/**
 * Gives members the new addresses of their contacts (R7). A row whose answer was lost is looked for under both addresses
 * first (F5). What was planned for the new address besides falls away with a move that did not come about.
 */
export const moveMembers: ExecuteRows = async (parts, run, rows) => {
  const wasSent = new Set(rows.filter(({ state }) => state === 'sent').map(({ id }) => id));
  const asked = rowsOfKind(rows, 'move-member');
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    await Promise.all(
      asked.slice(start, start + AT_ONCE).map(async (row) => {
        if (wasSent.has(row.id) && (await hasArrived(parts, run, row))) return;
        await moveOne(parts, run, row);
      }),
    );
  }
};

async function moveOne(parts: SyncParts, run: SyncRun, row: GateRow<'move-member'>): Promise<void> {
  const { email, from } = row.operation;
  const result = await parts.gate.moveMember(row, markSent(parts, run.id));
  if (result.verdict === 'refused') {
    await readMembersSingly(parts, run.id, [from, email]);
    await end(parts, run, row, 'refused', 'opted_out');
    return;
  }
  await settle(parts, run, row, result.answer);
}

async function settle(parts: SyncParts, run: SyncRun, row: GateRow<'move-member'>, answer: MoveResult): Promise<void> {
  const { email, from } = row.operation;
  switch (answer.outcome) {
    case 'done':
      await storeMoved(parts, run, row, answer.member);
      return;
    case 'left':
      await storeMoved(parts, run, row, answer.member);
      await end(parts, run, row, 'refused', 'opted_out');
      return;
    case 'gone':
      await readMembersSingly(parts, run.id, [from]);
      await end(parts, run, row, 'held', '');
      return;
    case 'already-member': {
      const found = await readMembersSingly(parts, run.id, [from, email]);
      // In the account, but not in the audience: he comes into it as he is, and the old member leaves.
      const rest = found.has(email) ? [] : await planWithoutMove(parts, run, [email, from]);
      await end(parts, run, row, rest.length > 0 ? 'dropped' : 'held', '', rest);
      return;
    }
    case 'refused': {
      const { reason, words, isPermanent } = answer;
      await readMembersSingly(parts, run.id, [from, email]);
      const rest = await planWithoutMove(parts, run, [from]);
      await parts.store.transact((tables) => tables.refusals.save([{ emailKey: email, reason, words, isPermanent }]));
      await end(parts, run, row, 'refused', words || reason, rest);
      return;
    }
  }
}

/** What the addresses need if the member stays where he is: the old one loses him, the new one is an ordinary address. */
async function planWithoutMove(parts: SyncParts, run: SyncRun, emails: readonly EmailAddress[]) {
  const rules = await readPlanRules(parts, run);
  const people = await parts.store.tables.people.load(emails);
  // Our own move is what is on its way.
  return people.flatMap((person) => planPerson({ ...person, isRaiseOnItsWay: false }, rules).operations);
}

/** The member, his base state and all that he was known by are at the new address. */
async function storeMoved(
  parts: SyncParts,
  run: SyncRun,
  { id, operation: { email, from, contactId } }: GateRow<'move-member'>,
  member: Member,
): Promise<void> {
  await parts.store.transact(async (tables) => {
    await tables.aliases.keep([{ from, to: email }]);
    await tables.members.move([{ from, to: email }], 'us');
    await tables.links.move([{ from, to: email, contactId }]);
    await observeMembers(tables, parts, run.id, [member]);
    await tables.refusals.forget([email]);
    await tables.plan(run.id).markWithWords([{ id, state: 'done', words: '' }]);
  });
}

/** Looks under both addresses what became of a move whose answer was lost. */
async function hasArrived(parts: SyncParts, run: SyncRun, row: GateRow<'move-member'>): Promise<boolean> {
  const { provider, connection } = parts;
  const { email, from } = row.operation;
  const [before, after] = await Promise.all(
    [from, email].map((address) => provider.readMember(connection.audienceId, address, connection.mapping)),
  );
  if (before || !after) return false;
  await settle(
    parts,
    run,
    row,
    after.status === 'subscribed' ? { outcome: 'done', member: after } : { outcome: 'left', member: after },
  );
  return true;
}

async function end(
  { store }: SyncParts,
  run: SyncRun,
  { id, operation }: GateRow<'move-member'>,
  state: 'held' | 'dropped' | 'refused',
  words: string,
  rest: Parameters<ReturnType<SyncParts['store']['tables']['plan']>['add']>[0] = [],
): Promise<void> {
  await store.transact(async (tables) => {
    await tables.plan(run.id).forget([operation.email]);
    await tables.plan(run.id).add(rest);
    await tables.plan(run.id).markWithWords([{ id, state, words }]);
  });
}
