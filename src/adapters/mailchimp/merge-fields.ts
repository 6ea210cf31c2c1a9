import type { PersonField } from '../../core/contact.ts';
import type { FieldMapping, FieldRecognition } from '../../core/mailing-provider.ts';
import { withMeaning } from './errors.ts';
import { newMergeField, recogniseMergeFields } from './field-map.ts';
import type { FieldLanguage } from './field-names.ts';
import { MAILCHIMP_LIMITS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { MERGE_FIELD_LIST_FIELDS, MergeField, MergeFieldListAnswer } from './schema.ts';

const ROUTE = '/lists/{listId}/merge-fields';

/** Reads the audience's fields and recognises ours (M5). */
export async function recogniseFields(client: MailchimpClient, listId: string): Promise<FieldRecognition> {
  return recogniseMergeFields(await readMergeFields(client, listId));
}

/**
 * Creates the fields that are missing, and only those: what is there already is recognised, so that a repetition after a
 * lost answer creates nothing twice.
 *
 * @throws ProviderError code `mailchimp.field_refused`, e.g. when the audience holds the most fields that the plan allows
 */
export async function createFields(
  client: MailchimpClient,
  listId: string,
  fields: readonly PersonField[],
  language: FieldLanguage,
): Promise<FieldMapping> {
  const existing = await readMergeFields(client, listId);
  const { mapping } = recogniseMergeFields(existing);
  const tags = existing.map(({ tag }) => tag);
  for (const field of fields) {
    if (mapping[field] !== undefined) continue;
    const creating = client.ask(
      { method: 'POST', route: ROUTE, path: { listId }, body: newMergeField(field, language, tags) },
      MergeField,
    );
    const { tag } = await withMeaning(creating, {
      rejected: { kind: 'misconfigured', code: 'mailchimp.field_refused' },
    });
    mapping[field] = tag;
    tags.push(tag);
  }
  return mapping;
}

async function readMergeFields(client: MailchimpClient, listId: string): Promise<readonly MergeField[]> {
  const { merge_fields } = await client.ask(
    {
      method: 'GET',
      route: ROUTE,
      path: { listId },
      query: { count: MAILCHIMP_LIMITS.rowsPerPage, fields: MERGE_FIELD_LIST_FIELDS },
    },
    MergeFieldListAnswer,
  );
  return merge_fields;
}
