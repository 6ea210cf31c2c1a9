import { sql } from 'kysely';
import { mainEmail } from '../../simulators/onoffice/entities.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import type { LabConnection } from '../lab-world.ts';
import { ownAudience, ownList } from '../own-audience.ts';
import type { Stage } from '../stage.ts';
import { consentHistories } from '../true-time.ts';

/** Who made a member subscribed last, by the simulator's own record. */
export type Raiser = 'us' | 'person' | 'admin' | 'program' | 'planted';

/** Somebody who would get the next newsletter. `raisedAt`: ms. */
export type ActiveMember = { provider: ProviderName; email: string; raisedBy: Raiser; raisedAt: number };

/** A change by our own key that makes somebody a reader, with what the simulator noted. `contactId`: whose Newsletter it was. */
export type Raise = { where: ProviderName | 'onoffice'; email: string; at: number; contactId?: number };

/** Why an active member is counted and left as he is. */
export const LEFT_ALONE = /^(member_of_|unknown_member|second_address)/;

/** Whether the backup that was restored knew nothing of what happened then, and nobody else tells it (F9). */
export function isForgotten({ restoredFromAt, restoredAt }: Stage, at: number): boolean {
  return at >= restoredFromAt && at <= restoredAt;
}

/** Everybody who is subscribed in our audience at a provider. */
export function activeMembers({ world }: Stage, provider: ProviderName): ActiveMember[] {
  if (provider === 'mailchimp') {
    const history = consentHistories(world).mailchimp;
    return [...ownAudience(world.mailchimp).members.all()]
      .filter(({ status }) => status === 'subscribed')
      .map(({ emailAddress, contactId }) => {
        const raise = history.findLast(
          (change) =>
            change.contactId === contactId && change.to === 'subscribed' && change.previousEmail === undefined,
        );
        const raisedBy = !raise
          ? 'planted'
          : raise.by === 'api'
            ? raise.apiKey === world.mailchimp.apiKey
              ? 'us'
              : 'program'
            : raise.by === 'provider'
              ? 'program'
              : raise.by;
        return { provider, email: emailAddress.toLowerCase(), raisedBy, raisedAt: raise?.at ?? 0 };
      });
  }
  const { id } = ownList(world.brevo);
  const isActive = (consent: { blocked: boolean; listIds: number[]; listUnsubscribed: number[] } | 'absent') =>
    consent !== 'absent' && !consent.blocked && consent.listIds.includes(id) && !consent.listUnsubscribed.includes(id);
  return [...world.brevo.account.contacts.all()]
    .filter(
      (contact) =>
        contact.email !== undefined &&
        isActive({
          blocked: contact.emailBlacklisted,
          listIds: contact.listIds,
          listUnsubscribed: contact.listUnsubscribed,
        }),
    )
    .map((contact) => {
      const raise = consentHistories(world).brevo.findLast(
        ({ contactId, from, to }) => contactId === contact.id && isActive(to) && !isActive(from),
      );
      const raisedBy = !raise
        ? 'planted'
        : raise.by === 'api'
          ? raise.apiKey === world.brevo.apiKey
            ? 'us'
            : 'program'
          : raise.by === 'provider'
            ? 'program'
            : raise.by;
      return { provider, email: (contact.email ?? '').toLowerCase(), raisedBy, raisedAt: raise?.at ?? 0 };
    });
}

/** Every raise that our own keys made since an instant. */
export function ownRaisesSince({ world, mains }: Stage, since: number): Raise[] {
  const { id } = ownList(world.brevo);
  const atMailchimp = consentHistories(world)
    .mailchimp.filter(
      ({ at, by, apiKey, to, previousEmail }) =>
        at > since &&
        by === 'api' &&
        apiKey === world.mailchimp.apiKey &&
        previousEmail === undefined &&
        (to === 'subscribed' || to === 'pending'),
    )
    .map(({ email, at }): Raise => ({ where: 'mailchimp', email, at }));
  const isActive = (consent: { blocked: boolean; listIds: number[] } | 'absent') =>
    consent !== 'absent' && !consent.blocked && consent.listIds.includes(id);
  const atBrevo = consentHistories(world)
    .brevo.filter(
      ({ at, by, apiKey, from, to, previousEmail }) =>
        at > since &&
        by === 'api' &&
        apiKey === world.brevo.apiKey &&
        previousEmail === undefined &&
        isActive(to) &&
        !isActive(from),
    )
    .map(({ email, at }): Raise => ({ where: 'brevo', email: email.toLowerCase(), at }));
  const inCrm = [...mains].flatMap(([contactId, emails]) =>
    consentHistories(world)
      .ofContact(contactId)
      .filter(({ at, by, to, from }) => at > since && by === 'api' && to === '1' && from !== undefined)
      .map(({ at }): Raise => {
        const main = emails.findLast((one) => one.at <= at)?.email ?? '';
        return { where: 'onoffice', email: main, at, contactId };
      }),
  );
  return [...atMailchimp, ...atBrevo, ...inCrm];
}

/** Contacts that the rules treat and that say Yes, with their comparable main address. */
export function readersInCrm({ world }: Stage): { id: number; email: string }[] {
  return [...world.crm.store.addresses.values()]
    .filter(({ values }) => values.newsletter_aktiv === '1' && values.Privat !== '1' && values.Status !== '0')
    .map((record) => ({ id: record.id, email: mainEmail(record).trim().toLowerCase() }))
    .filter(({ email }) => email !== '');
}

/** What the connector shows of a connection: reasons of contacts and members, and what is held. */
export async function readShown(
  { world }: Pick<Stage, 'world'>,
  { id }: LabConnection,
): Promise<{
  contacts: ReadonlyMap<number, string>;
  members: ReadonlyMap<string, string>;
  held: ReadonlyMap<string, string>;
}> {
  const { db } = world.database;
  const contacts = await sql<{ id: string; reason: string }>`
    select contact_id as id, reason from contacts where connection_id = ${id} and reason is not null`.execute(db);
  const members = await sql<{ email: string; reason: string }>`
    select email_key as email, reason from members where connection_id = ${id} and reason is not null and status = 'subscribed'`.execute(
    db,
  );
  const held = await sql<{ email: string; kind: string; state: string }>`
    select email_key as email, kind, state from held_changes where connection_id = ${id}`.execute(db);
  return {
    contacts: new Map(contacts.rows.map((row) => [Number(row.id), row.reason])),
    members: new Map(members.rows.map((row) => [row.email, row.reason])),
    held: new Map(held.rows.map((row) => [row.email, `${row.kind} ${row.state}`])),
  };
}
