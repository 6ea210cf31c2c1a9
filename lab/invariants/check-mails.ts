import { sql } from 'kysely';
import type { ActivityKind, MailActivityKind } from '../../src/core/activity.ts';
import type { Connection } from '../../src/core/connection.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { eligibleHolders } from '../holders.ts';
import type { LabWorld } from '../lab-world.ts';
import { ownAudience } from '../own-audience.ts';
import { settleConnection } from '../settle-connection.ts';
import type { Stage } from '../stage.ts';

const MINUTE_MS = 60_000;

/** When a report has been looked at for what happened before, counted from the sending, in ms: an hour and six. */
const LOOKED_AFTER_MS = 6 * 60 * MINUTE_MS;

/** How long the last look, and the writing of what it told, may take, in ms. */
const WRITING_MS = 20 * MINUTE_MS;

/** The figures of a campaign by which lost webhooks are noticed may be that old when it is looked at, in ms. */
const FIGURES_MS = 40 * MINUTE_MS;

/** Clocks are beside each other, in ms. */
const SKEW_MS = 5 * MINUTE_MS;

/** How the first line of an activity begins and ends, in the customer's language. */
const FIRST_LINES: Partial<Record<MailActivityKind, readonly [string, string]>> = {
  delivered: ['Newsletter „', '“ zugestellt'],
  opened: ['Newsletter „', '“ geöffnet'],
  clicked: ['Link im Newsletter „', '“ angeklickt'],
  'hard-bounce': ['Newsletter „', '“ nicht zustellbar: Die Adresse gibt es nicht (Hard Bounce)'],
};

/** What a mail may have been told to be before, or is. */
const DELIVERED_FIRST: readonly MailActivityKind[] = ['delivered', 'hard-bounce', 'soft-bounce'];

/** What became of one mail. `at`, `sentAt`: ms on our clock. */
type Mail = {
  provider: ProviderName;
  campaign: string;
  sentAt: number;
  email: string;
  kind: MailActivityKind;
  at: number;
};

/**
 * Lets time pass, with as few polls as the user may set, until the report of every newsletter has been looked at once more. What the
 * user is asked meanwhile he answers: a connection that a twin has stopped looks at nothing before (F9).
 *
 * @returns false: none was sent whose activities anybody wants
 */
export async function letMailsArrive(stage: Stage): Promise<boolean> {
  const { world } = stage;
  const { db } = world.database;
  const sentAt = mailsOf(world).map((mail) => mail.sentAt);
  const settings = await Promise.all(world.connections.map(async (one) => (await world.row(one)).settings));
  if (sentAt.length === 0 || settings.every(({ activities }) => !isAnyMail(activities))) return false;
  const polls = JSON.stringify({ polls: { crmSeconds: 3_600, providerSeconds: 3_600 } });
  await sql`update connections set settings = settings || ${polls}::jsonb`.execute(db);
  await world.live(Math.max(world.time.now(), Math.max(...sentAt) + LOOKED_AFTER_MS));
  for (const connection of world.connections) await settleConnection(stage, connection);
  await world.live(world.time.now() + WRITING_MS);
  return true;
}

function isAnyMail(activities: readonly ActivityKind[]): boolean {
  return activities.some((kind) => kind in FIRST_LINES);
}

/**
 * M26: what the user wants to know of a newsletter, and what really became of it, is one entry at the contact that has the
 * address, exactly once; a contact that got it at a further address, too, has one for each. Of addresses that agents or the provider
 * have changed since the sending nothing is claimed.
 *
 * @returns what is wrong, in sentences
 */
export async function checkMails(stage: Stage): Promise<string[]> {
  const { world } = stage;
  const now = world.time.now();
  const rows = new Map<ProviderName, Connection>();
  for (const connection of world.connections) rows.set(connection.provider, await world.row(connection));
  // What by the provider's clock was before the connection is history (M4).
  const isAskedFor = ({ provider, kind, at }: Mail) => {
    const row = rows.get(provider);
    const isOfNow = at + world.skewMs[provider] >= Date.parse(row?.createdAt ?? '');
    return isOfNow && (row?.settings.activities.includes(kind) ?? false);
  };
  const mails = mailsOf(world);
  return mails
    .filter((mail) => mail.kind in FIRST_LINES && isAskedFor(mail) && isToBeKnown(stage, mail))
    .flatMap((mail) => {
      const ids = eligibleHolders(stage, mail.email, now).flatMap((one) =>
        one.startsWith('contact ') ? [Number(one.slice('contact '.length))] : [],
      );
      if (ids.length === 0) return [];
      const [begin, end] = FIRST_LINES[mail.kind] ?? ['', ''];
      const line = `${begin}${mail.campaign}${end}`;
      const count = ids
        .flatMap((id) => world.crm.store.activities.ofAddress(id))
        .filter(({ note, by }) => by === 'api' && note.split('\n')[0] === line).length;
      const held = new Set(ids.flatMap((id) => addressesOf(world, id)));
      // What came back may have been told as delivered before (decision 32).
      const kinds = mail.kind === 'delivered' ? DELIVERED_FIRST : [mail.kind];
      const sent = mails.filter(
        (one) => one.campaign === mail.campaign && kinds.includes(one.kind) && held.has(one.email),
      );
      return count >= 1 && count <= Math.max(1, sent.length)
        ? []
        : [`M26: ${mail.email} has ${count} times, not once: ${line} (contacts ${ids.join(', ')})`];
    });
}

