import { expect, test } from 'vitest';
import {
  createOnOfficeSimulator,
  DEFAULT_SECRET,
  DEFAULT_TOKEN,
  type OnOfficeSwitches,
} from '../../simulators/onoffice/index.ts';
import { createHttpCall } from '../../src/adapters/http/http-call.ts';
import type { OnOfficeCustomerParts } from '../../src/adapters/onoffice/customer.ts';
import { createOnOfficeLimiter, DEFAULT_ONOFFICE_LIMITS } from '../../src/adapters/onoffice/limits.ts';
import { createOnOfficeCrm } from '../../src/adapters/onoffice/onoffice-crm.ts';
import type { NewContact } from '../../src/core/crm.ts';
import { type EmailAddress, parseEmailAddress } from '../../src/core/email-address.ts';
import { ProviderError } from '../../src/core/errors.ts';

const NO_FIELDS = { salutation: '', letterSalutation: '', firstName: '', lastName: '' };

type Customer = NonNullable<Parameters<typeof createOnOfficeSimulator>[0]['customer']>;

/** A customer's onOffice and our port to it, on one clock that only waiting moves. */
function world(
  options: {
    switches?: Partial<OnOfficeSwitches>;
    customer?: Customer;
    crm?: Partial<OnOfficeCustomerParts>;
    /** how far our clock is from onOffice's */
    skewMs?: number;
  } = {},
) {
  let now = Date.UTC(2026, 1, 1, 9);
  const wait = async (ms: number) => {
    now += ms;
  };
  const sim = createOnOfficeSimulator({
    clock: { now: () => now },
    wait,
    switches: options.switches ?? {},
    customer: options.customer ?? {},
  });
  const clock = { now: () => now + (options.skewMs ?? 0) };
  const crmOf = (more: Partial<OnOfficeCustomerParts> = {}) =>
    createOnOfficeCrm({
      token: DEFAULT_TOKEN,
      secret: DEFAULT_SECRET,
      http: createHttpCall({
        system: 'onoffice',
        clock,
        fetch: (url, init) => sim.fetch(new Request(url, init)),
      }),
      retry: { clock, sleep: wait, random: () => 0.5, attempts: 3, baseMs: 1_000, maxMs: 30_000 },
      limiter: createOnOfficeLimiter({ clock, sleep: wait }),
      ...options.crm,
      ...more,
    });
  const { reads, consentWrites } = crmOf();
  return { sim, reads, consentWrites, crmOf, later: (ms: number) => wait(ms) };
}

function address(text: string): EmailAddress {
  const email = parseEmailAddress(text);
  if (!email) throw new Error(`no address: ${text}`);
  return email;
}

async function failure(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ProviderError)) throw new Error('expected a ProviderError');
  return error;
}

// ---- access

test('one request finds out what the API user has and may', async () => {
  const { sim, reads } = world();
  const key = sim.agent.addTag('Eigentümer');
  sim.agent.createContact({ Name: 'Übler' });
  sim.agent.createContact({ Name: 'Weiß' });
  expect(await reads.checkAccess()).toEqual({
    writableConsents: ['yes', 'no', 'none', 'undeliverable'],
    has: { tags: true, letterSalutation: true, privateFlag: true, archiveFlag: true },
    tags: [{ key, label: 'Eigentümer' }],
    contactCount: 2,
    mayWrite: undefined,
  });
  expect(sim.counts.requests).toBe(1);
});

test.each([true, false])(
  'where the API user sees himself alone, a second request tells whether he may write: %s',
  async (may) => {
    const { sim, reads } = world();
    for (const user of sim.store.users.values()) if (user !== sim.apiUser) sim.store.users.delete(user.id);
    sim.apiUser.rights.writeAddresses = may;
    sim.agent.createContact({ Name: 'Übler' });
    expect(await reads.checkAccess()).toMatchObject({ mayWrite: may });
    expect(sim.counts.requests).toBe(2);
  },
);

