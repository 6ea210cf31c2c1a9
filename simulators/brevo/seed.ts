import type { Agency } from '../shared/agency.ts';
import { isAddress } from './address-rules.ts';
import { attribute, NAME_ATTRIBUTES } from './attributes.ts';
import type { BrevoSimulator } from './brevo-simulator.ts';
import { createContact } from './contact-changes.ts';
import type { Account, Cause, List } from './entities.ts';
import { addList } from './lists.ts';
import type { World } from './world.ts';

/** How long ago the agency built its list, ms. */
const AGE_MS = 60 * 24 * 3_600_000;

type Seeded = {
  email: string;
  firstName: string;
  lastName: string;
  salutation: string;
  state: NonNullable<Agency['people'][number]['atProvider']>;
};

/** What a seed may be told. */
export type SeedOptions = {
  /** name of the list; `onoffice` if absent */
  listName?: string;
  /** true: people of the agency carry the attribute `ANREDE`, as after an earlier connection; Brevo has no tags */
  marked?: boolean;
};

/**
 * Fills the list with the agency's people who are at the provider already and with its strangers, as an import two months
 * ago would have. Unsubscribed people are blocked or, every second one of an account with list-based unsubscription,
 * named in `listUnsubscribed`; cleaned ones are blocked by a hard bounce; pending ones have an open double opt-in;
 * archived and transactional ones are contacts on no list. Broken and repeated addresses are left out. Fires no events.
 *
 * @returns the list; undefined, and nothing made, if nobody is at the provider
 */
export function seedFromAgency(sim: BrevoSimulator, agency: Agency, options: SeedOptions = {}): List | undefined {
  const { listName = 'onoffice', marked = false } = options;
  const { account, world } = sim;
  const people: Seeded[] = agency.people.flatMap((person) =>
    person.atProvider === undefined
      ? []
      : [
          {
            email: person.email.trim(),
            firstName: person.firstName,
            lastName: person.lastName || person.company,
            salutation: person.salutation,
            state: person.atProvider,
          },
        ],
  );
  const strangers: Seeded[] = agency.strangers.map(({ status, ...person }) => ({
    ...person,
    salutation: '',
    state: status,
  }));
  const everybody = [...people, ...strangers].filter(({ email }) => isAddress(email));
  if (everybody.length === 0) return undefined;
  const at = world.clock.now() - AGE_MS;
  if (marked) account.attributes.set('ANREDE', attribute('ANREDE', 'normal', 'text'));
  const list = account.lists.values().find(({ name }) => name === listName) ?? addList(account, listName, 1, at);
  list.createdAt = Math.min(list.createdAt, at);
  let left = 0;
  for (const seeded of everybody) {
    if (account.contacts.byEmail(seeded.email)) continue;
    if (seeded.state === 'unsubscribed') left += 1;
    seedContact(world, account, list, seeded, {
      at,
      marked,
      leavesListOnly: account.unsubscribesPerList && left % 2 === 0,
    });
  }
  return list;
}

function seedContact(
  world: World,
  account: Account,
  list: List,
  { email, firstName, lastName, salutation, state }: Seeded,
  { at, marked, leavesListOnly }: { at: number; marked: boolean; leavesListOnly: boolean },
): void {
  const names = NAME_ATTRIBUTES[account.language];
  const attributes = {
    [names.first]: firstName,
    [names.last]: lastName,
    ...(marked ? { ANREDE: salutation } : {}),
  };
  if (state === 'pending') {
    world.store.pendingOptIns.set(email.toLowerCase(), {
      accountId: account.id,
      email,
      attributes,
      includeListIds: [list.id],
      excludeListIds: [],
    });
    return;
  }
  const isOnList = state === 'subscribed' || state === 'unsubscribed' || state === 'cleaned';
  const cause: Cause = {
    by: state === 'unsubscribed' ? 'person' : state === 'cleaned' ? 'provider' : 'admin',
    at,
    silent: true,
    ...(state === 'unsubscribed' ? { reason: 'unsubscribed' } : state === 'cleaned' ? { reason: 'bounced' } : {}),
  };
  const contact = createContact(
    world,
    account,
    {
      email,
      attributes,
      listIds: isOnList ? [list.id] : [],
      listUnsubscribed: state === 'unsubscribed' && leavesListOnly ? [list.id] : [],
      emailBlacklisted: state === 'cleaned' || (state === 'unsubscribed' && !leavesListOnly),
    },
    cause,
  );
  if (state === 'unsubscribed') contact.activities.push({ type: 'userUnsubscription', at, ip: '198.51.100.23' });
  if (state === 'cleaned') contact.activities.push({ type: 'hardBounce', at });
}
