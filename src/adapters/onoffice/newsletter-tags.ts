import { type CrmTag, foldTag } from '../../core/tag.ts';
import type { OnOfficeCustomer } from './customer.ts';
import { errorMeaning, errorWords, onOfficeError } from './errors.ts';
import { tagsOf } from './field-catalog.ts';
import { FIELD } from './field-map.ts';

/**
 * Adds a permitted newsletter tag, or finds the one of that name. The call is in no published documentation, only in public
 * programs, so nothing but the field list read afterwards counts as success.
 *
 * @throws ProviderError `onoffice.tag_creation_refused`: an administrator has to add it (Settings, Administration,
 * Multiselect); `onoffice.field_inactive` where the customer has no tags
 */
export async function createNewsletterTag(customer: OnOfficeCustomer, label: string): Promise<CrmTag> {
  const fields = await customer.fields.refresh();
  if (!fields.has(FIELD.tags)) throw onOfficeError('onoffice.field_inactive', { words: FIELD.tags });
  const tags = tagsOf(fields);
  const present = tags.find((tag) => foldTag(tag.label) === foldTag(label));
  if (present) return present;
  const key = freeKey(label, new Set(tags.map((tag) => tag.key.toLowerCase())));
  const { results, stop } = await customer.writes.run(
    [
      {
        verb: 'create',
        resourceType: 'multiselectkey',
        resourceId: FIELD.tags,
        parameters: {
          modul: 'adressen',
          Sprache: customer.language,
          data: { [key]: { Feldinhalt: label, Ebene: '1', Position: String(tags.length + 1), Vater: '0' } },
        },
      },
    ],
    // Whether the same key twice is refused or doubled is unknown; asked for again, the tag is found by its name.
    { isRepeatable: false },
  );
  if (stop) throw stop.error;
  const [result] = results;
  if (result?.outcome === 'failed') throw refusal(result.number, result.message);
  const created = tagsOf(await customer.fields.refresh()).find((tag) => foldTag(tag.label) === foldTag(label));
  if (!created)
    throw onOfficeError('onoffice.tag_creation_refused', { words: 'the tag is not in the list afterwards' });
  return created;
}

function refusal(number: number, message: string) {
  const meaning = errorMeaning(number);
  const code =
    meaning.reach === 'call' || meaning.kind === 'unavailable' ? meaning.code : 'onoffice.tag_creation_refused';
  return onOfficeError(code, { status: number, words: errorWords(number, message) });
}

/** A key that the list does not have, made of the label's plain letters, as onOffice's own keys are plain. */
function freeKey(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 30);
  const base = `newsletterTag${plain}`;
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}${number}`;
    if (!taken.has(key.toLowerCase())) return key;
  }
}
