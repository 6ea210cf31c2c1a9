import type { Connection } from '../core/connection.ts';
import { PERSON_FIELDS } from '../core/contact.ts';
import type { MailingProvider } from '../core/mailing-provider.ts';
import type { PlanRules } from '../core/person-case.ts';
import type { Store } from '../db/store.ts';
import type { SyncRun } from '../db/sync-runs.ts';
import { readTagBook } from './tags/read-tag-book.ts';

/** What rules are read of: parts of a sync, or what a view has of them. */
type RuleParts = {
  connection: Pick<Connection, 'mapping' | 'settings'>;
  provider: Pick<MailingProvider, 'capabilities'>;
  store: Pick<Store, 'tables'>;
};

/** Puts together what holds for everybody in a plan, from what was last learned of both sides. */
export async function readPlanRules(parts: RuleParts, { kind }: Pick<SyncRun, 'kind'>): Promise<PlanRules> {
  const { connection, provider, store } = parts;
  const facts = await store.tables.connection.crmFacts();
  const { capabilities } = provider;
  return {
    tags: capabilities.tags,
    tagBook: await readTagBook(parts),
    takesOverTags: kind === 'full',
    mappedFields: PERSON_FIELDS.filter((field) => connection.mapping[field] !== undefined),
    maxFieldBytes: capabilities.maxFieldBytes,
    writableConsents: new Set(facts.writableConsents),
    createContacts: connection.settings.unknownMembers === 'create',
  };
}
