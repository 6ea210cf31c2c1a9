import { type AddressRecord, type CrmUser, textOf, type UserRights } from './entities.ts';
import type { OnOfficeStore } from './store.ts';
import type { OnOfficeSwitches } from './switches.ts';

/** What an API user needs for the connector, and no more than an administrator has. */
export const ALL_RIGHTS: UserRights = {
  readAddresses: 'all',
  writeAddresses: true,
  createAddresses: true,
  createActivities: true,
  admin: true,
  createTags: true,
  readUsers: true,
};

/** A user to be added; what is left out gets a default that works. */
export type NewUser = Partial<Omit<CrmUser, 'id' | 'rights'>> & { userName: string; rights?: Partial<UserRights> };

/** Adds a user. Ids go up in steps of two from 17. */
export function addUser(store: OnOfficeStore, user: NewUser): CrmUser {
  const id = 17 + 2 * store.users.size;
  const added: CrmUser = {
    id,
    userName: user.userName,
    firstName: user.firstName ?? '',
    lastName: user.lastName ?? user.userName,
    email: user.email ?? `${user.userName}@immo-test.de`,
    active: user.active ?? true,
    token: user.token ?? '',
    secret: user.secret ?? '',
    marketplace: user.marketplace ?? false,
    rights: { ...ALL_RIGHTS, ...user.rights },
    ownRecords: user.ownRecords ?? new Set(),
  };
  store.users.set(id, added);
  return added;
}

/** Whether a record belongs to a user. */
export function owns(user: CrmUser, record: AddressRecord): boolean {
  return user.ownRecords.has(record.id) || textOf(record, 'Benutzer') === user.userName;
}

/** Whether a user may read a record. */
export function mayRead(
  user: CrmUser,
  record: AddressRecord,
  switches: Pick<OnOfficeSwitches, 'privateHidden'>,
): boolean {
  if (switches.privateHidden && record.values.Privat === '1' && !owns(user, record)) return false;
  switch (user.rights.readAddresses) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'own':
      return owns(user, record);
    case 'published':
      return record.values.homepage_veroeffentlichen === '1';
  }
}

/** Whether a user may change a record. */
export function mayWrite(
  user: CrmUser,
  record: AddressRecord,
  switches: Pick<OnOfficeSwitches, 'privateHidden'>,
): boolean {
  return user.rights.writeAddresses && mayRead(user, record, switches);
}

/** Text that is the same as long as a user sees the same records; part of the key of a cached list. */
export function sightOf(user: CrmUser, switches: Pick<OnOfficeSwitches, 'privateHidden'>): string {
  const { readAddresses } = user.rights;
  if (readAddresses === 'none') return 'none';
  const ownMatters = readAddresses === 'own' || switches.privateHidden;
  return `${readAddresses}${switches.privateHidden ? ' private-hidden' : ''}${
    ownMatters ? ` ${user.userName} ${[...user.ownRecords].join(',')}` : ''
  }`;
}
