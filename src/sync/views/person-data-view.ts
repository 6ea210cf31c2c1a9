import type { Connection } from '../../core/connection.ts';
import type { ProviderName } from '../../core/mailing-provider.ts';
import type { ConsentRecord } from '../../db/consent-history.ts';
import type { PersonKeys } from '../../db/personal-data.ts';

/** Everything that is held on one person, as it is stored (R14: access requests). */
export type PersonDataView = {
  issuedAt: string;
  addresses: string[];
  contactNumbers: string[];
  connections: {
    provider: ProviderName;
    account: string;
    audience: string;
    held: Record<string, Record<string, unknown>[]>;
  }[];
  consentRecord: (ConsentRecord & Record<string, unknown>)[];
};

/** Most entries of the consent record that are handed out. */
const RECORDS = 10_000;

/** Puts together what is held on a person in all connections of a tenant; tables that hold nothing are left out. */
export async function personDataView(
  parts: {
    tables: readonly string[];
    rows(table: string, connectionId: string, keys: PersonKeys): Promise<Record<string, unknown>[]>;
    ofPerson(keys: PersonKeys, limit: number): Promise<ConsentRecord[]>;
    connections: readonly Connection[];
    now: number;
  },
  keys: PersonKeys,
): Promise<PersonDataView> {
  const connections = await Promise.all(
    parts.connections.map(async ({ id, provider, accountName, audienceName }) => {
      const found = await Promise.all(
        parts.tables.map(async (table) => [table, await parts.rows(table, id, keys)] as const),
      );
      const held = Object.fromEntries(found.filter(([, rows]) => rows.length > 0));
      return { provider, account: accountName, audience: audienceName, held };
    }),
  );
  return {
    issuedAt: new Date(parts.now).toISOString(),
    addresses: [...keys.emails],
    contactNumbers: [...keys.contactIds],
    connections,
    consentRecord: (await parts.ofPerson(keys, RECORDS)).map((record) => ({ ...record })),
  };
}
