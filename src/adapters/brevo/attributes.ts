import type { PersonField } from '../../core/contact.ts';
import { ProviderError } from '../../core/errors.ts';
import type { FieldMapping, FieldRecognition } from '../../core/mailing-provider.ts';
import { newAttributeName, recogniseAttributes, type Sample, wholePairs } from './attribute-map.ts';
import type { FieldLanguage } from './attribute-names.ts';
import type { BrevoClient } from './brevo-client.ts';
import { withMeaning } from './errors.ts';
import { BREVO_LIMITS } from './limits.ts';
import { type Attribute, AttributeListAnswer, ContactCollectionAnswer } from './schema.ts';

/** Reads the account's attributes and recognises ours (M5). Attributes belong to the account, not to a list. */
export async function recogniseFields(client: BrevoClient): Promise<FieldRecognition> {
  const attributes = await readAttributes(client);
  return recogniseAttributes(attributes, await readSample(client, attributes));
}

/**
 * Creates the attributes that are missing, and only those: what is there already is recognised, so that a repetition after
 * a lost answer creates nothing twice.
 *
 * @throws ProviderError code `brevo.field_refused`
 */
export async function createFields(
  client: BrevoClient,
  fields: readonly PersonField[],
  language: FieldLanguage,
): Promise<FieldMapping> {
  const attributes = await readAttributes(client);
  const { mapping } = recogniseAttributes(attributes, await readSample(client, attributes));
  const taken = new Set(attributes.map(({ name }) => name.toUpperCase()));
  for (const field of fields) {
    if (mapping[field] !== undefined) continue;
    const name = newAttributeName(field, language, taken);
    await createAttribute(client, name);
    mapping[field] = name;
    taken.add(name);
  }
  return mapping;
}

async function createAttribute(client: BrevoClient, name: string): Promise<void> {
  const creating = client.tell({
    method: 'POST',
    route: '/contacts/attributes/normal/{name}',
    path: { name },
    body: { type: 'text' },
  });
  try {
    await withMeaning(creating, { rejected: { kind: 'misconfigured', code: 'brevo.field_refused' } });
  } catch (error) {
    // Whether it was made by somebody else in between is not told apart by the text.
    const isRefused = error instanceof ProviderError && error.code === 'brevo.field_refused';
    const isThere =
      isRefused && (await readAttributes(client)).some((one) => one.name.toUpperCase() === name && one.type === 'text');
    if (!isThere) throw error;
  }
}

async function readAttributes(client: BrevoClient): Promise<readonly Attribute[]> {
  const { attributes } = await client.ask({ method: 'GET', route: '/contacts/attributes' }, AttributeListAnswer);
  return attributes;
}

async function readSample(client: BrevoClient, attributes: readonly Attribute[]): Promise<Sample> {
  if (wholePairs(attributes).length < 2) return [];
  const query = { limit: BREVO_LIMITS.sampleContacts, offset: 0, sort: 'desc' };
  const { contacts } = await client.ask({ method: 'GET', route: '/contacts', query }, ContactCollectionAnswer);
  return contacts.map((contact) => contact.attributes);
}
