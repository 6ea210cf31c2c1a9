import type { History, Step } from '../../lab/history.ts';

const [ANNA, BERTA, CARLA] = ['p0.0@immo-test.de', 'p1.0@immo-test.de', 'p2.0@immo-test.de'] as const;
/** Two of each of four people, as most histories have them. */
const EIGHT = [0, 1, 2, 3].flatMap((person) => [0, 1].map((address) => `p${person}.${address}@immo-test.de`));
const BYSTANDERS = [0, 1, 2, 3, 4, 5].map((number) => ({ email: `bystander${number}@immo-test.de` }));
const MINUTE_MS = 60_000;

/** A history of Mailchimp alone in which nothing happens. */
const QUIET: History = {
  seed: 1,
  providers: ['mailchimp'],
  hasWebhooks: true,
  isAtNight: false,
  startsEarly: false,
  settings: {},
  skewMs: { onoffice: 0, mailchimp: 0, brevo: 0 },
  contacts: [{ email: ANNA }, ...BYSTANDERS],
  members: [],
  addresses: [ANNA, BERTA],
  switches: { onOffice: {}, mailchimp: {}, brevo: { limits: false } },
  acts: [],
};

const after = (afterMs: number, deed: Step['deed']): Step => ({ when: { afterMs }, deed });

/** The sender gives up, and more than a minute later the request is carried out. */
const LATE: Step['deed'] = { who: 'chance', does: 'meets-request', fate: { type: 'late', ms: 80_000 } };

