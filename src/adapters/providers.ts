import { createHash } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { CallLane, OutsideSystems } from '../core/outside-systems.ts';
import type { LetterLanguage } from '../core/salutation.ts';
import type { Secret } from '../core/secret.ts';
import { type BrevoLimiter, createBrevoLimiter } from './brevo/brevo-limiter.ts';
import { BREVO_CAPABILITIES, createBrevoProvider } from './brevo/brevo-provider.ts';
import type { Fetch } from './http/http-call.ts';
import type { Limiter } from './http/limiter.ts';
import type { RequestObserver } from './http/request-count.ts';
import type { Sleep } from './http/retry.ts';
import { createMailchimpLimiter } from './mailchimp/limits.ts';
import { createMailchimpProvider, MAILCHIMP_CAPABILITIES } from './mailchimp/mailchimp-provider.ts';
import type { FieldShelf } from './onoffice/field-catalog.ts';
import { createOnOfficeLimiter, DEFAULT_ONOFFICE_LIMITS, type OnOfficeLimits } from './onoffice/limits.ts';
import { createOnOfficeClient } from './onoffice/onoffice-client.ts';
import { createOnOfficeCrm } from './onoffice/onoffice-crm.ts';
import { createOnOfficeMarketplace } from './onoffice/onoffice-marketplace.ts';

/** What the registry of adapters is handed. */
export type OutsideSystemsOptions = {
  fetch: Fetch;
  clock: Clock;
  sleep: Sleep;
  random: () => number;
  /** other addresses than the vendors' own: practice mode and tests */
  urls: { onoffice?: string | undefined; mailchimp?: string | undefined; brevo?: string | undefined };
  onOfficeLimits?: Partial<OnOfficeLimits>;
  /** the provider's secret of onOffice's Marketplace and our address as it knows it; undefined: we are none of its services */
  marketplace?: { providerSecret: Secret; publicUrl: string } | undefined;
  language: LetterLanguage;
  /** told of every request, for the metrics */
  onRequest?: RequestObserver;
};

/**
 * The registry: opens adapters by name. One limiter serves all connections of an account, because the vendors count by
 * account and not by connection.
 */
export function createOutsideSystems(options: OutsideSystemsOptions): OutsideSystems {
  const { fetch, clock, sleep, random, urls, language } = options;
  const onOfficeLimits = { ...DEFAULT_ONOFFICE_LIMITS, ...options.onOfficeLimits };
  const limiters = new Map<string, Limiter>();
  const fieldShelves = new Map<string, FieldShelf>();
  const brevoLimiters = new Map<string, BrevoLimiter>();
  const limiterOf = (account: string, lane: CallLane | undefined, make: () => Limiter) =>
    ofLane(kept(limiters, account, make), lane);
  const customerLimiter = (token: string, lane: CallLane | undefined) =>
    limiterOf(`onoffice ${token}`, lane, () => createOnOfficeLimiter({ clock, sleep, limits: onOfficeLimits }));
  const observe =
    (onRequest: RequestObserver | undefined): RequestObserver =>
    (seen) => {
      options.onRequest?.(seen);
      onRequest?.(seen);
    };
  return {
    crm: (credentials, onRequest, expects, beforeWrite, lane) =>
      createOnOfficeCrm({
        token: credentials.token.reveal(),
        secret: credentials.secret.reveal(),
        fetch,
        clock,
        sleep,
        random,
        limits: onOfficeLimits,
        limiter: customerLimiter(credentials.token.reveal(), lane),
        onRequest: observe(onRequest),
        ...(credentials.claim ? { extendedClaim: credentials.claim.reveal() } : {}),
        ...(beforeWrite ? { beforeWrite } : {}),
        ...(urls.onoffice ? { baseUrl: urls.onoffice } : {}),
        // A run opens the CRM anew for each of its turns; reading the list may take seconds every time.
        ...(expects ? { expects, fieldShelf: kept(fieldShelves, credentials.token.reveal(), () => ({})) } : {}),
      }),
    capabilities: (name) => (name === 'brevo' ? BREVO_CAPABILITIES : MAILCHIMP_CAPABILITIES),
    provider: (name, apiKey, onRequest, beforeWrite, lane, choices) => {
      if (name === 'brevo') {
        const account = `brevo ${apiKey.reveal()}`;
        return createBrevoProvider({
          apiKey: apiKey.reveal(),
          fetch,
          clock,
          sleep,
          random,
          language,
          limiter: ofLane(
            kept(brevoLimiters, account, () => createBrevoLimiter({ clock, sleep })),
            lane,
          ),
          onRequest: observe(onRequest),
          ...(choices?.unsubscribeBy ? { unsubscribeBy: choices.unsubscribeBy } : {}),
          ...(beforeWrite ? { beforeWrite } : {}),
          ...(urls.brevo ? { baseUrl: urls.brevo } : {}),
        });
      }
      return createMailchimpProvider({
        apiKey: apiKey.reveal(),
        fetch,
        clock,
        sleep,
        random,
        language,
        limiter: limiterOf(`mailchimp ${apiKey.reveal()}`, lane, () => createMailchimpLimiter({ clock, sleep })),
        onRequest: observe(onRequest),
        ...(beforeWrite ? { beforeWrite } : {}),
        ...(urls.mailchimp ? { baseUrl: urls.mailchimp } : {}),
      });
    },
    marketplace:
      options.marketplace &&
      createOnOfficeMarketplace({
        ...options.marketplace,
        clock,
        open: ({ token, secret, claim }) =>
          createOnOfficeClient({
            token: token.reveal(),
            secret: secret.reveal(),
            extendedClaim: claim.reveal(),
            fetch,
            clock,
            sleep,
            random,
            limits: onOfficeLimits,
            // Somebody waits for the answer.
            limiter: customerLimiter(token.reveal(), 'urgent'),
            onRequest: observe(undefined),
            ...(urls.onoffice ? { baseUrl: urls.onoffice } : {}),
          }),
      }),
  };
}

function ofLane<L extends { asUrgent(): L }>(limiter: L, lane: CallLane | undefined): L {
  return lane === 'urgent' ? limiter.asUrgent() : limiter;
}

/** What is kept for each account, found by a hash: keys are not kept in clear. */
function kept<T>(shelf: Map<string, T>, account: string, make: () => T): T {
  const key = createHash('sha256').update(account).digest('hex');
  const found = shelf.get(key) ?? make();
  shelf.set(key, found);
  return found;
}
