import { z } from 'zod';
import { ACTIVITY_KINDS } from '../../core/activity.ts';
import { CONNECTION_STATES } from '../../core/connection.ts';
import { JOURNAL_KINDS } from '../../core/journal-kind.ts';
import { MEMBER_REASONS, REASONS } from '../../core/reason.ts';
import { GOING_BACK_CAUSES, TWIN_CAUSES } from '../../core/standing.ts';
import { DEFAULT_POLLS } from '../../core/work-settings.ts';
import { Background, OptOuts } from './background.ts';
import { Run } from './runs.ts';
import { Count, Instant, Notice, PersonFieldKey, ProviderKey } from './shared.ts';

const CrmCredentials = z.object({
  token: z.string().trim().min(1).max(200),
  secret: z.string().trim().min(1).max(200),
});
const ApiKey = z.string().trim().min(1).max(300);

/** Where the members go: the audience named exactly `onoffice` (found or made), or an existing one (M2). */
export const AudienceChoice = z.discriminatedUnion('choice', [
  z.object({ choice: z.literal('onoffice') }),
  z.object({ choice: z.literal('existing'), id: z.string().min(1).max(100) }),
]);

export const CrmCheck = z
  .object({
    contactCount: Count,
    mayWrite: z.boolean().nullable(),
    has: z.object({
      tags: z.boolean(),
      letterSalutation: z.boolean(),
      privateFlag: z.boolean(),
      archiveFlag: z.boolean(),
    }),
    /** whether the customer's Newsletter list permits the value */
    permits: z.object({ cancellation: z.boolean(), notSpecified: z.boolean(), undeliverable: z.boolean() }),
  })
  .meta({ id: 'CrmCheck' });

export const ProviderCheck = z
  .object({
    accountName: z.string(),
    plan: z.string(),
    isPaidPlan: z.boolean(),
    audiences: z.array(z.object({ id: z.string(), name: z.string(), memberCount: Count })),
    /** what becomes of the audience `onoffice` */
    onofficeAudience: z.enum(['found', 'will-be-created', 'no-room']),
  })
  .meta({ id: 'ProviderCheck' });

export const ConnectionSummary = z
  .object({
    id: z.string(),
    provider: ProviderKey,
    accountName: z.string(),
    audienceName: z.string(),
    /**
     * `draft`: step 1 is saved; `ready`: step 2 is saved, no sync yet; `active`: the first full sync has been started;
     * `leaving`: members are being taken out of the audience; `disconnected`: it has ended and may be made again
     */
    state: z.enum(CONNECTION_STATES),
    /** the background work is paused since; opt-outs go on */
    pausedAt: Instant.nullable(),
    /** the data went back in time; until it has caught up, nothing is written before a full sync has asked (F9) */
    wentBack: z.object({ at: Instant, cause: z.enum(GOING_BACK_CAUSES), isCaughtUp: z.boolean() }).nullable(),
    /** why somebody else may be working on the audience: nothing is written until it was taken over (F9) */
    twin: z.object({ at: Instant, cause: z.enum(TWIN_CAUSES) }).nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'Connection' });

export const FieldSettings = z
  .object({
    /** the provider's fields; empty while the audience does not exist yet */
    providerFields: z.array(z.object({ key: z.string(), label: z.string() })),
    /** person field → provider field; null: not carried; absent: will be created */
    mapping: z.partialRecord(PersonFieldKey, z.string().nullable()),
    willBeCreated: z.array(PersonFieldKey),
    /** person fields that this CRM has not got */
    missingInCrm: z.array(PersonFieldKey),
    samples: z.array(z.object({ field: PersonFieldKey, value: z.string() })),
  })
  .meta({ id: 'FieldSettings' });

const ActivityKey = z.enum(ACTIVITY_KINDS);

