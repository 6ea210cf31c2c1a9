import { hash as digest } from 'node:crypto';
import type {
  Account,
  Audience,
  Batch,
  Campaign,
  ConfirmationMail,
  ConsentChange,
  Delivery,
  ListContact,
} from './entities.ts';

/** How an account starts out. */
export type AccountSettings = {
  name?: string;
  email?: string;
  /** `<32 hex>-<data centre>` */
  apiKey?: string;
  pricingPlanType?: Account['pricingPlanType'];
  maxInstances?: number;
  contactLimit?: number;
  language?: Account['language'];
};

/** Everything the simulator knows; tests read it freely and change it through the actors. */
export class MailchimpStore {
  readonly accounts = new Map<string, Account>();
  readonly lists = new Map<string, Audience>();
  readonly campaigns = new Map<string, Campaign>();
  readonly batches = new Map<string, Batch>();
  /** every webhook event, oldest first */
  readonly deliveries: Delivery[] = [];
  readonly confirmationMails: ConfirmationMail[] = [];
  /** every change of consent, oldest first: the tests' own record */
  readonly consentHistory: ConsentChange[] = [];
  /** lower-cased addresses refused as "signed up to a lot of lists very recently" */
  readonly busyAddresses = new Set<string>();
  #numbers = 0;

  /** A number nobody else has. */
  nextNumber(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  /** A hex id nobody else has. */
  nextId(kind: string, length: number): string {
    return digest('sha256', `${kind}:${this.nextNumber()}`).slice(0, length);
  }

  addAccount(settings: AccountSettings, dataCenter: string, now: number): Account {
    const id = this.nextId('account', 24);
    const name = settings.name ?? 'Muster Immobilien GmbH';
    const account: Account = {
      id,
      name,
      email: settings.email ?? 'info@muster-immo.de',
      apiKeys: new Map([[settings.apiKey ?? `${this.nextId('key', 32)}-${dataCenter}`, 'active']]),
      pricingPlanType: settings.pricingPlanType ?? 'monthly',
      maxInstances: settings.maxInstances ?? 5,
      contactLimit: settings.contactLimit,
      language: settings.language ?? 'de',
      createdAt: now,
      contact: contactOf(name),
      inFlight: 0,
      batchBusyUntil: 0,
    };
    this.accounts.set(id, account);
    return account;
  }

  /** The account's audiences, oldest first. */
  listsOf(account: Account): Audience[] {
    return [...this.lists.values()].filter((list) => list.accountId === account.id);
  }

  campaignsOf(account: Account): Campaign[] {
    return [...this.campaigns.values()].filter((campaign) => campaign.accountId === account.id);
  }

  accountOf(list: Audience): Account {
    const account = this.accounts.get(list.accountId);
    if (!account) throw new Error(`audience ${list.id} belongs to no account`);
    return account;
  }

  /** Finds an audience by id, or by name if no id fits. */
  list(idOrName: string): Audience {
    const found = this.lists.get(idOrName) ?? [...this.lists.values()].find((candidate) => candidate.name === idOrName);
    if (!found) throw new Error(`no audience ${idOrName}`);
    return found;
  }
}

/** Id of an address over all of Mailchimp (fact sheet 3.1). */
export function uniqueEmailId(email: string): string {
  return digest('sha256', `address:${email.toLowerCase()}`).slice(0, 10);
}

function contactOf(company: string): ListContact {
  return {
    company,
    address1: 'Hauptstr. 1',
    address2: '',
    city: 'Aachen',
    state: '',
    zip: '52062',
    country: 'DE',
    phone: '',
  };
}
