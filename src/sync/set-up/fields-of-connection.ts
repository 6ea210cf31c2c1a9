import { PERSON_FIELDS, type PersonField } from '../../core/contact.ts';
import type { ProviderField } from '../../core/mailing-provider.ts';
import type { OutsideSystems } from '../../core/outside-systems.ts';
import { AUDIENCE_NAME } from './check-provider.ts';
import type { ConnectionInSetUp } from './connection-registry.ts';

/** What the mapping of fields can be chosen from (M5). */
export type FieldsOfConnection = {
  /** empty while the audience does not exist */
  providerFields: readonly ProviderField[];
  /** null: not carried; absent: will be created */
  mapping: Partial<Record<PersonField, string | null>>;
  willBeCreated: readonly PersonField[];
  missingInCrm: readonly PersonField[];
  samples: readonly { field: PersonField; value: string }[];
};

/** Reads the audience's fields and says how they fit; nothing is created. */
export async function fieldsOfConnection(
  systems: OutsideSystems,
  { connection, store, credentials }: ConnectionInSetUp,
): Promise<FieldsOfConnection> {
  const provider = systems.provider(connection.provider, credentials.providerKey).reads;
  const audienceId = await readAudienceId();
  const recognised = audienceId === undefined ? undefined : await provider.recogniseFields(audienceId);
  const known = new Set(recognised?.fields.map(({ key }) => key));
  const mapping: Partial<Record<PersonField, string | null>> = {};
  for (const field of PERSON_FIELDS) {
    const chosen = connection.settings.mapping[field];
    const stored = connection.mapping[field];
    if (chosen === null) mapping[field] = null;
    else {
      const key = [chosen, stored, recognised?.mapping[field]].find((one) => one !== undefined && known.has(one));
      if (key !== undefined) mapping[field] = key;
    }
  }
  const samples = await store.tables.contacts.samples();
  return {
    providerFields: recognised?.fields ?? [],
    mapping,
    willBeCreated: PERSON_FIELDS.filter((field) => mapping[field] === undefined),
    missingInCrm: connection.crmFacts.has.letterSalutation ? [] : ['letterSalutation'],
    samples: PERSON_FIELDS.flatMap((field) => {
      const value = samples[field];
      return value ? [{ field, value }] : [];
    }),
  };

  async function readAudienceId(): Promise<string | undefined> {
    if (connection.audienceId !== null) return connection.audienceId;
    const { audience } = connection.settings;
    if (audience.choice === 'existing') return audience.id;
    const { audiences } = await provider.checkAccount();
    return audiences.find(({ name }) => name === AUDIENCE_NAME)?.id;
  }
}