export const Settings = z
  .object({
    audience: AudienceChoice,
    /** person field → provider field; null: do not carry; absent: create or use the recognised one */
    mapping: z.partialRecord(PersonFieldKey, z.string().max(100).nullable()),
    /** which happenings become activities; subscribed and unsubscribed are always in (M4) */
    activities: z.array(ActivityKey),
    /** what they are called in the CRM, by its keys; absent: the best that the customer has (M26) */
    activityTypes: z
      .partialRecord(ActivityKey, z.object({ kind: z.string().max(200), type: z.string().max(200) }))
      .default({}),
    /** Brevo: whether mails to other lists of the account become activities too (M26) */
    otherLists: z.boolean().default(true),
    /** value that an opt-out writes (R10) */
    optOutValue: z.enum(['cancellation', 'no']),
    /** whether members that the CRM does not know become contacts there (R9) */
    unknownMembers: z.enum(['create', 'leave']).default('create'),
    /** what a check of the webhook puts right without being asked (F3) */
    webhookRepair: z.enum(['opt-outs', 'everything']).default('opt-outs'),
    /** how often both sides are asked for changes (F2, F4); ranges: `settings.out_of_range` */
    polls: z.object({ crmSeconds: z.number(), providerSeconds: z.number() }).default({ ...DEFAULT_POLLS }),
    /** how much stops a plan and asks: more than the larger of a number and a part of the managed members (R12) */
    brake: z.object({ minimum: z.number(), percent: z.number() }).default({ minimum: 20, percent: 5 }),
    /** Brevo: an opt-out blocks the contact in the whole account, or only takes it off the list */
    unsubscribeBy: z.enum(['block', 'list']).default('block'),
  })
  .meta({ id: 'Settings' });

const HealthOf = z.object({
  state: z.enum(['ok', 'waiting', 'failing', 'unknown']),
  notice: Notice.nullable(),
  /** everything that is wrong, gravest first */
  findings: z.array(Notice),
  checkedAt: Instant.nullable(),
  statusPage: z.string().nullable(),
});

/** Both numbers and everything between them; `addsUp` is checked, not assumed (section 7). */
export const Bridge = z
  .object({
    contactsWithYes: Count,
    reasons: z.array(z.object({ reason: z.enum(REASONS), count: Count })),
    explainedMembers: Count,
    memberReasons: z.array(z.object({ reason: z.enum(MEMBER_REASONS), count: Count })),
    activeMembers: Count,
    addsUp: z.boolean(),
    asOf: Instant,
  })
  .meta({ id: 'Bridge' });

export const Overview = z
  .object({
    connection: ConnectionSummary,
    health: z.object({ crm: HealthOf, provider: HealthOf, webhook: HealthOf }),
    bridge: Bridge.nullable(),
    runningRun: Run.nullable(),
    lastRun: Run.nullable(),
    /** how far taking people out of the audience has come; null: it is not being left */
    leaving: z.object({ done: Count, total: Count, waitingFor: Notice.nullable() }).nullable(),
    alarms: z.array(Notice.extend({ at: Instant })),
    background: Background,
    optOuts: OptOuts,
  })
  .meta({ id: 'Overview' });

export const JournalEntry = Notice.extend({
  id: z.string(),
  at: Instant,
  isAlarm: z.boolean(),
  /** who asked for it; name null: his account is gone, or he came from the command line; null: the connector itself */
  by: z.object({ name: z.string().nullable(), isCommandLine: z.boolean() }).nullable(),
}).meta({
  id: 'JournalEntry',
});

const ConnectionParams = z.object({ connectionId: z.string().min(1).max(64) });

