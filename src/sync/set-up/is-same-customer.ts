import type { CrmCredentials, OutsideSystems } from '../../core/outside-systems.ts';
import type { Store } from '../../db/store.ts';

/** Stored contacts that are looked for under a new API user. */
const SAMPLE = 20;

/** The CRM does not name its customer: he is known by his contacts. Before the first reading there is nothing to compare. */
export async function isSameCustomer(
  systems: OutsideSystems,
  store: Store,
  credentials: CrmCredentials,
): Promise<boolean> {
  const people = await store.tables.people.load(await store.tables.people.nextAddresses('', SAMPLE));
  const known = new Map(people.flatMap(({ contacts }) => contacts).map(({ id, email }) => [id, email]));
  if (known.size === 0) return true;
  const found = await systems.crm(credentials).reads.readContactsById([...known.keys()]);
  return found.some(({ id, email }) => known.get(id) === email);
}
