import type { ConnectionSettings, CrmFacts } from './connection.ts';
import type { Crm, CrmConsentWrites } from './crm.ts';
import type { MailingProvider, ProviderCapabilities, ProviderConsentWrites, ProviderName } from './mailing-provider.ts';
import type { Marketplace } from './marketplace.ts';
import type { Secret } from './secret.ts';

/**
 * Credentials of the CRM's API user (M28). `claim`: one that the Marketplace made acts by the rights of a person, and shows
 * them with every call (M27).
 */
export type CrmCredentials = { token: Secret; secret: Secret; claim?: Secret };

/** Told of every request that was sent, for the run's count and the metrics. */
export type OnRequest = (seen: { system: string; route: string; status: number | undefined; ms: number }) => void;

/**
 * Asked right before each request that may change something outside. Where it throws, nothing is sent: a worker that lost its
 * lane writes nothing more, however long its call has waited for room or for another try (F9).
 */
export type BeforeWrite = () => Promise<void>;

/** For whose work a call is made. Those of the urgent lane pass all others that wait for a vendor's limits (R12). */
export type CallLane = 'main' | 'urgent';

/** What the user chose about how a provider is written to. */
export type ProviderChoices = Pick<ConnectionSettings, 'unsubscribeBy'>;

/** Opens the outside systems; the composition root hands in the real ones. Opening sends nothing. */
export type OutsideSystems = {
  /** @param expects optional fields the connection was set up with; one that is gone later stops it (F4) */
  crm(
    credentials: CrmCredentials,
    onRequest?: OnRequest,
    expects?: CrmFacts['has'],
    beforeWrite?: BeforeWrite,
    lane?: CallLane,
  ): { reads: Crm; consentWrites: CrmConsentWrites };
  /** What a provider can do, for where there is no key to open it with. */
  capabilities(name: ProviderName): ProviderCapabilities;
  /** @throws ProviderError when the key cannot be one of this provider */
  provider(
    name: ProviderName,
    apiKey: Secret,
    onRequest?: OnRequest,
    beforeWrite?: BeforeWrite,
    lane?: CallLane,
    choices?: ProviderChoices,
  ): { reads: MailingProvider; consentWrites: ProviderConsentWrites };
  /** undefined: this installation is no service of the CRM's Marketplace */
  marketplace?: Marketplace | undefined;
};
