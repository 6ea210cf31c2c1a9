import type { Connection } from '../core/connection.ts';
import { PERSON_FIELDS } from '../core/contact.ts';
import type { MailingProvider } from '../core/mailing-provider.ts';
import type { PlanRules } from '../core/person-case.ts';
import type { Store } from '../db/store.ts';

/** Puts together what holds for everybody in a plan, from what the run learned of the CRM at its start. */
export async function readPlanRules({
  connection,
  provider,
  store,
}: {
  connection: Pick<Connection, 'mapping' | 'settings'>;
  provider: Pick<MailingProvider, 'capabilities'>;
  store: Pick<Store, 'tables'>;
}): Promise<PlanRules> {
  const facts = await store.tables.connection.crmFacts();
  const refused = await store.tables.refusedTags.all();
  const { capabilities } = provider;
  return {
    tags: capabilities.tags,
    // Compared and written as the provider would cut them, or they would be planned again for ever (R13).
    tagLabels: new Map(
      facts.tags.map(({ key, label }) => [key, [...label].slice(0, capabilities.maxTagLength).join('')]),
    ),
    crmHasTags: facts.has.tags,
    refusedTags: new Set(refused.map((tag) => tag.folded)),
    mappedFields: PERSON_FIELDS.filter((field) => connection.mapping[field] !== undefined),
    maxFieldBytes: capabilities.maxFieldBytes,
    writableConsents: new Set(facts.writableConsents),
    createContacts: connection.settings.unknownMembers === 'create',
  };
}
