import { mainEmail } from '../../simulators/onoffice/entities.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import type { Database } from '../../src/db/database.ts';
import { brevoList, brevoStatus, countBrevoWrites, expectBrevoBridgeFits, plantBrevoContact } from './brevo-people.ts';
import { audienceOf, type PlantedContact, plantContact, plantMember } from './plant.ts';
import { countWrites, expectBridgeFits, memberStatus, newsletterOf, syncAndApprove } from './settled.ts';
import { createWorld, type World } from './world.ts';

const LIST = 'onoffice';

/** Where somebody stands at either provider, in one set of words. */
export type Standing = 'subscribed' | 'unsubscribed' | 'off' | 'absent';

/** A world whose stories about changed addresses read the same for both providers. */
export type AddressStory = {
  world: World;
  /** record numbers of the planted contacts, in order */
  ids: readonly number[];
  standing(email: string): Standing;
  /** addresses of all who are subscribed in our audience, but for the extras that every story has */
  active(): string[];
  /** the Newsletter field of a planted contact */
  said(index?: number): string;
  /** all addresses of a planted contact, the main one first */
  emails(index?: number): string[];
  /** what an agent types as main address; the one before is gone */
  agentMoves(index: number, email: string): void;
  agentSets(index: number, newsletter: '0' | '1' | '2' | '4'): void;
  providerMoves(from: string, to: string, who?: 'person' | 'admin'): void;
  unsubscribe(email: string, who?: 'person' | 'admin'): void;
  /** takes somebody out of the audience as an administrator does */
  takeOut(email: string): void;
  /** writes at the provider and in the CRM so far */
  writes(): Record<string, number>;
  expectBridge(): Promise<void>;
};

/**
 * Makes a world in which the contacts are there, both sides have been read twice, and a minute has passed.
 *
 * @param options.members who is in the audience before, by address
 */
export async function addressStory(
  provider: ProviderName,
  database: Database,
  contacts: readonly PlantedContact[],
  options: {
    members?: readonly { email: string; standing: 'subscribed' | 'unsubscribed' }[];
    switches?: NonNullable<Parameters<typeof createWorld>[0]>['switches'];
  } = {},
): Promise<AddressStory> {
  let ids: number[] = [];
  const world = await createWorld({
    database,
    provider,
    ...(options.switches ? { switches: options.switches } : {}),
    seed: (crm, mailchimp, brevo) => {
      if (provider === 'brevo') brevoList(brevo);
      else audienceOf(mailchimp);
      ids = contacts.map((contact) => plantContact(crm, contact));
      for (const { email, standing } of options.members ?? []) {
        if (provider === 'mailchimp') plantMember(mailchimp, { email, status: standing });
        else
          plantBrevoContact(brevo, { email, standing: standing === 'subscribed' ? standing : 'blocked by the person' });
      }
      // Others enough that one person is not half of the audience (R12).
      for (let number = 0; number < 6; number += 1) plantContact(crm, { email: `andere${number}@immo-test.de` });
    },
  });
  await syncAndApprove(world);
  // The answers to adds do not tell the ids that stay; any later reading does.
  world.advance(60_000);
  await syncAndApprove(world);
  world.advance(60_000);
  const { mailchimp, brevo, crm } = world;
  const record = (index: number) => {
    const found = crm.store.addresses.get(ids[index] ?? 0);
    if (!found) throw new Error(`no contact ${index}`);
    return found;
  };
  const standing = (email: string): Standing => {
    if (provider === 'brevo') {
      const status = brevoStatus(world, email);
      if (status === 'blocked' || status === 'left') return 'unsubscribed';
      return status === 'unknown' ? 'absent' : status;
    }
    const status = memberStatus(world, email);
    if (status === 'subscribed' || status === 'unsubscribed' || status === 'absent') return status;
    return status === 'archived' ? 'off' : 'unsubscribed';
  };
  const known = () =>
    provider === 'brevo'
      ? [...brevo.account.contacts.all()].map(({ email }) => email ?? '')
      : [...audienceOf(mailchimp).members.all()].map(({ emailAddress }) => emailAddress);
  return {
    world,
    ids,
    standing,
    active: () =>
      known()
        .filter((email) => !email.startsWith('andere') && standing(email) === 'subscribed')
        .sort(),
    said: (index = 0) => newsletterOf(world, ids[index] ?? 0),
    emails: (index = 0) => {
      const { emails } = record(index);
      const main = mainEmail(record(index));
      return [main, ...emails.map(({ address }) => address).filter((address) => address !== main)];
    },
    agentMoves: (index, email) => crm.agent.editContact(ids[index] ?? 0, { Email: email }),
    agentSets: (index, newsletter) => crm.agent.editContact(ids[index] ?? 0, { newsletter_aktiv: newsletter }),
    providerMoves: (from, to, who = 'person') => {
      if (provider === 'brevo') (who === 'admin' ? brevo.admin : brevo.person).changeAddress(from, to);
      else (who === 'admin' ? mailchimp.admin : mailchimp.person).changeAddress(LIST, from, to);
    },
    unsubscribe: (email, who = 'person') => {
      if (provider === 'mailchimp') (who === 'admin' ? mailchimp.admin : mailchimp.person).unsubscribe(LIST, email);
      else if (who === 'admin') brevo.admin.block(email);
      else brevo.person.unsubscribe(email);
    },
    takeOut: (email) => {
      if (provider === 'mailchimp') mailchimp.admin.archive(LIST, email);
      else brevo.admin.removeFromList(LIST, email);
    },
    writes: () => (provider === 'brevo' ? countBrevoWrites(world) : countWrites(world)),
    expectBridge: () => (provider === 'brevo' ? expectBrevoBridgeFits(world) : expectBridgeFits(world)),
  };
}
