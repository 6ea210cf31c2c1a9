import type { Audience, ProviderAccount } from '../../core/mailing-provider.ts';
import type { BrevoClient } from './brevo-client.ts';
import { withMeaning } from './errors.ts';
import { BREVO_LIMITS } from './limits.ts';
import { AccountAnswer, FolderCollectionAnswer, IdAnswer, type ListAnswer, ListCollectionAnswer } from './schema.ts';

/** Plan types of `GET /account` that are no paid marketing plan. */
const UNPAID_PLANS = new Set(['free', 'sms']);

/** How long a list that was just seen is taken to be there. */
const LIST_SEEN_MS = 60_000;

/** Asks whether a list is there; throws `ProviderError` code `brevo.audience_gone` when it is not. */
export type AssertListThere = (listId: number) => Promise<void>;

/** Reads account and lists (M1): one call and one for each 50 lists. Lists are not limited in number. */
export async function checkAccount(client: BrevoClient): Promise<ProviderAccount> {
  const account = await client.ask({ method: 'GET', route: '/account' }, AccountAnswer);
  const lists: ListAnswer[] = [];
  for (let offset = 0, total = 1; offset < total; offset += BREVO_LIMITS.listsPerPage) {
    const query = { limit: BREVO_LIMITS.listsPerPage, offset, sort: 'asc' };
    const page = await client.ask({ method: 'GET', route: '/contacts/lists', query }, ListCollectionAnswer);
    lists.push(...page.lists);
    total = page.count;
  }
  const plans = account.plan.map(({ type }) => type).filter((type) => type !== 'sms' && type !== '');
  return {
    accountId: account.organization_id || account.email,
    name: account.companyName || account.email,
    plan: plans.join(', '),
    isPaidPlan: plans.some((type) => !UNPAID_PLANS.has(type)),
    audiences: lists.map(({ id, name, uniqueSubscribers }) => ({
      id: String(id),
      name,
      memberCount: uniqueSubscribers,
    })),
    mayCreateAudience: true,
  };
}

/**
 * Creates a list in a folder of the same name, which is made where it is missing (M2). Not repeated when the answer is lost:
 * the caller looks for the name again. Two lists may have one name, so it is the id that counts.
 */
export async function createAudience(client: BrevoClient, name: string): Promise<Audience> {
  const folderId = (await findFolder(client, name)) ?? (await create(client, '/contacts/folders', { name }));
  const id = await create(client, '/contacts/lists', { name, folderId });
  return { id: String(id), name, memberCount: 0 };
}

async function create(client: BrevoClient, route: string, body: object): Promise<number> {
  const creating = client.ask({ method: 'POST', route, body }, IdAnswer);
  const made = await withMeaning(creating, { rejected: { kind: 'misconfigured', code: 'brevo.audience_refused' } });
  return made.id;
}

async function findFolder(client: BrevoClient, name: string): Promise<number | undefined> {
  for (let offset = 0, total = 1; offset < total; offset += BREVO_LIMITS.listsPerPage) {
    const query = { limit: BREVO_LIMITS.listsPerPage, offset, sort: 'asc' };
    const page = await client.ask({ method: 'GET', route: '/contacts/folders', query }, FolderCollectionAnswer);
    const found = page.folders.find((folder) => folder.name === name);
    if (found) return found.id;
    total = page.count;
  }
  return undefined;
}

/**
 * Makes the question whether a list is there. A deleted list makes everybody absent, and nobody may be taken for gone because
 * the list is: it is asked for once a minute.
 */
export function createListWatch(client: BrevoClient): AssertListThere {
  const seenAt = new Map<number, number>();
  const asking = new Map<number, Promise<unknown>>();
  const ask = async (listId: number) => {
    try {
      await client.ask({ method: 'GET', route: '/contacts/lists/{listId}', path: { listId } }, IdAnswer);
      seenAt.set(listId, client.clock.now());
    } finally {
      asking.delete(listId);
    }
  };
  return async (listId) => {
    const seen = seenAt.get(listId);
    if (seen !== undefined && client.clock.now() - seen <= LIST_SEEN_MS) return;
    // Whoever asks meanwhile waits for the same answer.
    const answer = asking.get(listId) ?? ask(listId);
    asking.set(listId, answer);
    await answer;
  };
}

/** Our audience ids are the numbers of Brevo's lists. */
export function parseListId(audienceId: string): number {
  const id = Number(audienceId);
  if (!Number.isSafeInteger(id) || id < 1) throw new Error(`${audienceId} is no number of a list`);
  return id;
}