test('a user who may not read users, and a CRM without contacts, leave open whether he may write', async () => {
  const { sim, reads } = world();
  expect(await reads.checkAccess()).toMatchObject({ contactCount: 0, mayWrite: undefined });
  sim.apiUser.rights.readUsers = false;
  sim.agent.createContact({ Name: 'Übler' });
  expect(await reads.checkAccess()).toMatchObject({ contactCount: 1, mayWrite: undefined });
});

test('an older customer has fewer values and fields', async () => {
  const { reads } = world({
    customer: {
      newsletterValues: ['1', '0', '2', '3'],
      statusField: 'Status',
      inactiveFields: ['NewsletterTag', 'Privat', 'Briefanrede'],
    },
  });
  expect(await reads.checkAccess()).toMatchObject({
    writableConsents: ['yes', 'no'],
    has: { tags: false, letterSalutation: false, privateFlag: false, archiveFlag: true },
    tags: [],
  });
});

test.each(['newsletter_aktiv', 'Email'])('without the field %s there is nothing to connect to', async (field) => {
  for (const unknownFieldCode of [75, 141] as const) {
    const { reads } = world({ switches: { unknownFieldCode }, customer: { inactiveFields: [field] } });
    expect(await failure(reads.checkAccess())).toMatchObject({
      kind: 'misconfigured',
      code: 'onoffice.field_inactive',
      words: field,
    });
    expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject({ code: 'onoffice.field_inactive' });
  }
});

test('a wrong token, a wrong secret, swapped ones and an inactive user each have their own words', async () => {
  const { sim, crmOf } = world();
  const check = (more: Partial<OnOfficeCustomerParts>) => failure(crmOf(more).reads.checkAccess());
  expect(await check({ token: 'f'.repeat(32) })).toMatchObject({
    kind: 'auth',
    code: 'onoffice.credentials_invalid',
    status: 22,
  });
  expect(await check({ secret: 'f'.repeat(64) })).toMatchObject({
    kind: 'auth',
    code: 'onoffice.credentials_invalid',
    status: 137,
  });
  const before = sim.counts.requests;
  expect(await check({ token: DEFAULT_SECRET, secret: DEFAULT_TOKEN })).toMatchObject({
    kind: 'auth',
    code: 'onoffice.credentials_swapped',
  });
  expect(sim.counts.requests).toBe(before);
  sim.apiUser.active = false;
  expect(await check({})).toMatchObject({ kind: 'auth', code: 'onoffice.user_inactive', status: 104 });
});

test.each([150_000, -150_000])('a clock that is wrong by %i ms is told from wrong credentials', async (skewMs) => {
  const { reads } = world({ skewMs });
  expect(await failure(reads.checkAccess())).toMatchObject({
    kind: 'misconfigured',
    code: 'onoffice.clock_skew',
    status: 136,
  });
});

test.each([
  [158, 'misconfigured', 'onoffice.ip_blocked'],
  [193, 'auth', 'onoffice.claim_outdated'],
  [201, 'auth', 'onoffice.claim_outdated'],
  [248, 'auth', 'onoffice.claim_outdated'],
  [240, 'forbidden', 'onoffice.call_not_allowed'],
  [48, 'auth', 'onoffice.credentials_invalid'],
  [170, 'forbidden', 'onoffice.no_read_right'],
])('error %i stops the call, however the top of the answer looks', async (code, kind, expected) => {
  for (const actionFailureStatus of ['error-in-action', 'own-code', 'ok'] as const) {
    const { sim, reads } = world({ switches: { actionFailureStatus } });
    sim.actionFaults.plan({ code, times: 10 });
    expect(await failure(reads.checkAccess())).toMatchObject({ kind, code: expected, status: code });
  }
});

test('a claim is sent where one is asked for', async () => {
  const { crmOf, sim } = world({ switches: { claims: 'everybody' } });
  expect(await failure(crmOf().reads.checkAccess())).toMatchObject({ code: 'onoffice.claim_outdated', status: 193 });
  expect(await failure(crmOf({ extendedClaim: 'nonsense' }).reads.checkAccess())).toMatchObject({
    code: 'onoffice.claim_outdated',
  });
  expect(sim.counts.errors[193]).toBeGreaterThan(0);
});

