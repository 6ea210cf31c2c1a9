import type { SimulatorClock } from '../shared/clock.ts';
import { drawInteger, type Random } from '../shared/random.ts';
import type { Actor, AddressRecord, CrmUser } from './entities.ts';
import { ActionError } from './errors.ts';
import { signedUrl } from './hmac.ts';
import { addUser } from './rights.ts';
import type { OnOfficeStore } from './store.ts';
import type { OnOfficeSwitches } from './switches.ts';

/** The right of one user to be represented by the provider. */
export type Claim = {
  value: string;
  userId: number;
  issuedAt: number /** only for unlockProvider */;
  forUnlock: boolean;
};

/** A service of the provider that the CRM calls when an agent saves a contact. */
export type WebhookConfig = {
  url: string;
  providerSecret: string;
  /** only a change of one of these fires it (`email` for the e-mail entries); undefined: any change */
  watchedFields?: string[];
  /** more parameters agreed with the provider */
  parameters?: Record<string, string>;
};

/** A provider as the Marketplace has him on record: his pages are shown in frames, his webhook is called once he is unlocked. */
export type ProviderEntry = {
  name: string;
  secret: string;
  activationUrl: string;
  serviceUrl: string;
  webhookUrl?: string;
  /** name of the parameter that tells the language of the user; undefined: it is not sent */
  language?: string;
};

/** One call of the webhook; `status` is undefined when nobody answered. */
export type Delivery = { url: string; at: number; status: number | undefined };

/** What the simulator needs to reach a provider. */
export type MarketplaceParts = {
  store: OnOfficeStore;
  switches: OnOfficeSwitches;
  clock: SimulatorClock;
  random: Random;
  fetch: (request: Request) => Promise<Response>;
};

/** The Marketplace side of a customer: activation, signed service calls, claims and the webhook (fact sheet 4.1, 5). */
export class Marketplace {
  webhook: WebhookConfig | undefined;
  /** shown in the CRM's own pages */
  provider: ProviderEntry | undefined;
  readonly deliveries: Delivery[] = [];
  /** set by unlockProvider */
  unlocked = false;
  readonly #parts: MarketplaceParts;
  readonly #claims = new Map<string, Claim>();
  readonly #parameterCaches = new Set<string>();
  #queue: { dueAt: number; addressId: number; userId: number }[] = [];

  constructor(parts: MarketplaceParts) {
    this.#parts = parts;
  }

  /** Issues a claim for a user. */
  issueClaim(userId: number, forUnlock = false): string {
    const value = this.#text(64);
    this.#claims.set(value, { value, userId, issuedAt: this.#parts.clock.now(), forUnlock });
    return value;
  }

  /**
   * An administrator opens the provider's activation: the CRM makes an API user and loads the provider's page.
   *
   * @returns the signed URL of the iframe and the API key that the user copies by hand
   */
  startActivation(options: {
    url: string;
    providerSecret: string;
    userId: number;
    parameters?: Record<string, string>;
  }): {
    url: string;
    token: string;
    apiKey: string;
  } {
    const { store } = this.#parts;
    this.block();
    const user = addUser(store, {
      userName: `marketplace${store.users.size}`,
      token: this.#text(32),
      secret: this.#text(64),
      marketplace: true,
    });
    const url = signedUrl(
      options.url,
      {
        ...this.#identity(options.userId),
        apiToken: user.token,
        apiClaim: this.issueClaim(options.userId, true),
        parameterCacheId: this.#parameterCache(),
        ...options.parameters,
      },
      options.providerSecret,
    );
    return { url, token: user.token, apiKey: user.secret };
  }

  /** The signed URL of a service that a user opens in the CRM. */
  serviceUrl(options: {
    url: string;
    providerSecret: string;
    userId: number;
    parameters?: Record<string, string>;
  }): string {
    return signedUrl(
      options.url,
      {
        ...this.#identity(options.userId),
        apiClaim: this.issueClaim(options.userId),
        parameterCacheId: this.#parameterCache(),
        ...options.parameters,
      },
      options.providerSecret,
    );
  }

