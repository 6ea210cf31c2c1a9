import type { BaseState } from '../../core/base-state.ts';
import type { Connection } from '../../core/connection.ts';
import type { CrmConsent, MemberStatus } from '../../core/consent.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { UserError } from '../../core/errors.ts';
import { type HeldState, withoutHeld } from '../../core/held-operations.ts';
import type { MailingProvider, RefusalReason } from '../../core/mailing-provider.ts';
import type { Operation, OperationKind } from '../../core/operation.ts';
import type { PersonCase, SeenContact } from '../../core/person-case.ts';
import { planWithMoves } from '../../core/plan-with-moves.ts';
import type { MemberReason, Reason } from '../../core/reason.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import { whyOf } from '../../core/why.ts';
import type { PersonActivity } from '../../db/activities.ts';
import type { PlanRowState } from '../../db/plan-rows.ts';
import type { Store, Tables } from '../../db/store.ts';
import { readPlanRules } from '../plan-rules.ts';
import { type ConsentChange, consentChange } from './consent-change.ts';
import { type BeforeAndAfter, describeOperation, type Wording } from './describe-operation.ts';
import { whyText } from './why-words.ts';

/** A contact of the CRM as last read. */
export type ContactView = {
  contactId: string;
  email: string;
  name: string;
  salutation: string;
  consent: CrmConsent;
  tags: string[];
  isPrivate: boolean;
  isArchived: boolean;
  isReadable: boolean;
  /** what both sides held when they last agreed */
  base: { consent: CrmConsent; status: MemberStatus; tags: string[] } | null;
  /** an opt-in was entered and the field is to be set to Yes */
  asksYes: boolean;
};

/** Everything about one person, and what the next run will do and why (U4). */
export type PersonView = {
  /** '' where the contact has no usable address: then nothing is planned */
  email: string;
  contacts: ContactView[];
  member: { status: MemberStatus; name: string; tags: string[]; changedAt: string; url: string | null } | null;
  refusal: { reason: RefusalReason; words: string; isPermanent: boolean } | null;
  nextRun: {
    operations: (BeforeAndAfter & { kind: OperationKind; contactId: string | null; why: string })[];
    /** what waits for an answer (R12), or was not wanted by who answered */
    held: (BeforeAndAfter & { kind: OperationKind; state: Exclude<HeldState, 'approved'> })[];
    reasons: { contactId: string; reason: Reason; words: string }[];
    memberReason: MemberReason | null;
  };
  history: ConsentChange[];
  /** what became of campaigns, newest first (M26) */
  mails: PersonActivity[];
  past: (BeforeAndAfter & { kind: OperationKind; state: PlanRowState; words: string; at: string })[];
};

export type PersonViewParts = {
  connection: Connection;
  store: Store;
  provider: Pick<MailingProvider, 'capabilities' | 'memberUrl'>;
  language: LetterLanguage;
};

const HISTORY = 200;
const PAST = 30;
const MAILS = 100;

/**
 * Puts together everything about one person.
 *
 * @param who an address in its comparable form, or the record number of a contact
 * @throws UserError 404 `person.not_found`
 */
export async function personView(
  parts: PersonViewParts,
  who: { email: EmailAddress } | { contactId: string },
): Promise<PersonView> {
  const { tables } = parts.store;
  if ('email' in who) return viewOfAddress(parts, who.email);
  const email = await tables.contacts.addressOf(who.contactId);
  if (email === undefined) throw new UserError({ code: 'person.not_found', status: 404 });
  return email === '' ? viewWithoutAddress(parts, who.contactId) : viewOfAddress(parts, email as EmailAddress);
}