test('no read right is an error or an empty CRM', async () => {
  for (const [noReadRight, expected] of [
    ['error', 'onoffice.no_read_right'],
    ['empty', undefined],
  ] as const) {
    const { sim, reads } = world({ switches: { noReadRight } });
    sim.agent.createContact({ Name: 'Übler' });
    sim.apiUser.rights.readAddresses = 'none';
    if (expected === undefined) {
      expect(await reads.checkAccess()).toMatchObject({ contactCount: 0 });
      expect(await reads.readContacts({ offset: 0 })).toEqual({ contacts: [], total: 0, nextOffset: undefined });
    } else {
      expect(await failure(reads.checkAccess())).toMatchObject({ kind: 'forbidden', code: expected });
      expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject({ kind: 'forbidden', code: expected });
    }
  }
});

// ---- reading

test.each([
  {},
  { scalars: 'numbers' },
  { multiselectRead: 'array' },
  { emptyMultiselect: 'null' },
] as const satisfies readonly Partial<OnOfficeSwitches>[])(
  'contacts are read whole, in every dialect (%o)',
  async (switches) => {
    const { sim, reads } = world({ switches });
    const owner = sim.agent.addTag('Eigentümer');
    const tenant = sim.agent.addTag('Mieter');
    const eva = sim.agent.createContact({
      emails: [' Eva@Immo-Test.de ', 'zweit@immo-test.de'],
      Anrede: 'Frau',
      Vorname: 'Eva',
      Name: 'Übler',
      Briefanrede: 'Sehr geehrte Frau Übler,',
      newsletter_aktiv: '1',
      NewsletterTag: ['Mieter', 'Eigentümer'],
    });
    const old = sim.agent.createContact({ Name: 'Alt', newsletter_aktiv: '2' });
    sim.agent.archive(old.id);
    sim.agent.setPrivate(old.id, true);
    const page = await reads.readContacts({ offset: 0 });
    expect(page).toEqual({
      total: 2,
      nextOffset: undefined,
      contacts: [
        {
          id: String(eva.id),
          email: 'Eva@Immo-Test.de',
          consent: 'yes',
          fields: {
            salutation: 'Frau',
            letterSalutation: 'Sehr geehrte Frau Übler,',
            firstName: 'Eva',
            lastName: 'Übler',
          },
          tagKeys: [owner, tenant].sort(),
          isPrivate: false,
          isArchived: false,
          modifiedAt: '2026-02-01 10:00:00',
        },
        expect.objectContaining({
          id: String(old.id),
          email: '',
          consent: 'no',
          tagKeys: [],
          isPrivate: true,
          isArchived: true,
        }),
      ],
    });
  },
);

test('an archived contact is known by either of the two kinds of status', async () => {
  for (const statusField of ['Status', 'Status2Adr'] as const) {
    const { sim, reads } = world({ customer: { statusField } });
    sim.agent.archive(sim.agent.createContact({ Name: 'Alt' }).id);
    sim.agent.createContact({ Name: 'Neu' });
    const { contacts } = await reads.readContacts({ offset: 0 });
    expect(contacts.map((contact) => contact.isArchived)).toEqual([true, false]);
  }
});

test('salutations travel in the language of the connection', async () => {
  const { sim, crmOf } = world();
  sim.agent.createContact({ Anrede: 'Frau' });
  const { contacts } = await crmOf({ language: 'ENG' }).reads.readContacts({ offset: 0 });
  expect(contacts[0]?.fields.salutation).toBe('Ms');
});

test('pages end with the last contact, each contact once', async () => {
  const { sim, crmOf } = world();
  const ids = Array.from({ length: 25 }, (_, index) => String(sim.agent.createContact({ Name: `N${index}` }).id));
  const { reads } = crmOf({ limits: { ...DEFAULT_ONOFFICE_LIMITS, pageSize: 10 } });
  const seen: string[] = [];
  let offset: number | undefined = 0;
  let pages = 0;
  while (offset !== undefined) {
    const page: Awaited<ReturnType<typeof reads.readContacts>> = await reads.readContacts({ offset });
    seen.push(...page.contacts.map((contact) => contact.id));
    expect(page.total).toBe(25);
    offset = page.nextOffset;
    pages += 1;
  }
  expect(seen).toEqual(ids);
  expect(pages).toBe(3);
  expect(await reads.readContacts({ offset: 25 })).toEqual({ contacts: [], total: 25, nextOffset: undefined });
});