/** Histories that the lab once found to go wrong, each without what it did not need for that. */
export const FOUND_HISTORIES: Readonly<Record<string, History>> = {
  'M20, F5: who signs up again is not taken for removed by a write that was begun before': {
    ...QUIET,
    providers: ['brevo'],
    settings: { polls: { crmSeconds: 60, providerSeconds: 60 } },
    acts: [
      [
        after(MINUTE_MS, { who: 'operator', at: 'brevo', does: 'pauses' }),
        after(MINUTE_MS, { who: 'admin', at: 'brevo', does: 'removes', address: ANNA }),
        after(3 * MINUTE_MS, { who: 'operator', at: 'brevo', does: 'goes-on' }),
        { when: { beforeRequest: 1 }, deed: { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA } },
        { when: { atCommit: 1 }, deed: { who: 'chance', does: 'kills-at-commit', fate: 'dies-after' } },
      ],
    ],
  },
  'R1: a sign-up that we are told of late is older than a No that we have read since': {
    ...QUIET,
    providers: ['brevo'],
    isAtNight: true,
    startsEarly: true,
    switches: { onOffice: {}, mailchimp: {}, brevo: { limits: false, webhookDelayMs: 40 * MINUTE_MS } },
    acts: [
      [
        after(24_000, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA }),
        {
          when: { beforeCall: 'modify address' },
          deed: { who: 'agent', does: 'sets-newsletter', contact: 0, to: '0' },
        },
      ],
    ],
  },
  'R1, R8: a sign-up that the provider shows is older than a No for the address that we have read since': {
    ...QUIET,
    contacts: [{ email: BERTA, newsletter: '0' }, { email: BERTA }, ...BYSTANDERS],
    switches: { onOffice: {}, mailchimp: { webhookDelayMs: 40 * MINUTE_MS }, brevo: {} },
    acts: [
      [
        after(4_000, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: BERTA }),
        {
          when: { beforeCall: 'modify address' },
          deed: { who: 'agent', does: 'sets-newsletter', contact: 1, to: '0' },
        },
      ],
    ],
  },
  'R1, R8: a sign-up that we are told of late is older than a No that a second contact of the address got since': {
    ...QUIET,
    providers: ['brevo'],
    contacts: [{ email: BERTA, newsletter: '0' }, { email: BERTA, newsletter: '' }, ...BYSTANDERS],
    switches: { onOffice: {}, mailchimp: {}, brevo: { limits: false, webhookDelayMs: 10 * MINUTE_MS } },
    acts: [
      [
        after(24_000, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: BERTA }),
        {
          when: { beforeCall: 'modify address' },
          deed: { who: 'agent', does: 'sets-newsletter', contact: 1, to: '0' },
        },
      ],
    ],
  },
  'R1, R7: a sign-up that we are told of late at the new address is older than a leaving that was read at the old one since':
    {
      ...QUIET,
      providers: ['brevo'],
      addresses: [ANNA, BERTA],
      switches: {
        onOffice: {},
        mailchimp: {},
        brevo: { limits: false, blockEvents: 'none', webhookDelayMs: 10 * MINUTE_MS },
      },
      acts: [
        [
          after(4 * MINUTE_MS, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: BERTA }),
          after(6_000, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA }),
        ],
        [after(20 * MINUTE_MS, { who: 'agent', does: 'changes-address', contact: 0, to: BERTA })],
      ],
    },
  'M26: what became of a mail is found also where nobody told of it and its recipient was taken off the list since': {
    ...QUIET,
    providers: ['brevo'],
    hasWebhooks: false,
    settings: { activities: ['delivered', 'clicked'] },
    acts: [
      [after(7 * MINUTE_MS, { who: 'admin', at: 'brevo', does: 'sends-campaign' })],
      [after(6 * MINUTE_MS, { who: 'admin', at: 'brevo', does: 'removes', address: ANNA })],
    ],
  },
  'F5, F9: nobody waits for what a run had sent that ended when the data went back': {
    ...QUIET,
    providers: ['brevo'],
    startsEarly: true,
    contacts: [{ email: ANNA }, { email: BERTA }, ...BYSTANDERS],
    acts: [
      [
        { when: { beforeRequest: 7 }, deed: { who: 'agent', does: 'renames', contact: 1, name: 'Name65' } },
        { when: { beforeRequest: 4 }, deed: { who: 'operator', at: 'brevo', does: 'approves' } },
        { when: { beforeRequest: 8 }, deed: { who: 'chance', does: 'downs-server', ms: 30 * 60 * MINUTE_MS } },
      ],
    ],
  },
  'M18: who is left behind at an address leaves, though his contact met somebody else after he had been planned': {
    ...QUIET,
    seed: 650747,
    providers: ['brevo'],
    contacts: [
      { email: ANNA },
      { email: BERTA, newsletter: '9' },
      { email: CARLA },
      { email: 'p3.0@immo-test.de' },
      ...BYSTANDERS,
    ],
    members: [{ provider: 'brevo', email: CARLA, standing: 'subscribed' }],
    addresses: EIGHT,
    acts: [
      [
        after(62554, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA }),
        after(29399, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA }),
        {
          when: { beforeCall: 'PUT /3.0/lists' },
          deed: { who: 'agent', does: 'changes-address', contact: 2, to: 'p0.1@immo-test.de' },
        },
        after(873, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA }),
      ],
    ],
    switches: {
      onOffice: {},
      mailchimp: {},
      brevo: { modifiedAtOnUnsubscribe: true, modifiedAtOnListRemoval: true, webhookJitterMs: 600000 },
    },
  },
  'R15: a sign-up outlives the No that another connection had written for an older opt-out': {
    ...QUIET,
    seed: 650767,
    providers: ['mailchimp', 'brevo'],
    contacts: [
      { email: ANNA },
      { email: ANNA },
      { email: BERTA, newsletter: '3' },
      { email: 'p3.0@immo-test.de', newsletter: '4' },
      ...BYSTANDERS,
    ],
    members: [
      { provider: 'mailchimp', email: 'p0.1@immo-test.de', standing: 'left-and-off' },
      { provider: 'brevo', email: 'p0.1@immo-test.de', standing: 'subscribed' },
    ],
    addresses: EIGHT,
    acts: [
      [
        after(167, { who: 'subscriber', at: 'brevo', does: 'leaves', address: 'p0.1@immo-test.de' }),
        after(3221, { who: 'admin', at: 'brevo', does: 'has-program-raise', address: 'p1.1@immo-test.de' }),
        after(12644, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: ANNA }),
      ],
    ],
    switches: { onOffice: {}, mailchimp: { archivedFeed: 'missing' }, brevo: {} },
  },
  'M20, R6: who signs up again while his removal is being written stays': {
    ...QUIET,
    providers: ['brevo'],
    acts: [
      [
        after(MINUTE_MS, { who: 'admin', at: 'brevo', does: 'removes', address: ANNA }),
        {
          when: { beforeCall: 'modify address' },
          deed: { who: 'chance', does: 'meets-request', fate: { type: 'delays', ms: 45_000 } },
        },
        after(1_000, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA }),
      ],
    ],
  },
  'R13: nothing that a webhook tells late comes between two full syncs of which the second plans nothing': {
    ...QUIET,
    providers: ['brevo'],
    contacts: [{ email: ANNA, newsletter: '0' }, ...BYSTANDERS],
    switches: { onOffice: {}, mailchimp: {}, brevo: { limits: false, webhookDelayMs: 15.4 * MINUTE_MS } },
    acts: [[after(1_000, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA })]],
  },
  'F2, section 7: who was raised meanwhile is seen also where it was looked for others who had been added': {
    ...QUIET,
    acts: [
      [
        after(20_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
        after(3_000, { who: 'admin', at: 'mailchimp', does: 'has-program-raise', address: ANNA }),
        { when: { beforeRequest: 6 }, deed: { who: 'agent', does: 'creates', address: BERTA, newsletter: '1' } },
        {
          when: { beforeCall: 'POST /3.0/lists' },
          deed: { who: 'chance', does: 'meets-request', fate: { type: 'freezes', ms: 5_000 } },
        },
      ],
    ],
  },
  'M25, F5: whoever leaves twice within a minute has two entries that can be told apart': {
    ...QUIET,
    acts: [
      [
        after(MINUTE_MS, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
        after(1_600, { who: 'admin', at: 'mailchimp', does: 'subscribes', address: ANNA }),
        after(3_500, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
      ],
    ],
  },
  'R15: whoever left at one provider is not added at the other by a contact that is new': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    contacts: [{ email: ANNA, newsletter: '0' }, ...BYSTANDERS],
    members: [{ provider: 'mailchimp', email: ANNA, standing: 'unsubscribed' }],
    acts: [
      [
        after(1_000, {
          who: 'chance',
          does: 'downs-system',
          system: 'mailchimp',
          ms: 4 * MINUTE_MS,
          fate: { type: 'unreachable' },
        }),
        after(1_000, { who: 'agent', does: 'changes-address', contact: 0, to: BERTA }),
        after(1_000, { who: 'agent', does: 'creates', address: ANNA, newsletter: '1' }),
        after(5 * MINUTE_MS, { who: 'agent', does: 'renames', contact: 0, name: 'Berta' }),
      ],
    ],
  },
  'F9: what waited goes on at once when the full sync that follows going back has ended': {
    ...QUIET,
    contacts: [{ email: ANNA, newsletter: '4' }, ...BYSTANDERS],
    acts: [
      [
        after(1_000, { who: 'chance', does: 'backs-up' }),
        after(1_000, { who: 'chance', does: 'restores' }),
        after(30_000, { who: 'operator', at: 'mailchimp', does: 'enters-opt-in', contact: 0, setsField: true }),
      ],
    ],
  },
  'R7: who changes his address and leaves at once leaves under the new one in all contacts': {
    ...QUIET,
    contacts: [{ email: BERTA, newsletter: '3' }, ...BYSTANDERS],
    members: [{ provider: 'mailchimp', email: ANNA, standing: 'subscribed' }],
    acts: [
      [
        after(2 * MINUTE_MS, { who: 'subscriber', at: 'mailchimp', does: 'changes-address', address: ANNA, to: BERTA }),
        after(3_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: BERTA }),
      ],
    ],
  },
  'M13: who changed while the first sync waited for its approval is looked at when it has ended': {
    ...QUIET,
    startsEarly: true,
    hasWebhooks: false,
    members: [{ provider: 'mailchimp', email: ANNA, standing: 'subscribed' }],
    acts: [[after(30_000, { who: 'admin', at: 'mailchimp', does: 'removes', address: ANNA })]],
  },
  'R1: whoever left is no new contact because another program raised him': {
    ...QUIET,
    contacts: BYSTANDERS,
    members: [{ provider: 'mailchimp', email: ANNA, standing: 'unsubscribed' }],
    acts: [[after(1_000, { who: 'admin', at: 'mailchimp', does: 'has-program-raise', address: ANNA })]],
  },
  'M24: a contact that got a new address by a write whose answer was lost is looked at there': {
    ...QUIET,
    hasWebhooks: false,
    settings: { polls: { crmSeconds: 60, providerSeconds: 60 } },
    contacts: [{ email: ANNA }, { email: BERTA, newsletter: '2' }, ...BYSTANDERS],
    members: [{ provider: 'mailchimp', email: ANNA, standing: 'subscribed' }],
    acts: [
      [
        after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'changes-address', address: ANNA, to: BERTA }),
        {
          when: { beforeCall: 'modify address' },
          deed: { who: 'chance', does: 'meets-request', fate: { type: 'dies-after' } },
        },
      ],
    ],
  },
  'R1: who leaves under another address while the first sync waits for its approval is not created and added as he was':
    {
      ...QUIET,
      startsEarly: true,
      contacts: [{ email: BERTA }, ...BYSTANDERS],
      members: [{ provider: 'mailchimp', email: ANNA, standing: 'subscribed' }],
      addresses: [ANNA, BERTA, CARLA],
      acts: [
        [
          after(60_000, { who: 'admin', at: 'mailchimp', does: 'unsubscribes', address: ANNA }),
          after(30_000, { who: 'admin', at: 'mailchimp', does: 'removes', address: ANNA }),
          after(2 * MINUTE_MS, { who: 'admin', at: 'mailchimp', does: 'changes-address', address: ANNA, to: CARLA }),
        ],
      ],
    },
  'F5, R9: a contact that the CRM makes long after the call for it was given up is not made twice': {
    ...QUIET,
    acts: [
      [
        after(1_000, { who: 'admin', at: 'mailchimp', does: 'adds', address: BERTA }),
        { when: { beforeCall: 'create address' }, deed: LATE },
      ],
    ],
  },
  'F5: a contact that the CRM makes late is not made twice by a server that was started anew in between': {
    ...QUIET,
    acts: [
      [
        after(1_000, { who: 'admin', at: 'mailchimp', does: 'adds', address: BERTA }),
        { when: { beforeCall: 'create address' }, deed: LATE },
        after(1_000, { who: 'chance', does: 'downs-server', ms: 5_000 }),
      ],
    ],
  },
  'F5, M25: an activity that the CRM writes long after the call for it was given up is not written twice': {
    ...QUIET,
    acts: [
      [
        after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
        { when: { beforeCall: 'create agentslog' }, deed: LATE },
      ],
    ],
  },
  'R1: a No that is read together with another address counts for whoever stays at the one before': {
    ...QUIET,
    providers: ['brevo'],
    startsEarly: true,
    hasWebhooks: false,
    contacts: [{ email: BERTA }, { email: BERTA }, ...BYSTANDERS],
    acts: [
      [
        after(22_000, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '0' }),
        after(1_300, { who: 'agent', does: 'changes-address', contact: 0, to: ANNA }),
      ],
    ],
  },
  'R7: an opt-out at the address that a contact had goes with him before both sides have met': {
    ...QUIET,
    providers: ['brevo'],
    startsEarly: true,
    contacts: [{ email: BERTA }, ...BYSTANDERS],
    members: [{ provider: 'brevo', email: BERTA, standing: 'subscribed' }],
    acts: [
      [
        after(12_000, { who: 'admin', at: 'brevo', does: 'unsubscribes', address: BERTA }),
        after(26_000, { who: 'agent', does: 'changes-address', contact: 0, to: CARLA }),
      ],
    ],
  },
  'R15: who left at one provider and gets another address at the other has left under that one too': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    startsEarly: true,
    contacts: BYSTANDERS,
    members: [
      { provider: 'mailchimp', email: ANNA, standing: 'subscribed' },
      { provider: 'brevo', email: ANNA, standing: 'subscribed' },
    ],
    acts: [
      [
        after(16_000, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA }),
        after(5 * MINUTE_MS, { who: 'subscriber', at: 'mailchimp', does: 'changes-address', address: ANNA, to: BERTA }),
      ],
    ],
  },
  'R7: who gets another address is found there, also when somebody else is under his old one at once': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    startsEarly: true,
    contacts: BYSTANDERS,
    members: [
      { provider: 'mailchimp', email: ANNA, standing: 'subscribed' },
      { provider: 'brevo', email: ANNA, standing: 'subscribed' },
    ],
    acts: [
      [
        after(14_000, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA }),
        after(5 * MINUTE_MS, { who: 'subscriber', at: 'mailchimp', does: 'changes-address', address: ANNA, to: BERTA }),
        after(500, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: ANNA }),
        after(3_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
      ],
    ],
  },
  'R1: an address whose owner had left stays out for a new contact when the provider gives him another one': {
    ...QUIET,
    settings: { polls: { crmSeconds: 60, providerSeconds: 60 } },
    members: [{ provider: 'mailchimp', email: BERTA, standing: 'unsubscribed' }],
    addresses: [ANNA, BERTA, CARLA],
    acts: [
      [
        after(2 * MINUTE_MS, { who: 'agent', does: 'creates', address: BERTA, newsletter: '1' }),
        after(3_000, { who: 'admin', at: 'mailchimp', does: 'changes-address', address: BERTA, to: CARLA }),
      ],
    ],
  },
  'R1: an address whose owner had left stays out for a new contact when the provider deletes him': {
    ...QUIET,
    providers: ['brevo'],
    members: [{ provider: 'brevo', email: BERTA, standing: 'unsubscribed' }],
    acts: [
      [
        after(1_000, { who: 'admin', at: 'brevo', does: 'deletes-for-good', address: BERTA }),
        after(4 * MINUTE_MS, { who: 'agent', does: 'creates', address: BERTA, newsletter: '1' }),
      ],
    ],
  },
  'M18, F4: a member whom the provider gave another address leaves with the Yes that the contact has taken back': {
    ...QUIET,
    settings: { polls: { crmSeconds: 300, providerSeconds: 300 } },
    acts: [
      [
        after(1_000, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '4' }),
        after(500, { who: 'admin', at: 'mailchimp', does: 'changes-address', address: ANNA, to: BERTA }),
        after(30_000, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: ANNA }),
      ],
    ],
  },
  'R7, R15: whom an import adds while the contact gets another address leaves again': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    hasWebhooks: false,
    startsEarly: true,
    members: [{ provider: 'mailchimp', email: ANNA, standing: 'subscribed' }],
    acts: [
      [
        after(6 * MINUTE_MS, {
          who: 'subscriber',
          at: 'mailchimp',
          does: 'changes-address',
          address: ANNA,
          to: BERTA,
        }),
      ],
    ],
  },
  'R1, R15: who had left and signs up at one provider again has done so for the other connection, too': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    hasWebhooks: false,
    settings: { polls: { crmSeconds: 60, providerSeconds: 60 } },
    members: [{ provider: 'mailchimp', email: BERTA, standing: 'unsubscribed' }],
    acts: [[after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: BERTA })]],
  },
  'R6, R15: whose mail of one provider comes back stays a member of the other one': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    contacts: [{ email: ANNA }, ...BYSTANDERS],
    acts: [
      [after(1_000, { who: 'admin', at: 'brevo', does: 'adds', address: BERTA })],
      [after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'bounces', address: BERTA })],
    ],
  },
  'R1, M18: who has left is not archived as a former address before anybody knows that he left': {
    ...QUIET,
    hasWebhooks: false,
    members: [{ provider: 'mailchimp', email: BERTA, standing: 'subscribed' }],
    acts: [
      [
        after(10_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
        after(1_000, { who: 'agent', does: 'changes-address', contact: 0, to: BERTA }),
      ],
    ],
  },
  'R6, R15: who was left as undeliverable elsewhere leaves when an agent sets the field to something else': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    acts: [
      [after(1_000, { who: 'subscriber', at: 'brevo', does: 'bounces', address: ANNA })],
      [after(1_000, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '4' })],
    ],
  },
  'R1, R7: whoever left under the address before, after he had signed up under the new one, has left': {
    ...QUIET,
    startsEarly: true,
    hasWebhooks: false,
    contacts: [{ email: ANNA }, ...BYSTANDERS],
    members: [
      { provider: 'mailchimp', email: ANNA, standing: 'subscribed' },
      { provider: 'mailchimp', email: BERTA, standing: 'unsubscribed' },
    ],
    acts: [
      [
        after(3 * MINUTE_MS, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: BERTA }),
        after(25_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
        after(26_000, { who: 'agent', does: 'changes-address', contact: 0, to: BERTA }),
      ],
    ],
  },
  'R4: who leaves while a contact is made for him gets No in it at once': {
    ...QUIET,
    acts: [
      [
        after(1_000, { who: 'admin', at: 'mailchimp', does: 'adds', address: BERTA }),
        {
          when: { beforeCall: 'create address' },
          deed: { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: BERTA },
        },
        {
          when: { beforeRequest: 1 },
          deed: { who: 'chance', does: 'meets-request', fate: { type: 'delays', ms: 1_000 } },
        },
      ],
    ],
  },
  'M20: who is taken out while a full sync makes a contact for him is not put back because of the Yes that we wrote': {
    ...QUIET,
    providers: ['brevo'],
    hasWebhooks: false,
    settings: { polls: { crmSeconds: 60, providerSeconds: 900 } },
    acts: [
      [
        after(1_000, { who: 'admin', at: 'brevo', does: 'adds', address: BERTA }),
        after(6 * MINUTE_MS, { who: 'operator', at: 'brevo', does: 'starts-sync', asksFirst: false }),
        {
          when: { beforeCall: 'create address' },
          deed: { who: 'admin', at: 'brevo', does: 'deletes-for-good', address: BERTA },
        },
      ],
    ],
  },
  'R1, R4, R8: who leaves before flags that differ would take him out has left': {
    ...QUIET,
    hasWebhooks: false,
    settings: { polls: { crmSeconds: 60, providerSeconds: 300 } },
    acts: [
      [
        after(1_000, { who: 'agent', does: 'creates', address: ANNA, newsletter: '0' }),
        after(500, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
      ],
    ],
  },
  'R8: whoever had left before the first sync has left for contacts of his address that differ, and for a new one': {
    ...QUIET,
    contacts: [{ email: ANNA }, { email: ANNA, newsletter: '0' }, ...BYSTANDERS],
    members: [{ provider: 'mailchimp', email: ANNA, standing: 'unsubscribed' }],
    acts: [[after(1_000, { who: 'agent', does: 'creates', address: ANNA, newsletter: '1' })]],
  },
  'R8: whoever comes back and leaves again has left, also where another contact of his address still says No': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    hasWebhooks: false,
    contacts: [{ email: ANNA }, { email: ANNA }, ...BYSTANDERS],
    acts: [
      [after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA })],
      [after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: ANNA })],
      [after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA })],
    ],
  },
  'R8: whoever complains before flags that differ take him out has left, also where the provider calls his address dead':
    {
      ...QUIET,
      hasWebhooks: false,
      settings: { polls: { crmSeconds: 60, providerSeconds: 300 } },
      switches: { ...QUIET.switches, mailchimp: { complaint: 'cleaned' } },
      acts: [
        [
          after(1_000, { who: 'agent', does: 'creates', address: ANNA, newsletter: '0' }),
          after(500, { who: 'subscriber', at: 'mailchimp', does: 'complains', address: ANNA }),
        ],
      ],
    },
  'R8: whoever complains has left, also where the provider calls his address dead and flags differ already': {
    ...QUIET,
    hasWebhooks: false,
    settings: { polls: { crmSeconds: 60, providerSeconds: 60 } },
    switches: { ...QUIET.switches, mailchimp: { complaint: 'cleaned' } },
    acts: [
      [
        after(1_000, { who: 'agent', does: 'creates', address: ANNA, newsletter: '0' }),
        after(500, { who: 'subscriber', at: 'mailchimp', does: 'complains', address: ANNA }),
      ],
    ],
  },
  'R8: whoever comes back after flags took him out, and then leaves, has left': {
    ...QUIET,
    hasWebhooks: false,
    acts: [
      [after(1_000, { who: 'agent', does: 'creates', address: ANNA, newsletter: '0' })],
      [after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: ANNA })],
      [after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA })],
    ],
  },
  'R1, R15: whoever had left before there was a contact stays out everywhere after the audience was archived': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    members: [{ provider: 'mailchimp', email: BERTA, standing: 'unsubscribed' }],
    acts: [
      [
        after(1_000, { who: 'admin', at: 'mailchimp', does: 'removes-all' }),
        after(4 * MINUTE_MS, { who: 'agent', does: 'changes-address', contact: 0, to: BERTA }),
      ],
    ],
  },
  'R1, R8: whom flags took out of Mailchimp, and who comes back and leaves between two polls, has left': {
    ...QUIET,
    providers: ['mailchimp'],
    hasWebhooks: false,
    acts: [
      [after(1_000, { who: 'agent', does: 'creates', address: ANNA, newsletter: '0' })],
      [
        after(6 * MINUTE_MS, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: ANNA }),
        after(10_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
      ],
    ],
  },
  'R1, R8: whom flags took out of Brevo, and who comes back and leaves between two polls, has left': {
    ...QUIET,
    providers: ['brevo'],
    hasWebhooks: false,
    acts: [
      [after(1_000, { who: 'agent', does: 'creates', address: ANNA, newsletter: '0' })],
      [
        after(6 * MINUTE_MS, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA }),
        after(10_000, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA }),
      ],
    ],
  },
  'R7, R8: an opt-out under the address before reaches a contact that has met nothing but flags that differ since': {
    ...QUIET,
    hasWebhooks: false,
    settings: { polls: { crmSeconds: 60, providerSeconds: 300 } },
    contacts: [{ email: ANNA }, { email: ANNA }, { email: BERTA, newsletter: '0' }, ...BYSTANDERS],
    acts: [
      [
        after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA }),
        after(1_000, { who: 'agent', does: 'changes-address', contact: 1, to: BERTA }),
      ],
    ],
  },
  'R1, R5: a leaving that is on record, and answered by a newer opt-in, is not booked again when it is read in the history':
    {
      ...QUIET,
      providers: ['mailchimp', 'brevo'],
      contacts: [{ email: ANNA, newsletter: '4' }, ...BYSTANDERS],
      members: [
        { provider: 'mailchimp', email: ANNA, standing: 'left-and-off' },
        { provider: 'brevo', email: ANNA, standing: 'subscribed' },
      ],
      acts: [[after(1_000, { who: 'admin', at: 'brevo', does: 'subscribes', address: ANNA })]],
    },
  'R1, R15: who signs up at one provider under an address that was given up is not turned to No by the other one, which knew him out':
    {
      ...QUIET,
      providers: ['mailchimp', 'brevo'],
      addresses: [ANNA, BERTA, CARLA],
      acts: [
        [
          after(1_000, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '0' }),
          after(3 * MINUTE_MS, { who: 'agent', does: 'changes-address', contact: 0, to: BERTA }),
          after(3 * MINUTE_MS, { who: 'agent', does: 'changes-address', contact: 0, to: CARLA }),
        ],
        [after(10 * MINUTE_MS, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: BERTA })],
      ],
    },
  'M18, M24: a member whose contact is deleted while it follows him to another address leaves': {
    ...QUIET,
    acts: [
      [
        after(1_000, {
          who: 'subscriber',
          at: 'mailchimp',
          does: 'changes-address',
          address: ANNA,
          to: BERTA,
        }),
        { when: { beforeCall: 'modify address' }, deed: { who: 'agent', does: 'deletes', contact: 0 } },
      ],
    ],
  },
  'R4: whoever is unsubscribed in the moment in which we raise him has left, also where the webhook does not say so': {
    ...QUIET,
    members: [{ provider: 'mailchimp', email: BERTA, standing: 'elsewhere' }],
    switches: { onOffice: {}, mailchimp: { unsubscribeAction: 'missing' }, brevo: { limits: false } },
    acts: [
      [
        after(1_000, { who: 'admin', at: 'mailchimp', does: 'adds-customer', address: BERTA }),
        after(MINUTE_MS, { who: 'agent', does: 'creates', address: BERTA, newsletter: '1' }),
        {
          when: { beforeCall: 'PUT /members/' },
          deed: { who: 'admin', at: 'mailchimp', does: 'unsubscribes', address: BERTA },
        },
      ],
    ],
  },
  "R6: whose field goes from Yes by way of a value of the customer's own to pending leaves": {
    ...QUIET,
    acts: [
      [after(1_000, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '9' })],
      [after(1_000, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '3' })],
    ],
  },
  'R1, R7: a block of which a webhook tells before the first sync is approved counts, also where a change of address has lifted it':
    {
      ...QUIET,
      providers: ['brevo'],
      startsEarly: true,
      members: [{ provider: 'brevo', email: ANNA, standing: 'elsewhere' }],
      acts: [
        [
          after(20_000, { who: 'admin', at: 'brevo', does: 'unsubscribes', address: ANNA }),
          after(MINUTE_MS, { who: 'admin', at: 'brevo', does: 'changes-address', address: ANNA, to: BERTA }),
        ],
      ],
    },
  'R1, R15: who leaves at one provider beside a Newsletter value that nobody writes over leaves at the other one, too':
    {
      ...QUIET,
      providers: ['mailchimp', 'brevo'],
      acts: [
        [after(1_000, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '9' })],
        [after(1_000, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA })],
      ],
    },
  'R1: who had left, came back unnoticed and leaves again has left anew, also where both sides knew him as out': {
    ...QUIET,
    providers: ['brevo'],
    hasWebhooks: false,
    settings: { polls: { crmSeconds: 60, providerSeconds: 60 } },
    acts: [
      [
        after(MINUTE_MS, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA }),
        after(3 * MINUTE_MS, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA }),
      ],
      [
        after(2_000, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '1' }),
        after(4_000, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA }),
        after(4_000, { who: 'chance', does: 'downs-server', ms: 10 * MINUTE_MS }),
      ],
    ],
  },
  'R1, R8: who leaves in the moment in which we take him out over flags that differ has left': {
    ...QUIET,
    hasWebhooks: false,
    contacts: [{ email: ANNA }, { email: ANNA, newsletter: '4' }, ...BYSTANDERS],
    acts: [
      [
        after(MINUTE_MS, { who: 'agent', does: 'sets-newsletter', contact: 1, to: '0' }),
        {
          when: { beforeCall: 'PATCH /members/' },
          deed: { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA },
        },
      ],
    ],
  },
  'R1, R8: who was out over flags that differ, is put back by the administrator and leaves has left': {
    ...QUIET,
    hasWebhooks: false,
    contacts: [{ email: ANNA }, { email: ANNA, newsletter: '4' }, ...BYSTANDERS],
    acts: [
      [
        after(MINUTE_MS, { who: 'agent', does: 'sets-newsletter', contact: 1, to: '0' }),
        after(10 * MINUTE_MS, { who: 'admin', at: 'mailchimp', does: 'subscribes', address: ANNA }),
        {
          when: { beforeCall: 'GET /members/' },
          deed: { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: ANNA },
        },
      ],
    ],
  },
  'R1: who had left, gets a Yes, asks to come back and is unsubscribed once more before the next poll has left anew': {
    ...QUIET,
    members: [{ provider: 'mailchimp', email: ANNA, standing: 'unsubscribed' }],
    switches: { onOffice: {}, mailchimp: { webhookDelayMs: 40 * MINUTE_MS }, brevo: { limits: false } },
    acts: [
      [
        after(1_000, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '1' }),
        after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'asks-to-sign-up', address: ANNA }),
        after(6_000, { who: 'admin', at: 'mailchimp', does: 'unsubscribes', address: ANNA }),
      ],
    ],
  },
  'R1, R15: who comes back at one provider and is unsubscribed at the other, where he never was in, has left since': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    contacts: [{ email: ANNA, newsletter: '3' }, ...BYSTANDERS],
    members: [
      { provider: 'mailchimp', email: ANNA, standing: 'elsewhere' },
      { provider: 'brevo', email: ANNA, standing: 'left-and-off' },
    ],
    settings: { polls: { crmSeconds: 300, providerSeconds: 120 } },
    switches: { onOffice: {}, mailchimp: { webhookDelayMs: 26 * 60 * MINUTE_MS }, brevo: { limits: false } },
    acts: [
      [
        after(1_000, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA }),
        after(2_000, { who: 'admin', at: 'mailchimp', does: 'unsubscribes', address: ANNA }),
      ],
    ],
  },
  'M18: whose contact is archived in the moment in which we add him leaves again': {
    ...QUIET,
    providers: ['brevo'],
    startsEarly: true,
    acts: [
      [
        after(MINUTE_MS, { who: 'operator', at: 'brevo', does: 'approves' }),
        { when: { beforeCall: 'POST /contacts' }, deed: { who: 'agent', does: 'archives', contact: 0 } },
      ],
    ],
  },
  'R7: whose mail came back, who was put in, left and got another address, which lifts the block, has left': {
    ...QUIET,
    providers: ['brevo'],
    hasWebhooks: false,
    members: [{ provider: 'brevo', email: BERTA, standing: 'bounced' }],
    switches: {
      onOffice: {},
      mailchimp: {},
      brevo: { limits: false, addressChange: 'lifts-block', addressChangeWithBlock: 'unblocked' },
    },
    addresses: [ANNA, BERTA, CARLA],
    acts: [
      [
        after(1_000, { who: 'chance', does: 'downs-server', ms: 10 * MINUTE_MS }),
        after(MINUTE_MS, { who: 'admin', at: 'brevo', does: 'subscribes', address: BERTA }),
        after(MINUTE_MS, { who: 'subscriber', at: 'brevo', does: 'leaves', address: BERTA }),
        after(MINUTE_MS, { who: 'admin', at: 'brevo', does: 'changes-address', address: BERTA, to: CARLA }),
      ],
    ],
  },
  'R1, R7: an opt-out stays with the address that it was said at, also where somebody else moves there': {
    ...QUIET,
    members: [{ provider: 'mailchimp', email: BERTA, standing: 'subscribed' }],
    addresses: [ANNA, BERTA, CARLA],
    switches: {
      onOffice: {},
      mailchimp: { changeAddressOfInactive: 'moved', changedAddressEvents: 'upemail-first', webhookDelayMs: 5_000 },
      brevo: { limits: false },
    },
    settings: { unknownMembers: 'leave' },
    acts: [
      [
        after(1_000, { who: 'subscriber', at: 'mailchimp', does: 'leaves', address: BERTA }),
        after(100, { who: 'admin', at: 'mailchimp', does: 'changes-address', address: BERTA, to: CARLA }),
      ],
      [after(MINUTE_MS, { who: 'subscriber', at: 'mailchimp', does: 'changes-address', address: ANNA, to: BERTA })],
    ],
  },
  'R1: a sign-up that we are told of late is older than the No with which a contact was made since': {
    ...QUIET,
    providers: ['brevo'],
    startsEarly: true,
    members: [{ provider: 'brevo', email: BERTA, standing: 'off' }],
    switches: { onOffice: {}, mailchimp: {}, brevo: { limits: false, webhookDelayMs: 40 * MINUTE_MS } },
    acts: [
      [
        after(4 * MINUTE_MS, { who: 'admin', at: 'brevo', does: 'subscribes', address: BERTA }),
        after(2 * MINUTE_MS, { who: 'agent', does: 'creates', address: BERTA, newsletter: '0' }),
      ],
      [after(40 * MINUTE_MS, { who: 'operator', at: 'brevo', does: 'goes-on' })],
    ],
  },
  'R1: a Yes on its way to a contact that gets the address of somebody else is not his raise': {
    ...QUIET,
    providers: ['brevo'],
    contacts: [{ email: ANNA, newsletter: '2' }, ...BYSTANDERS],
    members: [{ provider: 'brevo', email: BERTA, standing: 'left-and-off' }],
    acts: [
      [
        after(10_000, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: ANNA }),
        {
          when: { beforeCall: 'modify address' },
          deed: { who: 'agent', does: 'changes-address', contact: 0, to: BERTA },
        },
      ],
    ],
  },
  'M26: whoever leaves a second time, of which no webhook tells, has not left when he left the first time': {
    ...QUIET,
    providers: ['brevo'],
    acts: [
      [after(1_000, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA })],
      [
        after(1_000, { who: 'admin', at: 'brevo', does: 'has-program-raise', address: ANNA }),
        after(7 * MINUTE_MS, { who: 'agent', does: 'sets-newsletter', contact: 0, to: '1' }),
        after(7 * MINUTE_MS, { who: 'chance', does: 'changes-hook-weather', to: 'unreachable', ms: 30 * MINUTE_MS }),
        after(1_000, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA }),
        after(7 * MINUTE_MS, { who: 'agent', does: 'opens-form', contact: 0 }),
      ],
    ],
  },
  'R8: a No that a sign-up has answered counts no more when the representative gets another address': {
    ...QUIET,
    providers: ['mailchimp', 'brevo'],
    addresses: [ANNA, BERTA, CARLA],
    acts: [
      [
        after(10_000, { who: 'subscriber', at: 'brevo', does: 'leaves', address: ANNA }),
        after(MINUTE_MS, { who: 'agent', does: 'changes-address', contact: 0, to: BERTA }),
        after(2 * MINUTE_MS, { who: 'agent', does: 'creates', address: BERTA, newsletter: '1' }),
      ],
      [
        after(MINUTE_MS, { who: 'subscriber', at: 'mailchimp', does: 'signs-up', address: BERTA }),
        after(MINUTE_MS, { who: 'admin', at: 'brevo', does: 'changes-address', address: BERTA, to: CARLA }),
      ],
    ],
  },
};
