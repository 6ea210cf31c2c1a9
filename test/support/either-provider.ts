import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { brevoList, brevoStatus, expectBrevoSettled, plantBrevoContact } from './brevo-people.ts';
import { plantMember } from './plant.ts';
import { expectSettled, memberStatus } from './settled.ts';
import type { World } from './world.ts';

/** Where people act. */
type Sims = Pick<World, 'mailchimp' | 'brevo'>;

/** What people and administrators do at a provider, and what is seen there, in words that fit both. */
export type Side = {
  name: ProviderName;
  plantSubscribed(sims: Sims, email: string): void;
  personLeaves(sims: Sims, email: string): void;
  personComplains(sims: Sims, email: string): void;
  administratorUnsubscribes(sims: Sims, email: string): void;
  /** archives at Mailchimp, takes off the list at Brevo */
  administratorRemoves(sims: Sims, email: string): void;
  deletesForGood(sims: Sims, email: string): void;
  signsUp(sims: Sims, email: string, firstName?: string): void;
  editsProfile(sims: Sims, email: string): void;
  /** the person changes his address there */
  movesTo(sims: Sims, from: string, to: string): void;
  /** one word for both: subscribed, opted-out, out (archived, off the list, unknown) or another status */
  status(sims: Sims, email: string): string;
  firstName(sims: Sims, email: string): string;
  expectSettled(world: World): Promise<void>;
};

const LIST = 'onoffice';

const MAILCHIMP: Side = {
  name: 'mailchimp',
  plantSubscribed: ({ mailchimp }, email) => void plantMember(mailchimp, { email }),
  personLeaves: ({ mailchimp }, email) => mailchimp.person.unsubscribe(LIST, email),
  personComplains: ({ mailchimp }, email) => mailchimp.person.complain(LIST, email),
  administratorUnsubscribes: ({ mailchimp }, email) => mailchimp.admin.unsubscribe(LIST, email),
  administratorRemoves: ({ mailchimp }, email) => mailchimp.admin.archive(LIST, email),
  deletesForGood: ({ mailchimp }, email) => mailchimp.admin.deletePermanently(LIST, email),
  signsUp: ({ mailchimp }, email, firstName = '') =>
    void mailchimp.person.subscribe(LIST, { email, mergeFields: { FNAME: firstName } }),
  editsProfile: ({ mailchimp }, email) => mailchimp.person.editProfile(LIST, email, { FNAME: 'Neu' }),
  movesTo: ({ mailchimp }, from, to) => mailchimp.person.changeAddress(LIST, from, to),
  status: (world, email) => {
    const status = memberStatus(world, email);
    if (status === 'unsubscribed') return 'opted-out';
    return status === 'archived' || status === 'absent' ? 'out' : status;
  },
  firstName: ({ mailchimp }, email) => String(mailchimp.store.list(LIST).members.find(email)?.mergeFields[1] ?? ''),
  expectSettled,
};

const BREVO: Side = {
  name: 'brevo',
  plantSubscribed: ({ brevo }, email) => void plantBrevoContact(brevo, { email }),
  personLeaves: ({ brevo }, email) => brevo.person.unsubscribe(email),
  personComplains: ({ brevo }, email) => brevo.person.complain(email),
  administratorUnsubscribes: ({ brevo }, email) => brevo.admin.block(email),
  administratorRemoves: ({ brevo }, email) => brevo.admin.removeFromList(brevoList(brevo).id, email),
  deletesForGood: ({ brevo }, email) => brevo.admin.deleteContact(email),
  signsUp: ({ brevo }, email, firstName = '') =>
    void brevo.person.subscribe(brevoList(brevo).id, { email, attributes: { VORNAME: firstName } }),
  editsProfile: ({ brevo }, email) => brevo.person.editProfile(email, { VORNAME: 'Neu' }),
  movesTo: ({ brevo }, from, to) => brevo.person.changeAddress(from, to),
  status: (world, email) => {
    const status = brevoStatus(world, email);
    if (status === 'blocked' || status === 'left') return 'opted-out';
    return status === 'off' || status === 'unknown' ? 'out' : status;
  },
  firstName: ({ brevo }, email) => String(brevo.account.contacts.byEmail(email)?.attributes.VORNAME ?? ''),
  expectSettled: expectBrevoSettled,
};

export const SIDES: readonly Side[] = [MAILCHIMP, BREVO];