test('a CRM that cannot sort is read unsorted, and asked only once', async () => {
  const { sim, reads } = world();
  sim.agent.createContact({ Name: 'Übler' });
  sim.actionFaults.plan({ code: 212, times: 1, match: /read address/ });
  expect((await reads.readContacts({ offset: 0 })).contacts).toHaveLength(1);
  await reads.readContacts({ offset: 0 });
  expect(sim.counts.actions['read address']).toBe(3);
});

test('changes are read from a time of the CRM’s own clock on, that second included', async () => {
  const { sim, reads, later } = world();
  sim.agent.createContact({ Name: 'Alt' });
  await later(60_000);
  const changed = sim.agent.createContact({ Name: 'Neu' });
  const all = await reads.readContacts({ offset: 0 });
  const latest = all.contacts
    .map((contact) => contact.modifiedAt)
    .sort()
    .at(-1)!;
  const page = await reads.readContacts({ offset: 0, changedSince: latest });
  expect(page.contacts.map((contact) => contact.id)).toEqual([String(changed.id)]);
  expect(page.total).toBe(1);
});

test.each(['skip', 'error'] as const)(
  'contacts read by number leave out those that are gone (%s)',
  async (missingRecordIds) => {
    const { sim, reads, crmOf } = world({ switches: { missingRecordIds } });
    const ids = Array.from({ length: 7 }, (_, index) => sim.agent.createContact({ Name: `N${index}` }).id);
    sim.agent.deleteContact(ids[2]!);
    sim.agent.deleteContact(ids[5]!);
    const wanted = ids.map(String);
    const left = wanted.filter((_, index) => index !== 2 && index !== 5);
    const idsOf = async (crm: typeof reads) => (await crm.readContactsById(wanted)).map((contact) => contact.id).sort();
    expect(await idsOf(reads)).toEqual(left);
    expect(await idsOf(crmOf({ limits: { ...DEFAULT_ONOFFICE_LIMITS, maxIdsPerAction: 3 } }).reads)).toEqual(left);
    expect(await reads.readContactsById([])).toEqual([]);
    expect(await reads.readContactsById([String(ids[2])])).toEqual([]);
  },
);

test('contacts are found by any of their addresses, private and archived ones included', async () => {
  const { sim, reads } = world();
  const main = sim.agent.createContact({ emails: ['Eva@immo-test.de', 'zweit@immo-test.de'] });
  const spaced = sim.agent.createContact({ emails: [' eva@immo-test.de '], Privat: true });
  const further = sim.agent.createContact({ emails: ['x@immo-test.de', 'eva@immo-test.de'] });
  sim.agent.archive(further.id);
  sim.agent.createContact({ emails: ['andere-eva@immo-test.de'] });
  const asked = ['eva@immo-test.de', 'niemand@immo-test.de', 'zweit@immo-test.de'].map(address);
  const found = await reads.findContactsByEmail(asked);
  expect(found.map((list) => list.map(({ contact, foundBy }) => [Number(contact.id), foundBy]))).toEqual([
    [
      [main.id, 'main-address'],
      [spaced.id, 'main-address'],
      [further.id, 'further-address'],
    ],
    [],
    [[main.id, 'further-address']],
  ]);
  expect(found[0]?.map(({ contact }) => [contact.isPrivate, contact.isArchived])).toEqual([
    [false, false],
    [true, false],
    [false, true],
  ]);
  // The field list, then all three searches in one.
  expect(sim.counts.requests).toBe(2);
});

// ---- fields that go away (F4)

test.each(['Privat', 'newsletter_aktiv', 'NewsletterTag', 'Status2Adr'])(
  'a field that is made inactive while we read (%s) stops the read and names the field',
  async (name) => {
    for (const unknownFieldCode of [75, 141] as const) {
      const { sim, reads } = world({ switches: { unknownFieldCode } });
      sim.agent.createContact({ Name: 'Übler' });
      await reads.readContacts({ offset: 0 });
      sim.store.fields.get(name)!.active = false;
      expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject({
        kind: 'misconfigured',
        code: 'onoffice.field_inactive',
        words: name,
      });
    }
  },
);