async function viewOfAddress(parts: PersonViewParts, email: EmailAddress): Promise<PersonView> {
  const { store, provider, language, connection } = parts;
  const { tables } = store;
  // A round leaves the provider's tags to the next full sync, which tells of everything (M22).
  const rules = await readPlanRules(parts, { kind: 'full' });
  const tagNames = await readTagNames(tables);
  const [person] = await tables.people.load([email]);
  if (!person) throw new Error('every address that is asked for is answered');
  const history = await historyOf(tables, person, language);
  if (person.contacts.length === 0 && !person.member && history.length === 0) {
    throw new UserError({ code: 'person.not_found', status: 404 });
  }
  const held = await tables.held.ofAddresses([email]);
  const { plan, obsolete } = withoutHeld(planWithMoves(person, rules), held, person);
  const wording = { language, optOutValue: connection.settings.optOutValue };
  const { member, refusal } = person;
  return {
    email,
    contacts: person.contacts.map((contact) => contactView(contact, tagNames)),
    member: member
      ? {
          status: member.status,
          name: nameOf(member.fields),
          tags: member.tags.map((tag) => tag.name),
          changedAt: member.changedAt,
          url: provider.memberUrl(member) ?? null,
        }
      : null,
    refusal: refusal ? { reason: refusal.reason, words: refusal.words, isPermanent: refusal.isPermanent } : null,
    nextRun: {
      operations: plan.operations.map((operation) => ({
        ...described(operation, wording),
        contactId: ('contactId' in operation && operation.contactId) || null,
        why: whyText(whyOf(operation, person), language),
      })),
      // What was approved is among the operations.
      held: held
        .filter((one) => !obsolete.includes(one))
        .flatMap(({ operation, state }) => (state === 'approved' ? [] : [{ ...described(operation, wording), state }])),
      reasons: [...plan.reasons],
      memberReason: plan.memberReason ?? null,
    },
    history,
    mails: await tables.activities.ofPerson(
      { emails: [email], contactIds: person.contacts.map(({ id }) => id) },
      MAILS,
    ),
    past: await pastOf(tables, email, wording),
  };
}

async function viewWithoutAddress({ store, language }: PersonViewParts, contactId: string): Promise<PersonView> {
  const { tables } = store;
  const contact = await tables.contacts.asRead(contactId);
  if (!contact) throw new UserError({ code: 'person.not_found', status: 404 });
  const { email, fields, consent, isPrivate, isArchived, isReadable, reason } = contact;
  const { salutation } = fields;
  const history = await tables.consent.ofPerson({ emails: [], contactIds: [contactId] }, HISTORY);
  const state = { consent, isPrivate, isArchived, isReadable };
  return {
    email: '',
    contacts: [{ contactId, email, name: nameOf(fields), salutation, ...state, tags: [], base: null, asksYes: false }],
    member: null,
    refusal: null,
    nextRun: {
      operations: [],
      held: [],
      reasons: reason ? [{ contactId, reason, words: '' }] : [],
      memberReason: null,
    },
    history: history.map((record) => consentChange(record, language)),
    mails: await tables.activities.ofPerson({ emails: [], contactIds: [contactId] }, MAILS),
    past: [],
  };
}

async function historyOf(tables: Tables, person: PersonCase, language: LetterLanguage): Promise<ConsentChange[]> {
  const contactIds = person.contacts.map(({ id }) => id);
  const records = await tables.consent.ofPerson({ emails: [person.email], contactIds }, HISTORY);
  return records.map((record) => consentChange(record, language));
}

async function pastOf(tables: Tables, email: string, wording: Wording): Promise<PersonView['past']> {
  const rows = await tables.past.ofAddress(email, PAST);
  return rows.map(({ operation, state, words, at }) => ({ ...described(operation, wording), state, words, at }));
}

function described(operation: Operation, wording: Wording): BeforeAndAfter & { kind: OperationKind } {
  return { kind: operation.kind, ...describeOperation(operation, wording) };
}

/** How tags are called: in the CRM by their keys, in base states by their slots. */
type TagNames = { labels: ReadonlyMap<string, string>; slots: ReadonlyMap<string, string> };

async function readTagNames(tables: Tables): Promise<TagNames> {
  const { tags } = await tables.connection.crmFacts();
  const bindings = await tables.tagBindings.all();
  return {
    labels: new Map(tags.map(({ key, label }) => [key, label])),
    slots: new Map(bindings.map(({ slot, name }) => [slot, name])),
  };
}

function contactView(contact: SeenContact, tagNames: TagNames): ContactView {
  return {
    contactId: contact.id,
    email: contact.email,
    name: nameOf(contact.fields),
    salutation: contact.fields.salutation,
    consent: contact.consent,
    tags: contact.tagKeys.map((key) => tagNames.labels.get(key) ?? key),
    isPrivate: contact.isPrivate,
    isArchived: contact.isArchived,
    isReadable: contact.isReadable,
    base: contact.base ? baseView(contact.base, tagNames) : null,
    asksYes: contact.asksYes !== undefined && contact.consent !== 'yes',
  };
}

function baseView({ consent, status, tags }: BaseState, { slots }: TagNames): NonNullable<ContactView['base']> {
  return { consent, status, tags: tags.map((slot) => slots.get(slot) ?? slot) };
}

function nameOf({ firstName, lastName }: { firstName: string; lastName: string }): string {
  return [firstName, lastName].filter(Boolean).join(' ');
}
