import fc from 'fast-check';
import type { BaseState } from '../../src/core/base-state.ts';
import { CRM_CONSENTS, MEMBER_STATUSES, type MemberStatus } from '../../src/core/consent.ts';
import { PERSON_FIELDS, type PersonFields } from '../../src/core/contact.ts';
import { type EmailAddress, parseEmailAddress } from '../../src/core/email-address.ts';
import type { Member } from '../../src/core/member.ts';
import type { Leaver, PersonCase, PlanRules, SeenContact } from '../../src/core/person-case.ts';
import type { ProviderTag } from '../../src/core/tag.ts';
import type { TagBinding } from '../../src/core/tag-binding.ts';
import { createTagBook, type TagBook } from '../../src/core/tag-book.ts';

/** The one address that all cases are about. */
export const EMAIL: EmailAddress = parseEmailAddress('ada@example.org')!;

/** Another address, which the same person had before or has afterwards. */
export const OTHER_EMAIL: EmailAddress = parseEmailAddress('ada.neu@example.org')!;

export const NO_FIELDS: PersonFields = { salutation: '', letterSalutation: '', firstName: '', lastName: '' };

/** Tags of the CRM: key → label. Two keys share a name but for its case, and one has the marker's name. */
export const TAG_LABELS: ReadonlyMap<string, string> = new Map([
  ['t1', 'Kauf'],
  ['t2', 'Miete'],
  ['t3', 'kauf'],
  ['t4', 'OnOffice'],
]);

/** What a test says of the tags of both sides. */
export type TagFacts = {
  tagLabels?: ReadonlyMap<string, string>;
  bindings?: readonly TagBinding[];
  refusedTags?: ReadonlySet<string>;
  crmHasTags?: boolean;
};

export function tagBook({ tagLabels = TAG_LABELS, bindings = [], refusedTags, crmHasTags = true }: TagFacts): TagBook {
  return createTagBook({
    crmTags: [...tagLabels].map(([key, label]) => ({ key, label })),
    // Tags without an id are known by their names.
    providerTags: [],
    bindings,
    refusedNames: refusedTags ?? new Set(),
    maxNameLength: 100,
    isManaged: crmHasTags,
  });
}

/** Tags of a member of which nothing but the names is known. */
export function named(...names: readonly string[]): ProviderTag[] {
  return names.map((name) => ({ id: '', name }));
}

/** Rules of a full sync for a customer who permits everything, at a provider with tags. */
export function rules(overrides: Partial<PlanRules> & TagFacts = {}): PlanRules {
  const { tagLabels, bindings, refusedTags, crmHasTags, ...others } = overrides;
  return {
    tags: true,
    tagBook: tagBook(overrides),
    takesOverTags: true,
    mappedFields: PERSON_FIELDS,
    maxFieldBytes: 255,
    writableConsents: new Set(['yes', 'no', 'none', 'pending', 'undeliverable']),
    createContacts: true,
    ...others,
  };
}

/** A readable contact with Yes that nobody has seen before. */
export function contact(overrides: Partial<SeenContact> = {}): SeenContact {
  return {
    id: '1',
    email: EMAIL,
    consent: 'yes',
    fields: NO_FIELDS,
    tagKeys: [],
    isPrivate: false,
    isArchived: false,
    modifiedAt: '2026-01-01 00:00:00',
    history: { lastNotYes: 0, lastSetToNo: 0 },
    noSince: 0,
    base: undefined,
    isReadable: true,
    isUndeliverableElsewhere: false,
    former: undefined,
    asksYes: undefined,
    ...overrides,
  };
}

/** A member of the audience with our marker tag; undefined for `absent`. */
export function member(status: MemberStatus, overrides: Partial<Member> = {}): Member | undefined {
  if (status === 'absent') return undefined;
  return {
    email: EMAIL,
    status,
    fields: NO_FIELDS,
    tags: named('onoffice'),
    hasMoreTags: false,
    ids: {},
    stableId: '',
    changedAt: '2026-01-01T00:00:00Z',
    optInAt: '',
    optInIp: '',
    ...overrides,
  };
}

/** A contact that has this address no more: by default it says Yes under the other one. */
export function leaver(overrides: Partial<Leaver> = {}): Leaver {
  return { contactId: '1', email: OTHER_EMAIL, consent: 'yes', lastNotYes: 0, isEligible: true, ...overrides };
}

export function person(overrides: Partial<PersonCase> = {}): PersonCase {
  return {
    email: EMAIL,
    contacts: [contact()],
    member: undefined,
    leavers: [],
    memberMovedTo: undefined,
    memberMovedFrom: undefined,
    ledger: { optOut: undefined, optIn: undefined },
    hasLeftElsewhere: false,
    leftElsewhereOrder: undefined,
    isActiveElsewhere: false,
    isOutOverFlags: false,
    providerOptInOrder: undefined,
    statusOrder: undefined,
    isRaiseOnItsWay: false,
    wentBackOrder: 0,
    refusal: undefined,
    joined: undefined,
    cameFrom: undefined,
    goesTo: undefined,
    ...overrides,
  };
}

export function base(
  consent: BaseState['consent'],
  status: MemberStatus,
  overrides: Partial<BaseState> = {},
): BaseState {
  return { consent, status, fields: NO_FIELDS, tags: [], ...overrides };
}