test('a field that is left out of the answers in silence stops the read', async () => {
  const { sim, crmOf } = world();
  sim.agent.createContact({ Name: 'Übler', Privat: true });
  const { reads } = crmOf({
    http: async (request) => {
      const response = await sim.fetch(new Request(request.url, { method: 'POST', body: request.body ?? '' }));
      const text = (await response.text()).replaceAll('"Privat":"1",', '');
      return { status: response.status, headers: response.headers, text };
    },
  });
  expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject({
    kind: 'misconfigured',
    code: 'onoffice.field_missing',
    words: 'Privat',
  });
});

test('a field that the connection was set up with is missed, one that it never had is not', async () => {
  const { reads, crmOf } = world({ customer: { inactiveFields: ['Privat'] } });
  const has = { tags: true, letterSalutation: true, privateFlag: true, archiveFlag: true };
  expect(await failure(crmOf({ expects: has }).reads.readContacts({ offset: 0 }))).toMatchObject({
    code: 'onoffice.field_missing',
    words: 'Privat',
  });
  expect((await reads.readContacts({ offset: 0 })).total).toBe(0);
  expect((await crmOf({ expects: has }).reads.checkAccess()).has.privateFlag).toBe(false);
});

// ---- writing

test('consent is written as the customer’s values, a cancellation or a No by setting', async () => {
  const { sim, consentWrites } = world();
  const ids = Array.from({ length: 4 }, () => sim.agent.createContact({ newsletter_aktiv: '3' }).id);
  const rows = (['yes', 'no', 'none', 'undeliverable'] as const).map((consent, index) => ({
    contactId: String(ids[index]),
    consent,
  }));
  const results = await consentWrites.writeConsent(rows, 'cancellation');
  expect(results).toEqual(ids.map((id) => ({ outcome: 'done', id: String(id) })));
  const stored = () => ids.map((id) => sim.store.addresses.get(id)?.values.newsletter_aktiv);
  expect(stored()).toEqual(['1', '2', '4', '5']);
  await consentWrites.writeConsent(rows, 'no');
  expect(stored()).toEqual(['1', '0', '4', '5']);
});

test('a value that the customer’s list lacks is not written but refused', async () => {
  const { sim, consentWrites } = world({ customer: { newsletterValues: ['1', '0'] } });
  const id = String(sim.agent.createContact({ newsletter_aktiv: '1' }).id);
  const rows = (['none', 'undeliverable', 'no'] as const).map((consent) => ({ contactId: id, consent }));
  expect(await consentWrites.writeConsent(rows, 'cancellation')).toMatchObject([
    { outcome: 'refused', code: 'onoffice.value_not_permitted', isPermanent: false },
    { outcome: 'refused', code: 'onoffice.value_not_permitted', isPermanent: false },
    { outcome: 'done' },
  ]);
  expect(sim.store.newsletterHistory(Number(id)).map((change) => change.to)).toEqual(['1', '0']);
});

test('one refused record does not stop the others (F7)', async () => {
  for (const actionFailureStatus of ['error-in-action', 'own-code', 'ok'] as const) {
    const { sim, consentWrites } = world({ switches: { actionFailureStatus } });
    const ids = Array.from({ length: 3 }, () => String(sim.agent.createContact({}).id));
    sim.actionFaults.plan({ code: 88, times: 1, resourceId: ids[0]! });
    sim.agent.deleteContact(Number(ids[1]));
    const rows = ids.map((contactId) => ({ contactId, consent: 'yes' as const }));
    expect(await consentWrites.writeConsent(rows, 'cancellation')).toMatchObject([
      { outcome: 'refused', code: 'onoffice.record_refused', isPermanent: true },
      { outcome: 'refused', code: 'onoffice.record_missing', isPermanent: true },
      { outcome: 'done', id: ids[2] },
    ]);
  }
});

