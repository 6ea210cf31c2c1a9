import { hash as digest } from 'node:crypto';
import { defaultAttributes } from './attributes.ts';
import { ContactIndex } from './contact-index.ts';
import type { Account, ApiKey, ConsentChange, Delivery, Language, List, PendingOptIn, SystemMail } from './entities.ts';

/** How an account starts out. */
export type AccountSettings = {
  companyName?: string;
  email?: string;
  language?: Language;
  timezone?: string;
  plan?: Account['plan'];
  unsubscribesPerList?: boolean;
  /** the first key; one is made up if absent */
  apiKey?: string;
  /** what the first key is called in Brevo's pages */
  apiKeyName?: string;
};

/** A new key. */
export type KeySettings = Partial<ApiKey>;

/** Everything the simulator knows; tests read it freely and change it through the actors. */
export class BrevoStore {
  readonly accounts = new Map<string, Account>();
  /** every webhook request, oldest first */
  readonly deliveries: Delivery[] = [];
  readonly systemMails: SystemMail[] = [];
  /** double opt-ins without a click, by lower-cased address */
  readonly pendingOptIns = new Map<string, PendingOptIn>();
  /** files that processes leave behind, by name */
  readonly files = new Map<string, string>();
  /** every change of consent, oldest first: the tests' own record */
  readonly consentHistory: ConsentChange[] = [];
  #numbers = 0;

  /** A hex id nobody else has. */
  nextId(kind: string, length: number): string {
    this.#numbers += 1;
    return digest('sha256', `${kind}:${this.#numbers}`).slice(0, length);
  }

  addAccount(settings: AccountSettings, now: number): Account {
    const language = settings.language ?? 'de';
    const account: Account = {
      id: this.nextId('account', 24),
      companyName: settings.companyName ?? 'Muster Immobilien GmbH',
      email: settings.email ?? 'info@muster-immo.de',
      firstName: 'Eva',
      lastName: 'Muster',
      language,
      timezone: settings.timezone ?? 'Europe/Berlin',
      plan: settings.plan ?? 'general',
      unsubscribesPerList: settings.unsubscribesPerList ?? false,
      blocksCaller: false,
      createdAt: now,
      apiKeys: new Map(),
      folders: new Map([[1, { id: 1, name: 'Your first folder' }]]),
      lists: new Map([[2, { id: 2, name: 'Your first list', folderId: 1, createdAt: now }]]),
      attributes: defaultAttributes(language),
      contacts: new ContactIndex(),
      webhooks: new Map(),
      campaigns: new Map(),
      processes: new Map(),
      queueBusyUntil: 0,
      numbers: new Map([
        ['folder', 1],
        ['list', 2],
      ]),
      meters: new Map(),
    };
    this.accounts.set(account.id, account);
    this.addKey(account, {
      name: settings.apiKeyName ?? 'onOffice',
      ...(settings.apiKey === undefined ? {} : { key: settings.apiKey }),
    });
    return account;
  }

  addKey(account: Account, settings: KeySettings): ApiKey {
    const key: ApiKey = {
      key: settings.key ?? `xkeysib-${this.nextId('key', 64)}-${this.nextId('suffix', 16)}`,
      name: settings.name ?? `key ${account.apiKeys.size + 1}`,
      state: settings.state ?? 'active',
      permissions: settings.permissions ?? {},
    };
    account.apiKeys.set(key.key, key);
    return key;
  }
}

/** The next number of a kind of things in an account. */
export function nextNumber(account: Account, kind: string): number {
  const number = (account.numbers.get(kind) ?? 0) + 1;
  account.numbers.set(kind, number);
  return number;
}

/** Finds a list by id, or the oldest one of a name. Throws if there is none. */
export function listOf(account: Account, idOrName: number | string): List {
  const found =
    typeof idOrName === 'number'
      ? account.lists.get(idOrName)
      : account.lists.values().find(({ name }) => name === idOrName);
  if (!found) throw new Error(`no list ${idOrName}`);
  return found;
}