/** All of a contact's addresses, as members have them. */
function addressesOf({ crm }: LabWorld, id: number): string[] {
  return (crm.store.addresses.get(id)?.emails ?? []).map(({ address }) => address.trim().toLowerCase());
}

function isToBeKnown(stage: Stage, { provider, kind, email, at, sentAt }: Mail): boolean {
  const { world, touchedAt, restoredAt } = stage;
  if ((touchedAt.get(email) ?? 0) > sentAt - SKEW_MS) return false;
  const lookedAt = sentAt + LOOKED_AFTER_MS - SKEW_MS;
  if (provider === 'mailchimp') return at < lookedAt;
  const isTold = world.told.some(
    (one) =>
      one.provider === 'brevo' && one.at > restoredAt && one.body.includes(email) && EVENTS[kind]?.test(one.body),
  );
  // Openings and bounces are none of the figures by which lost webhooks are noticed (decision 32).
  return isTold ? at < world.time.now() - WRITING_MS : isCounted(kind) && at < lookedAt - FIGURES_MS;
}

function isCounted(kind: MailActivityKind): boolean {
  return kind === 'delivered' || kind === 'clicked';
}

/** How Brevo calls it in its webhooks, in every spelling. */
const EVENTS: Partial<Record<MailActivityKind, RegExp>> = {
  delivered: /"event":\s*"delivered/i,
  opened: /"event":\s*"(unique_)?open/i,
  clicked: /"event":\s*"click/i,
  'hard-bounce': /"event":\s*"hard/i,
};

/** Everything that became of mails to people who still have the address at the provider; the first time of each kind. */
function mailsOf(world: LabWorld): Mail[] {
  const all = [...atMailchimp(world), ...atBrevo(world)].sort((one, other) => one.at - other.at);
  return [...new Map(all.toReversed().map((mail) => [`${mail.campaign} ${mail.email} ${mail.kind}`, mail])).values()];
}

function atMailchimp({ mailchimp, skewMs }: LabWorld): Mail[] {
  const kinds: Readonly<Record<string, MailActivityKind>> = { open: 'opened', click: 'clicked' };
  const { members } = ownAudience(mailchimp);
  return [...mailchimp.store.campaigns.values()].flatMap(({ title, sentAt = 0, recipients }) =>
    [...recipients.values()].flatMap(({ member, emailAddress, status, activities }): Mail[] => {
      const email = emailAddress.toLowerCase();
      if (members.find(email) !== member) return [];
      const mail = (kind: MailActivityKind, at: number): Mail => ({
        provider: 'mailchimp',
        campaign: title,
        sentAt: sentAt - skewMs.mailchimp,
        email,
        kind,
        at: at - skewMs.mailchimp,
      });
      return [
        ...(status === 'sent' ? [mail('delivered', sentAt)] : []),
        ...activities.flatMap(({ type, at, bounceType }) => {
          const kind = bounceType ? (`${bounceType}-bounce` as const) : kinds[type];
          return kind ? [mail(kind, at)] : [];
        }),
      ];
    }),
  );
}

function atBrevo({ brevo, skewMs }: LabWorld): Mail[] {
  const kinds: Readonly<Record<string, MailActivityKind>> = {
    delivered: 'delivered',
    opened: 'opened',
    clicked: 'clicked',
    hardBounce: 'hard-bounce',
    softBounce: 'soft-bounce',
  };
  return [...brevo.account.campaigns.values()].flatMap(({ id, name, sentAt = 0, recipients }) =>
    [...recipients.values()].flatMap(({ contact, email }): Mail[] =>
      brevo.account.contacts.byEmail(email) === contact
        ? contact.activities.flatMap(({ type, at, campaignId }) => {
            const kind = kinds[type];
            return kind && campaignId === id
              ? [
                  {
                    provider: 'brevo',
                    campaign: name,
                    sentAt: sentAt - skewMs.brevo,
                    email,
                    kind,
                    at: at - skewMs.brevo,
                  },
                ]
              : [];
          })
        : [],
    ),
  );
}