test.each([131, 174, 183, 261])(
  'a missing right to write (%i) is told for the row and is not for ever',
  async (code) => {
    const { sim, reads, consentWrites } = world();
    const key = sim.agent.addTag('Eigentümer');
    const contactId = String(sim.agent.createContact({}).id);
    sim.actionFaults.plan({ code, times: 2 });
    // The first fault would meet the field list.
    sim.actionFaults.clear();
    await reads.listTags();
    sim.actionFaults.plan({ code, times: 2 });
    const refused = { outcome: 'refused', code: 'onoffice.no_write_right', isPermanent: false };
    expect(await consentWrites.writeConsent([{ contactId, consent: 'no' }], 'no')).toMatchObject([refused]);
    expect(await reads.writeTags([{ contactId, tagKeys: [key] }])).toMatchObject([refused]);
  },
);

test('tags are replaced as a whole, several contacts in one request', async () => {
  const { sim, reads } = world();
  const keys = ['Eigentümer', 'Mieter', 'Gewerbe'].map((label) => sim.agent.addTag(label));
  const ids = [['Eigentümer', 'Gewerbe'], ['Mieter'], []].map(
    (NewsletterTag) => sim.agent.createContact({ NewsletterTag }).id,
  );
  const wanted = [[keys[1]!], [], [keys[0]!, keys[2]!]];
  const rows = ids.map((id, index) => ({ contactId: String(id), tagKeys: wanted[index]! }));
  expect(await reads.writeTags(rows)).toEqual(ids.map((id) => ({ outcome: 'done', id: String(id) })));
  expect(ids.map((id) => sim.store.addresses.get(id)?.values.NewsletterTag)).toEqual(wanted);
  expect(sim.counts.requests).toBe(1);
});

test.each(['by-type', 'select-field'] as const)(
  'a tag that is gone is refused for its row alone (%s)',
  async (invalidValueCode) => {
    const { sim, reads } = world({ switches: { invalidValueCode } });
    const key = sim.agent.addTag('Eigentümer');
    const [first, second] = [sim.agent.createContact({}), sim.agent.createContact({})].map(({ id }) => String(id));
    expect(
      await reads.writeTags([
        { contactId: first!, tagKeys: ['indMulti1Select1'] },
        { contactId: second!, tagKeys: [key] },
      ]),
    ).toMatchObject([
      { outcome: 'refused', code: 'onoffice.value_not_permitted', isPermanent: false },
      { outcome: 'done', id: second },
    ]);
  },
);

const stranger = (email: string, more: Partial<NewContact> = {}): NewContact => ({
  email: address(email),
  fields: { ...NO_FIELDS, salutation: 'Frau', firstName: 'Eva', lastName: 'Übler' },
  tagKeys: [],
  ...more,
});

test('a new contact has its address, names, tags, Newsletter = Yes and the origin Newsletter', async () => {
  const { sim, reads, consentWrites } = world();
  const key = sim.agent.addTag('Eigentümer');
  const [result] = await consentWrites.createContacts([stranger('eva@immo-test.de', { tagKeys: [key] })]);
  expect(result).toMatchObject({ outcome: 'done' });
  const record = sim.store.addresses.get(Number(result?.outcome === 'done' ? result.id : 0));
  expect(record).toMatchObject({
    emails: [{ address: 'eva@immo-test.de' }],
    values: {
      Anrede: 'Frau',
      Vorname: 'Eva',
      Name: 'Übler',
      newsletter_aktiv: '1',
      NewsletterTag: [key],
      HerkunftKontakt: ['Newsletter'],
    },
  });
  const [found] = await reads.findContactsByEmail([address('eva@immo-test.de')]);
  expect(found).toMatchObject([{ foundBy: 'main-address', contact: { consent: 'yes' } }]);
});

test('what the customer’s lists do not know is left out of a new contact', async () => {
  const { sim, consentWrites } = world({
    customer: { inactiveFields: ['HerkunftKontakt', 'NewsletterTag', 'Vorname'] },
  });
  const fields = { ...NO_FIELDS, salutation: 'Dr.', firstName: 'Eva', lastName: 'Übler' };
  const [result] = await consentWrites.createContacts([stranger('eva@immo-test.de', { fields, tagKeys: ['k'] })]);
  const record = sim.store.addresses.get(Number(result?.outcome === 'done' ? result.id : 0));
  expect(record?.values).toMatchObject({ Anrede: '', Name: 'Übler', newsletter_aktiv: '1' });
});

