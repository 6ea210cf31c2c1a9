import { PERSON_FIELDS } from '../../core/contact.ts';
import type { PlanRules } from '../../core/person-case.ts';
import type { CrmTag } from '../../core/tag.ts';
import type { FullSyncParts } from './full-sync-parts.ts';

/** Puts together what holds for everybody in a plan. Reads the CRM's tags where the provider carries tags. */
export async function readPlanRules(parts: FullSyncParts): Promise<{ rules: PlanRules; crmTags: readonly CrmTag[] }> {
  const { connection, crm, provider, store } = parts;
  const usesTags = provider.capabilities.tags && connection.crmFacts.has.tags;
  const crmTags = usesTags ? await crm.listTags() : [];
  const refused = await store.tables.refusedTags.all();
  return {
    crmTags,
    rules: {
      tags: provider.capabilities.tags,
      // Compared and written as the provider would cut them, or they would be planned again for ever (R13).
      tagLabels: new Map(
        crmTags.map((tag) => [tag.key, [...tag.label].slice(0, provider.capabilities.maxTagLength).join('')]),
      ),
      crmHasTags: connection.crmFacts.has.tags,
      refusedTags: new Set(refused.map((tag) => tag.folded)),
      mappedFields: PERSON_FIELDS.filter((field) => connection.mapping[field] !== undefined),
      maxFieldBytes: provider.capabilities.maxFieldBytes,
      writableConsents: new Set(connection.crmFacts.writableConsents),
      createContacts: true,
    },
  };
}