const text = fc.constantFrom('', '', 'Ada', 'Müller', 'A name that is longer than the provider keeps');
const anyFields: fc.Arbitrary<PersonFields> = fc.record({
  salutation: text,
  letterSalutation: text,
  firstName: text,
  lastName: text,
});
const order = fc.integer({ min: 1, max: 6 });
const booked = fc.option(fc.record({ order }), { nil: undefined });
const anyStatus = fc.constantFrom(...MEMBER_STATUSES);
const anyConsent = fc.constantFrom(...CRM_CONSENTS);

export const anyBase: fc.Arbitrary<BaseState> = fc
  .record({
    consent: anyConsent,
    saidBefore: fc.constantFrom(undefined, 'yes' as const, 'no' as const),
    status: anyStatus,
    fields: anyFields,
    tags: fc.subarray(['kauf', 'miete', 'vip']),
  })
  .map(({ saidBefore, ...agreed }) =>
    agreed.consent === 'unknown' && saidBefore !== undefined ? { ...agreed, saidBefore } : agreed,
  );

const anyContact: fc.Arbitrary<SeenContact> = fc
  .record({
    consent: anyConsent,
    fields: anyFields,
    tagKeys: fc.subarray(['t1', 't2', 't3', 't4', 'gone']),
    isPrivate: fc.boolean(),
    isArchived: fc.boolean(),
    isReadable: fc.boolean(),
    isExcluded: fc.constantFrom(true, false, false, false),
    history: fc.record({ lastNotYes: fc.integer({ min: 0, max: 6 }), lastSetToNo: fc.integer({ min: 0, max: 6 }) }),
    base: fc.option(anyBase, { nil: undefined }),
  })
  .map(({ isExcluded, ...seen }) =>
    contact(isExcluded ? seen : { ...seen, isPrivate: false, isArchived: false, isReadable: true }),
  );

const anyMember: fc.Arbitrary<Member | undefined> = fc
  .record({
    status: anyStatus,
    fields: anyFields,
    tags: fc.subarray(named('onoffice', 'Kauf', 'MIETE', 'VIP', 'foreign')),
  })
  .map(({ status, ...rest }) => member(status, rest));

const anyLeaver: fc.Arbitrary<Leaver> = fc.record({
  contactId: fc.constantFrom('8', '9'),
  email: fc.constantFrom(undefined, OTHER_EMAIL),
  consent: anyConsent,
  lastNotYes: fc.nat({ max: 9 }),
  isEligible: fc.boolean(),
});

/** Arbitrary people: up to four contacts of every kind, every member, every booking. */
export const anyPerson: fc.Arbitrary<PersonCase> = fc
  .record({
    contacts: fc.array(anyContact, { maxLength: 4 }),
    member: anyMember,
    leavers: fc.uniqueArray(anyLeaver, { selector: ({ contactId }) => contactId, maxLength: 2 }),
    ledger: fc.record({ optOut: booked, optIn: booked }),
    providerOptInOrder: fc.option(order, { nil: undefined }),
    statusOrder: fc.option(order, { nil: undefined }),
    hasLeftElsewhere: fc.boolean(),
    leftElsewhereOrder: fc.option(order, { nil: undefined, freq: 2 }),
    isActiveElsewhere: fc.boolean(),
    isOutOverFlags: fc.constant(false),
    isRaiseOnItsWay: fc.constant(false),
    wentBackOrder: fc.constantFrom(0, 0, 0, 2, 4, 6),
    refusal: fc.option(
      fc.record({
        reason: fc.constantFrom('compliance', 'permanently_deleted', 'plan_limit', 'rejected_by_provider'),
        words: fc.constant('refused'),
        isPermanent: fc.boolean(),
        order,
      }),
      { nil: undefined },
    ),
    asking: fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 2 }),
  })
  .map(({ asking, ...drawn }) => {
    const contacts = drawn.contacts.map((one, at) => ({ ...one, id: String(at + 1) }));
    return person({ ...drawn, contacts: asking === undefined ? contacts : withWish(contacts, asking, drawn.member) });
  });

/** An operator asked for a Yes: what both sides say then becomes the one base state of the address. */
function withWish(contacts: readonly SeenContact[], asking: number, held: Member | undefined): SeenContact[] {
  const status = held?.status ?? 'absent';
  return contacts.map((one, at) =>
    at === asking
      ? { ...one, asksYes: status, base: base(one.consent, status, { fields: one.fields }) }
      : { ...one, base: undefined },
  );
}

/**
 * Arbitrary rules: any permitted list, with and without tags, fields cut short or not.
 *
 * @param tagLabels the CRM's tags; more than `TAG_LABELS` where tags come into the CRM and have to have keys there
 */
export const anyRulesWith = (tagLabels: ReadonlyMap<string, string>): fc.Arbitrary<PlanRules> =>
  fc
    .record({
      tags: fc.boolean(),
      crmHasTags: fc.boolean(),
      refusedTags: fc.subarray(['vip', 'foreign']).map((names) => new Set(names)),
      mappedFields: fc.subarray([...PERSON_FIELDS]),
      maxFieldBytes: fc.constantFrom(5, 255),
      writableConsents: fc.subarray([...CRM_CONSENTS]).map((consents) => new Set(consents)),
      createContacts: fc.boolean(),
      takesOverTags: fc.boolean(),
    })
    .map((drawn) => rules({ ...drawn, tagLabels }));

export const anyRules: fc.Arbitrary<PlanRules> = anyRulesWith(TAG_LABELS);
