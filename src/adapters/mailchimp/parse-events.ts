import { z } from 'zod';
import { cutText } from '../../core/cut-text.ts';
import { parseEmailAddress } from '../../core/email-address.ts';
import { eventKey } from '../../core/event-key.ts';
import type { ProviderEvent, ProviderEventActor, ProviderEventKind, WebhookBody } from '../../core/provider-event.ts';

/** What we use of a body, which is a form with PHP's brackets: every value is text. */
const Form = z.object({
  type: z.string().min(1),
  fired_at: z.string().default(''),
  'data[list_id]': z.string().default(''),
  'data[id]': z.string().default(''),
  'data[web_id]': z.string().default(''),
  'data[email]': z.string().default(''),
  'data[new_id]': z.string().default(''),
  'data[new_email]': z.string().default(''),
  'data[old_email]': z.string().default(''),
  'data[action]': z.string().default(''),
  'data[reason]': z.string().default(''),
  'data[campaign_id]': z.string().default(''),
  'data[subject]': z.string().default(''),
  'data[status]': z.string().default(''),
});
type Form = z.output<typeof Form>;

/** A member who was deleted for good is told under an address of this domain. */
const FORGOTTEN = /@forgotten\.mailchimp\.com$/i;

/** An audience has at most 80 fields; reading half a million values would hold up everybody else for seconds. */
const MAX_VALUES = 2000;

/** Longest id and name that are kept; Mailchimp's own are far shorter. */
const ID_BYTES = 64;
const NAME_BYTES = 255;

/** Reads a webhook; see `MailingProvider.parseEvents`. Mailchimp tells one happening a call. */
export function parseEvents(audienceId: string, webhook: WebhookBody): readonly ProviderEvent[] | undefined {
  const values = new URLSearchParams(webhook.body.split('&', MAX_VALUES).join('&'));
  const parsed = Form.safeParse(Object.fromEntries(values));
  if (!parsed.success) return undefined;
  const form = parsed.data;
  const listId = form['data[list_id]'];
  const isOurAudience = listId === '' ? undefined : listId === audienceId;
  const isMove = form.type === 'upemail';
  const email = isMove ? form['data[old_email]'] : form['data[email]'];
  const isForgotten = FORGOTTEN.test(email.trim());
  const { kind, by } = isForgotten ? REMOVED : meaningOf(form);
  return [
    {
      key: keyOf(form),
      kind: isOurAudience === false ? 'ignored' : kind,
      by,
      email: isForgotten ? undefined : parseEmailAddress(email),
      newEmail: isMove ? parseEmailAddress(form['data[new_email]']) : undefined,
      ids: idsOf(form),
      isOurAudience,
      happenedAt: toInstant(form.fired_at) ?? webhook.receivedAt,
      campaign: campaignOf(form),
      evidence: { ...word('action', form['data[action]']), ...word('reason', form['data[reason]']) },
    },
  ];
}

type Meaning = { kind: ProviderEventKind; by: ProviderEventActor };
const REMOVED: Meaning = { kind: 'removed', by: 'someone' };

function meaningOf(form: Form): Meaning {
  switch (form.type) {
    case 'subscribe':
      return { kind: 'subscribed', by: 'someone' };
    case 'unsubscribe':
      return meaningOfUnsubscribe(form);
    case 'cleaned':
      return { kind: form['data[reason]'] === 'abuse' ? 'complained' : 'bounced', by: 'person' };
    case 'upemail':
      return { kind: 'address-changed', by: 'someone' };
    case 'profile':
      return { kind: 'edited', by: 'someone' };
    case 'campaign':
      return { kind: form['data[status]'] === 'sent' ? 'campaign-sent' : 'ignored', by: 'unknown' };
    default:
      return { kind: 'ignored', by: 'unknown' };
  }
}

/**
 * Archiving and deleting are told as `unsubscribe` too, with the action `delete`; the action has been seen to be missing with
 * both. Then only a campaign proves that somebody left by its link (fact sheet 6.5).
 */
function meaningOfUnsubscribe(form: Form): Meaning {
  if (form['data[reason]'] === 'abuse') return { kind: 'complained', by: 'person' };
  const action = form['data[action]'];
  const isByLink = form['data[campaign_id]'] !== '' && action !== 'delete';
  if (isByLink) return { kind: 'unsubscribed', by: 'person' };
  return action === 'unsub' ? { kind: 'unsubscribed', by: 'someone' } : REMOVED;
}

/** `data[id]` is the id of the address, not the hash of our paths; of a campaign it is the campaign's. */
function idsOf(form: Form): Record<string, string> {
  if (form.type === 'campaign') return {};
  const uniqueEmailId = form.type === 'upemail' ? form['data[new_id]'] : form['data[id]'];
  return {
    ...(uniqueEmailId === '' ? {} : { unique_email_id: cutText(uniqueEmailId, ID_BYTES) }),
    ...(form['data[web_id]'] === '' ? {} : { web_id: cutText(form['data[web_id]'], ID_BYTES) }),
  };
}

function campaignOf(form: Form): ProviderEvent['campaign'] {
  const id = form.type === 'campaign' ? form['data[id]'] : form['data[campaign_id]'];
  return id === '' ? undefined : { id: cutText(id, ID_BYTES), name: cutText(form['data[subject]'], NAME_BYTES) };
}

/** Mailchimp's words for actions and reasons; anything else might name somebody. */
function word(name: string, value: string): Record<string, string> {
  return /^[a-z][a-z_-]{0,31}$/i.test(value) ? { [name]: value } : {};
}

/** `fired_at` is UTC without saying so (fact sheet 6.2). */
function toInstant(firedAt: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(firedAt)) return undefined;
  const ms = Date.parse(`${firedAt.replace(' ', 'T')}Z`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function keyOf(form: Form): string {
  return eventKey([
    form.type,
    form['data[list_id]'],
    form['data[id]'],
    form['data[email]'] || form['data[old_email]'],
    form['data[new_email]'],
    form['data[action]'],
    form['data[reason]'],
    form.fired_at,
  ]);
}