test('creating does not overwrite a contact that has the address already', async () => {
  const { sim, consentWrites } = world();
  const old = sim.agent.createContact({ Email: 'eva@immo-test.de', Name: 'Alt', newsletter_aktiv: '2' });
  const [result] = await consentWrites.createContacts([stranger('eva@immo-test.de')]);
  expect(result).toMatchObject({ outcome: 'done' });
  expect(old.values).toMatchObject({ Name: 'Alt', newsletter_aktiv: '2' });
});

test('without the right to create nothing is created', async () => {
  const { sim, consentWrites } = world();
  sim.apiUser.rights.createAddresses = false;
  expect(await consentWrites.createContacts([stranger('eva@immo-test.de')])).toMatchObject([
    { outcome: 'refused', code: 'onoffice.no_write_right', isPermanent: false },
  ]);
  expect(sim.store.addresses.size).toBe(0);
});

// ---- tags

test('a tag is added once, whatever the spelling, and can be set at once', async () => {
  const { sim, reads } = world();
  const tag = await reads.createTag('Kapitalanleger & Söhne');
  expect(tag.label).toBe('Kapitalanleger & Söhne');
  expect(await reads.listTags()).toEqual([tag]);
  expect(await reads.createTag(' kapitalanleger & söhne ')).toEqual(tag);
  const contactId = String(sim.agent.createContact({}).id);
  expect(await reads.writeTags([{ contactId, tagKeys: [tag.key] }])).toMatchObject([{ outcome: 'done' }]);
  // Labels that differ only in what a key cannot hold get keys that differ.
  const second = await reads.createTag('Kapitalanleger – Söhne');
  expect(second.key).not.toBe(tag.key);
});

test('a refused tag says so, and a customer without tags has none', async () => {
  const { sim, reads } = world();
  sim.apiUser.rights.createTags = false;
  expect(await failure(reads.createTag('Eigentümer'))).toMatchObject({
    kind: 'forbidden',
    code: 'onoffice.tag_creation_refused',
    status: 183,
  });
  const without = world({ customer: { inactiveFields: ['NewsletterTag'] } });
  expect(await without.reads.listTags()).toEqual([]);
  expect(await failure(without.reads.createTag('Eigentümer'))).toMatchObject({
    code: 'onoffice.field_inactive',
    words: 'NewsletterTag',
  });
});

// ---- bad weather (F6)

const STORMS = [
  ['429', { type: 'status', status: 429, headers: { 'retry-after': '2' } }],
  ['502', { type: 'status', status: 502, body: '<html></html>', contentType: 'text/html' }],
  ['HTML with status 200', { type: 'status', status: 200, body: '<html></html>', contentType: 'text/html' }],
  ['403 without a body', { type: 'status', status: 403 }],
  ['a lost answer', { type: 'lose-answer' }],
  ['half an answer', { type: 'truncate' }],
] as const;

test.each(STORMS)('reads, consent and tags survive %s', async (_name, fault) => {
  const { sim, reads, consentWrites } = world();
  const key = sim.agent.addTag('Eigentümer');
  const contactId = String(sim.agent.createContact({}).id);
  sim.faults.plan({ fault, times: 1 });
  expect((await reads.readContacts({ offset: 0 })).total).toBe(1);
  sim.faults.plan({ fault, times: 2 });
  expect(await consentWrites.writeConsent([{ contactId, consent: 'yes' }], 'cancellation')).toMatchObject([
    { outcome: 'done' },
  ]);
  sim.faults.plan({ fault, times: 1 });
  expect(await reads.writeTags([{ contactId, tagKeys: [key] }])).toMatchObject([{ outcome: 'done' }]);
});

