import type { ProviderName } from '../../src/core/mailing-provider.ts';

/** One in so many webhooks of a load is an opt-out; the others are what comes in masses. */
const OPT_OUT_EVERY = 20;

/** Makes the bodies of a load by number, no two the same: Mailchimp's forms or Brevo's JSON about people of the audience. */
export function createWebhookBodies(about: {
  provider: ProviderName;
  audienceId: string;
  emails: readonly string[];
}): (number: number) => string {
  const { provider, audienceId, emails } = about;
  return (number) => {
    const email = emails[number % emails.length] ?? '';
    const isOptOut = number % OPT_OUT_EVERY === 0;
    return provider === 'brevo'
      ? brevoBody(number, email, isOptOut)
      : mailchimpBody(audienceId, number, email, isOptOut);
  };
}

function mailchimpBody(audienceId: string, number: number, email: string, isOptOut: boolean): string {
  const id = String(number).padStart(10, '0');
  return new URLSearchParams({
    type: isOptOut ? 'unsubscribe' : 'profile',
    fired_at: new Date().toISOString().slice(0, 19).replace('T', ' '),
    ...(isOptOut ? { 'data[action]': 'unsub', 'data[reason]': 'manual', 'data[campaign_id]': id } : {}),
    'data[id]': id,
    'data[email]': email,
    'data[email_type]': 'html',
    'data[ip_opt]': '192.0.2.44',
    'data[web_id]': String(number),
    'data[merges][EMAIL]': email,
    'data[merges][FNAME]': 'Ada',
    'data[merges][LNAME]': `Lovelace ${number}`,
    'data[list_id]': audienceId,
  }).toString();
}

function brevoBody(number: number, email: string, isOptOut: boolean): string {
  const at = Math.floor(Date.now() / 1000);
  return JSON.stringify({
    event: isOptOut ? 'unsubscribe' : 'opened',
    id: number,
    email,
    camp_id: 7,
    'campaign name': 'Neue Objekte',
    tag: '',
    date_sent: '2026-03-01 09:00:00',
    date_event: '2026-03-01 09:10:00',
    ts_sent: at - 600,
    ts_event: at,
    ts: at,
    sending_ip: '1.179.113.7',
  });
}
