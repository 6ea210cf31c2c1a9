import { type CrmTag, foldTag } from '../../core/tag.ts';
import type { OnOfficeCustomer } from './customer.ts';
import { errorMeaning, errorWords, type OnOfficeErrorCode, onOfficeError } from './errors.ts';
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
  // Whether the same key twice is refused or doubled is unknown; asked for again, the tag is found by its name.
  await change(customer, 'create', entryOf(key, label, tags.length + 1), 'onoffice.tag_creation_refused');
  const created = tagsOf(await customer.fields.refresh()).find((tag) => foldTag(tag.label) === foldTag(label));
  if (!created)
    throw onOfficeError('onoffice.tag_creation_refused', { words: 'the tag is not in the list afterwards' });
  return created;
}

/**
 * Gives a permitted tag another label; the contacts keep it by its key. Like the creation it counts only when the field list
 * shows it.
 *
 * @throws ProviderError `onoffice.tag_change_refused`
 */
export async function renameNewsletterTag(customer: OnOfficeCustomer, key: string, label: string): Promise<void> {
  const tags = tagsOf(await customer.fields.refresh());
  const position = tags.findIndex((tag) => tag.key === key) + 1;
  if (position === 0) throw onOfficeError('onoffice.tag_change_refused', { words: 'the tag is not in the list' });
  await change(customer, 'modify', entryOf(key, label, position), 'onoffice.tag_change_refused');
  const renamed = tagsOf(await customer.fields.refresh()).find((tag) => tag.key === key);
  if (renamed?.label.normalize('NFC').trim() !== label.normalize('NFC').trim())
    throw onOfficeError('onoffice.tag_change_refused', { words: 'the tag has its old name afterwards' });
}

/**
 * Deletes a permitted tag, also from the contacts; one that is gone is no error.
 *
 * @throws ProviderError `onoffice.tag_change_refused`
 */
export async function deleteNewsletterTag(customer: OnOfficeCustomer, key: string): Promise<void> {
  const isThere = async () => tagsOf(await customer.fields.refresh()).some((tag) => tag.key === key);
  if (!(await isThere())) return;
  await change(customer, 'delete', [key], 'onoffice.tag_change_refused');
  if (await isThere())
    throw onOfficeError('onoffice.tag_change_refused', { words: 'the tag is in the list afterwards' });
}

function entryOf(key: string, label: string, position: number) {
  return { [key]: { Feldinhalt: label, Ebene: '1', Position: String(position), Vater: '0' } };
}

async function change(
  customer: OnOfficeCustomer,
  verb: 'create' | 'modify' | 'delete',
  data: object,
  refusedAs: OnOfficeErrorCode,
): Promise<void> {
  const { results, stop } = await customer.writes.run(
    [
      {
        verb,
        resourceType: 'multiselectkey',
        resourceId: FIELD.tags,
        parameters: { modul: 'adressen', Sprache: customer.language, data },
      },
    ],
    { isRepeatable: verb !== 'create' },
  );
  if (stop) throw stop.error;
  const [result] = results;
  if (result?.outcome === 'failed') throw refusal(result.number, result.message, refusedAs);
}

function refusal(number: number, message: string, refusedAs: OnOfficeErrorCode) {
  const meaning = errorMeaning(number);
  const code = meaning.reach === 'call' || meaning.kind === 'unavailable' ? meaning.code : refusedAs;
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