test.each(STORMS)('a contact is never created twice, also not after %s', async (name, fault) => {
  const { sim, reads, consentWrites } = world();
  await reads.listTags();
  sim.faults.plan({ fault, times: 1 });
  const results = await consentWrites.createContacts([stranger('eva@immo-test.de'), stranger('ida@immo-test.de')]);
  expect(sim.counts.actions['create address'] ?? 0).toBeLessThanOrEqual(2);
  const wasRefusedBefore = name === '429' || name === '403 without a body';
  expect(results.map((result) => result.outcome)).toEqual(wasRefusedBefore ? ['done', 'done'] : ['unknown', 'unknown']);
});

test('a bad weather that stays is an error of its kind', async () => {
  const expected = [
    'rate_limited',
    'unavailable',
    'unexpected_response',
    'unavailable',
    'unavailable',
    'unexpected_response',
  ];
  for (const [index, [, fault]] of STORMS.entries()) {
    const { sim, reads } = world();
    sim.faults.plan({ fault, times: 100 });
    expect((await failure(reads.readContacts({ offset: 0 }))).kind).toBe(expected[index]);
    expect(sim.counts.requests).toBe(3);
  }
});

test('a failure in the middle keeps what was written before it', async () => {
  const { sim, reads, consentWrites } = world();
  await reads.listTags();
  const contactIds = Array.from({ length: 20 }, () => String(sim.agent.createContact({}).id));
  // Five go in the first request, ten in the second, five would in the third.
  const { fetch } = sim;
  let writes = 0;
  sim.fetch = async (request) => {
    writes += 1;
    return writes >= 2 ? new Response('', { status: 404 }) : fetch(request);
  };
  const results = await consentWrites.writeConsent(
    contactIds.map((contactId) => ({ contactId, consent: 'yes' as const })),
    'cancellation',
  );
  expect(results.map((result) => result.outcome)).toEqual([
    ...Array.from({ length: 5 }, () => 'done'),
    ...Array.from({ length: 15 }, () => 'refused'),
  ]);
  expect(results.at(-1)).toMatchObject({ code: 'onoffice.unexpected_response', isPermanent: false });
});

test('an unknown error of onOffice is repeated for a change and looked into for a new contact', async () => {
  const { sim, reads, consentWrites } = world();
  await reads.listTags();
  const contactId = String(sim.agent.createContact({}).id);
  sim.actionFaults.plan({ code: 27, times: 1 });
  expect(await consentWrites.writeConsent([{ contactId, consent: 'no' }], 'no')).toMatchObject([{ outcome: 'done' }]);
  sim.actionFaults.plan({ code: 1, times: 1, carryOut: true });
  expect(
    await consentWrites.createContacts([stranger('eva@immo-test.de'), stranger('ida@immo-test.de')]),
  ).toMatchObject([{ outcome: 'unknown' }, { outcome: 'done' }]);
});

// ---- limits

test('fewer actions than we send are learned and kept to', async () => {
  const { sim, reads, consentWrites } = world({ switches: { maxActions: 2 } });
  await reads.checkAccess();
  const contactIds = Array.from({ length: 5 }, () => String(sim.agent.createContact({}).id));
  const rows = contactIds.map((contactId) => ({ contactId, consent: 'yes' as const }));
  const results = await consentWrites.writeConsent(rows, 'cancellation');
  expect(results.map((result) => result.outcome)).toEqual(Array.from({ length: 5 }, () => 'done'));
  expect(sim.counts.actions['modify address']).toBe(5);
});

test('many writes at once never exceed two requests a second, one at a time, and grow to twenty a request', async () => {
  const { sim, reads, consentWrites } = world({ switches: { requestsPerSecond: 2, maxActions: 20 } });
  await reads.listTags();
  const contactIds = Array.from({ length: 100 }, () => String(sim.agent.createContact({}).id));
  sim.counts.reset();
  const rows = contactIds.map((contactId) => ({ contactId, consent: 'yes' as const }));
  const [first] = await Promise.all([
    consentWrites.writeConsent(rows, 'cancellation'),
    reads.readContacts({ offset: 0 }),
    reads.readContacts({ offset: 0 }),
  ]);
  expect(first.every((result) => result.outcome === 'done')).toBe(true);
  expect(sim.counts.maxInFlight).toBe(1);
  // 5 + 10 + 20 × 4 + 5, and the two reads.
  expect(sim.counts.requests).toBe(9);
});
