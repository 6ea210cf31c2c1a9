import type { MailActivityKind } from '../../core/activity.ts';
import { cutText } from '../../core/cut-text.ts';
import { parseEmailAddress } from '../../core/email-address.ts';
import { eventKey } from '../../core/event-key.ts';
import type { ProviderEvent, ProviderEventActor, ProviderEventKind, WebhookBody } from '../../core/provider-event.ts';
import { type Content, type EventBody, readEventBodies } from './event-body.ts';

/** Longest id and name that are kept; Brevo's own are shorter. */
const ID_BYTES = 64;
const NAME_BYTES = 255;
/** Links may carry whole sessions. */
const LINK_BYTES = 1000;

/** One meaning of a body; `isOurAudience` undefined: the whole account, or not told. */
type Meaning = {
  kind: ProviderEventKind;
  isOurAudience?: boolean | undefined;
  newEmail?: string;
  mail?: MailActivityKind;
};

/** Reads a webhook; see `MailingProvider.parseEvents`. A batch holds many happenings, and one change several. */
export function parseEvents(audienceId: string, webhook: WebhookBody): readonly ProviderEvent[] | undefined {
  return readEventBodies(webhook.body)?.flatMap((body) => {
    // Brevo's documentation has three spellings for some names.
    const name = body.event.toLowerCase().replaceAll(/[^a-z]/g, '');
    return name === 'contactupdated'
      ? contentsOf(body).flatMap((content) =>
          meaningsOfContent(content, audienceId).map((meaning) => toEvent(name, body, webhook, meaning, content)),
        )
      : [toEvent(name, body, webhook, meaningOf(name, body, audienceId))];
  });
}

const NOTHING: Content = {
  email: '',
  emailBlacklist: undefined,
  updated_email: '',
  list: { addition: [], deletion: [] },
  attributes: {},
};

/** A change that does not say what changed is one all the same. */
function contentsOf({ content }: EventBody): readonly Content[] {
  return content.length === 0 ? [NOTHING] : content;
}

function meaningOf(name: string, body: EventBody, audienceId: string): Meaning {
  const isOurAudience = body.list_id.length === 0 ? undefined : body.list_id.includes(audienceId);
  switch (name) {
    case 'unsubscribe':
    case 'unsubscribed':
      return { kind: 'unsubscribed', isOurAudience };
    case 'spam':
      return { kind: 'complained' };
    case 'hardbounce':
    case 'hardbounced':
      return { kind: 'bounced' };
    case 'listaddition':
      // Without a list the contact has to be looked at.
      if (isOurAudience === undefined) return { kind: 'edited' };
      return { kind: isOurAudience ? 'subscribed' : 'ignored', isOurAudience };
    case 'contactdeleted':
      return { kind: 'removed', isOurAudience };
    case 'delivered':
      return { kind: 'mail', mail: 'delivered' };
    case 'opened':
      return { kind: 'mail', mail: 'opened' };
    case 'click':
      return { kind: 'mail', mail: 'clicked' };
    case 'softbounce':
    case 'softbounced':
      return { kind: 'mail', mail: 'soft-bounce' };
    case 'proxyopen':
      // A mail program fetched the pictures; nobody need have looked (M26).
      return { kind: 'mail' };
    default:
      return { kind: 'ignored' };
  }
}

function meaningsOfContent(content: Content, audienceId: string): readonly Meaning[] {
  const { emailBlacklist, updated_email: newEmail, list, attributes } = content;
  const meanings: Meaning[] = [];
  if (newEmail !== '') meanings.push({ kind: 'address-changed', newEmail });
  if (list.addition.includes(audienceId)) meanings.push({ kind: 'subscribed', isOurAudience: true });
  if (list.deletion.includes(audienceId)) meanings.push({ kind: 'removed', isOurAudience: true });
  // The block counts for every list. It comes last: of two changes of one moment the opt-out stands.
  if (emailBlacklist !== undefined) meanings.push({ kind: emailBlacklist ? 'unsubscribed' : 'subscribed' });
  if (meanings.length > 0) return meanings;
  const isOtherList = list.addition.length + list.deletion.length > 0 && Object.keys(attributes).length === 0;
  return [isOtherList ? { kind: 'ignored', isOurAudience: false } : { kind: 'edited' }];
}

function toEvent(
  name: string,
  body: EventBody,
  webhook: WebhookBody,
  meaning: Meaning,
  content?: Content,
): ProviderEvent {
  const email = parseEmailAddress(body.email || (content?.email ?? ''));
  return {
    key: keyOf(name, body, meaning, content),
    kind: meaning.kind,
    by: actorOf(name, body),
    email,
    newEmail: meaning.newEmail === undefined ? undefined : parseEmailAddress(meaning.newEmail),
    // `id` is the webhook's, and what `key` means is not documented.
    ids: {},
    isOurAudience: meaning.isOurAudience,
    happenedAt: happenedAt(body) ?? webhook.receivedAt,
    campaign:
      body.camp_id === undefined
        ? undefined
        : {
            id: cutText(body.camp_id, ID_BYTES),
            name: cutText(body['campaign name'], NAME_BYTES),
            ...(body.ts_sent === undefined ? {} : { sentAt: new Date(body.ts_sent * 1000).toISOString() }),
          },
    ...(meaning.mail ? { mail: { kind: meaning.mail, link: cutText(body.URL, LINK_BYTES) } } : {}),
    evidence: evidenceOf(body),
  };
}

/** Mails come back from, and are left by, the person; what changes a contact names the key of the program that did it. */
function actorOf(name: string, { api_key_name }: EventBody): ProviderEventActor {
  if (api_key_name !== undefined) return api_key_name === '' ? 'someone' : 'program';
  return ['listaddition', 'contactupdated', 'contactdeleted'].includes(name) ? 'unknown' : 'person';
}

/** The words of a bounce often name the mailbox: its codes are enough. */
function evidenceOf({ api_key_name, reason }: EventBody): Record<string, string> {
  const code = /^[245]\d\d(?: [245]\.\d{1,3}\.\d{1,3})?\b/.exec(reason)?.[0];
  return {
    ...(api_key_name ? { apiKey: cutText(api_key_name, NAME_BYTES) } : {}),
    ...(code === undefined ? {} : { reason: code }),
  };
}

/** `date` counts only with its offset: without one it is in a zone that the body does not name. */
function happenedAt({ ts_event, ts, date }: EventBody): string | undefined {
  const seconds = ts_event ?? ts;
  if (seconds !== undefined) return new Date(seconds * 1000).toISOString();
  const ms = /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function keyOf(name: string, body: EventBody, { kind }: Meaning, content: Content | undefined): string {
  return eventKey([
    name,
    kind,
    (body.email || (content?.email ?? '')).toLowerCase(),
    body.camp_id ?? '',
    String(body.ts_event ?? body.ts ?? body.date),
    body.list_id.join(),
    body.URL,
    JSON.stringify(content ?? ''),
  ]);
}