/** Set-up (U1), overview (U2) and settings of connections. */
export const connectionRoutes = {
  /** Without a body's keys: those of the activation, for whoever comes through the CRM (M27). */
  'POST /api/checks/crm': { access: 'administrator', body: CrmCredentials.partial(), response: CrmCheck },
  'POST /api/checks/provider': {
    access: 'administrator',
    body: z.object({ provider: ProviderKey, apiKey: ApiKey }),
    response: ProviderCheck,
  },
  'GET /api/connections': { access: 'reader', response: z.object({ connections: z.array(ConnectionSummary) }) },
  'POST /api/connections': {
    access: 'administrator',
    /** `crm`: needed, but for whoever comes through the CRM: there it is the activation's (M27) */
    body: z.object({
      crm: CrmCredentials.optional(),
      provider: ProviderKey,
      apiKey: ApiKey,
      audience: AudienceChoice,
    }),
    response: ConnectionSummary,
  },
  /** What disconnecting would be about: everybody in the audience, and whom the connector put there. */
  'GET /api/connections/:connectionId/audience-end': {
    access: 'administrator',
    params: ConnectionParams,
    response: z.object({ activeMembers: Count, putByUs: Count }),
  },
  /**
   * Ends the connection (U7). `take-out`: whom the connector put into the audience leaves it, opt-outs stay as they are; that
   * goes on in the background. A connection that never synchronised leaves nothing behind.
   */
  'POST /api/connections/:connectionId/disconnect': {
    access: 'administrator',
    params: ConnectionParams,
    body: z.object({ audience: z.enum(['keep', 'take-out']) }),
    response: z.object({ state: z.enum(['removed', 'disconnected', 'leaving']) }),
  },
  'PUT /api/connections/:connectionId/keys': {
    access: 'administrator',
    params: ConnectionParams,
    /** `provider`: whose key it is; another one than the connection's is refused */
    body: z.object({
      crm: CrmCredentials.optional(),
      provider: ProviderKey.optional(),
      apiKey: ApiKey.optional(),
    }),
    response: ConnectionSummary,
  },
  /** The cause is put right: both sides are checked, and the connection goes on where it was. */
  'POST /api/connections/:connectionId/resume': {
    access: 'editor',
    params: ConnectionParams,
    response: ConnectionSummary,
  },
  /** The background work waits, but for opt-outs (U7). */
  'POST /api/connections/:connectionId/pause': {
    access: 'editor',
    params: ConnectionParams,
    response: ConnectionSummary,
  },
  'POST /api/connections/:connectionId/unpause': {
    access: 'editor',
    params: ConnectionParams,
    response: ConnectionSummary,
  },
  /** This installation is the one that goes on with the audience (F9); where its data may be old, it reads first and asks. */
  'POST /api/connections/:connectionId/take-over': {
    access: 'administrator',
    params: ConnectionParams,
    response: ConnectionSummary,
  },
  'GET /api/connections/:connectionId/fields': { access: 'reader', params: ConnectionParams, response: FieldSettings },
  'GET /api/connections/:connectionId/settings': { access: 'reader', params: ConnectionParams, response: Settings },
  /** Saves step 2: audience, fields and webhook are made now. */
  'PUT /api/connections/:connectionId/settings': {
    access: 'administrator',
    params: ConnectionParams,
    /** `takesOver`: also where another installation, or onOffice's own connector, has a hook at the audience */
    body: Settings.extend({ takesOver: z.boolean().optional() }),
    response: z.object({ connection: ConnectionSummary, webhook: HealthOf }),
  },
  /** Checks the webhook at the provider (F3); `repair` puts right what the settings leave to a person. */
  'POST /api/connections/:connectionId/webhook-check': {
    access: 'editor',
    params: ConnectionParams,
    body: z.object({ repair: z.boolean().default(false) }),
    response: z.object({
      /** what was found, gravest first, repaired or not */
      findings: z.array(Notice),
      isRepaired: z.boolean(),
      webhook: HealthOf,
    }),
  },
  'GET /api/connections/:connectionId/overview': { access: 'reader', params: ConnectionParams, response: Overview },
  'GET /api/connections/:connectionId/journal': {
    access: 'reader',
    params: ConnectionParams,
    query: z.object({ before: z.string().max(40).optional(), kind: z.enum(JOURNAL_KINDS).optional() }),
    response: z.object({ entries: z.array(JournalEntry) }),
  },
} as const;