  /** The customer blocks the provider: its API users are deactivated, and nobody tells the provider. */
  block(): void {
    for (const user of this.#parts.store.users.values()) if (user.marketplace) user.active = false;
    this.unlocked = false;
    if (this.provider) this.webhook = undefined;
  }

  /** Opens a parameter cache as activation and service calls do. */
  #parameterCache(): string {
    const id = `${this.#hex(8)}-${this.#hex(4)}-4${this.#hex(3)}-8${this.#hex(3)}-${this.#hex(12)}`;
    this.#parameterCaches.add(id);
    return id;
  }

  /** Unlocks the provider; throws 177 for an unknown parameter cache. */
  unlock(parameterCacheId: string): void {
    if (!this.#parameterCaches.has(parameterCacheId)) throw new ActionError(177);
    this.unlocked = true;
    const { webhookUrl, secret } = this.provider ?? {};
    if (webhookUrl !== undefined && secret !== undefined) this.webhook = { url: webhookUrl, providerSecret: secret };
  }

  /**
   * Whose rights an action has.
   *
   * @throws ActionError 193 no or unknown claim, 201 outdated claim, 248 claim of the activation used elsewhere or the
   *   other way round
   */
  userOf(apiUser: CrmUser, extendedClaim: unknown, call: string): CrmUser {
    const { store, switches, clock } = this.#parts;
    const needed = switches.claims === 'everybody' || (switches.claims === 'marketplace-users' && apiUser.marketplace);
    if (!needed) return apiUser;
    const claim = typeof extendedClaim === 'string' ? this.#claims.get(extendedClaim) : undefined;
    const user = claim && store.users.get(claim.userId);
    if (!claim || !user) throw new ActionError(193);
    if (switches.claimLifetimeMs > 0 && clock.now() - claim.issuedAt > switches.claimLifetimeMs)
      throw new ActionError(201);
    if (claim.forUnlock !== (call === 'do unlockProvider')) throw new ActionError(248);
    return user;
  }

  /** Queues the webhook for an agent's save; API writes do not fire it. */
  notice(record: AddressRecord, changed: readonly string[], actor: Actor): void {
    const { webhook } = this;
    if (!webhook || actor.by !== 'agent') return;
    const { watchedFields } = webhook;
    if (changed.length === 0 || (watchedFields && !changed.some((name) => watchedFields.includes(name)))) return;
    const dueAt = this.#parts.clock.now() + this.#parts.switches.webhookDelayMs;
    this.#queue.push({ dueAt, addressId: record.id, userId: actor.userId });
  }

  nextDueAt(): number | undefined {
    return this.#queue.length === 0 ? undefined : Math.min(...this.#queue.map(({ dueAt }) => dueAt));
  }

  /** Sends what is due, once and without retries; returns how many. */
  async pump(): Promise<number> {
    const now = this.#parts.clock.now();
    const due = this.#queue.filter(({ dueAt }) => dueAt <= now);
    this.#queue = this.#queue.filter(({ dueAt }) => dueAt > now);
    const { webhook } = this;
    if (webhook) await Promise.all(due.map((call) => this.#deliver(webhook, call)));
    return due.length;
  }

  async #deliver(webhook: WebhookConfig, call: { addressId: number; userId: number }): Promise<void> {
    const url = this.serviceUrl({
      url: webhook.url,
      providerSecret: webhook.providerSecret,
      userId: call.userId,
      parameters: { addressId: String(call.addressId), ...webhook.parameters },
    });
    const delivery: Delivery = { url, at: this.#parts.clock.now(), status: undefined };
    this.deliveries.push(delivery);
    try {
      const answer = await this.#parts.fetch(new Request(url));
      delivery.status = answer.status;
      await answer.body?.cancel();
    } catch {
      // The provider cannot be reached; the CRM does not try again.
    }
  }

  #identity(userId: number): Record<string, string> {
    const { store, clock } = this.#parts;
    return {
      customerName: store.customer.name,
      customerWebId: store.customer.webId,
      userId: String(userId),
      timestamp: String(Math.floor(clock.now() / 1000)),
    };
  }

  #text(length: number): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    return Array.from({ length }, () => letters[drawInteger(this.#parts.random, 0, letters.length - 1)]).join('');
  }

  #hex(length: number): string {
    return Array.from({ length }, () => drawInteger(this.#parts.random, 0, 15).toString(16)).join('');
  }
}
