import type { MailActivityKind } from './activity.ts';
import type { EmailAddress } from './email-address.ts';

/**
 * What a provider's event tells about one address. `unsubscribed`: left by a link or by hand; `complained`: reported spam;
 * `bounced`: a hard bounce; `removed`: archived, deleted or taken off the list, or one of both where the event does not say;
 * `mail`: what became of one mail (delivered, opened, clicked, soft bounce), nobody's consent; `campaign-sent`: a campaign of
 * our audience was sent; `ignored`: nothing for us.
 */
export type ProviderEventKind =
  | 'subscribed'
  | 'unsubscribed'
  | 'complained'
  | 'bounced'
  | 'removed'
  | 'address-changed'
  | 'edited'
  | 'mail'
  | 'campaign-sent'
  | 'ignored';

/**
 * Through whom it happened. `someone`: the person or an administrator, the provider does not say which; `program`: through
 * the provider's API, ours or another one, which is nobody's opt-in (R1 a); `unknown`: not even that is told.
 */
export type ProviderEventActor = 'person' | 'administrator' | 'someone' | 'program' | 'unknown';

/** One happening at the provider, in our words (M19–M24). Instants are ISO 8601 in UTC. */
export type ProviderEvent = {
  /** the same happening told twice has the same key */
  key: string;
  kind: ProviderEventKind;
  by: ProviderEventActor;
  /** address the event names; undefined: none that can be used, e.g. of somebody deleted for good */
  email: EmailAddress | undefined;
  /** `address-changed`: the address from now on */
  newEmail: EmailAddress | undefined;
  /** ids of the member, by the provider's own word for them, as in `Member.ids` */
  ids: Readonly<Record<string, string>>;
  /** whether it is about our audience; undefined: the event does not say */
  isOurAudience: boolean | undefined;
  happenedAt: string;
  /** `sentAt`: where the event tells when it was sent */
  campaign: { id: string; name: string; sentAt?: string } | undefined;
  /** `mail`: what became of it; `link`: what was clicked, '' for all else */
  mail?: { kind: MailActivityKind; link: string };
  /** what else the proof of it is, e.g. a reason or the name of an API key; nothing personal */
  evidence: Readonly<Record<string, string>>;
};

/** A stored webhook as it came. */
export type WebhookBody = {
  contentType: string;
  body: string;
  /** instant of receipt, for bodies without a usable time of their own */
  receivedAt: string;
};
