import type { ActivityKind, ActivityTypeChoice } from './activity.ts';
import type { CrmConsent } from './consent.ts';
import type { PersonField } from './contact.ts';
import type { FieldMapping, ProviderName } from './mailing-provider.ts';
import type { GoingBackCause, TwinCause } from './standing.ts';
import type { CrmTag } from './tag.ts';
import type { WebhookRepair } from './webhook-finding.ts';

/** Where the members go: the audience named exactly `onoffice` (found or made), or an existing one (M2). */
export type AudienceChoice = { choice: 'onoffice' } | { choice: 'existing'; id: string };

/** What the user set (U7). A person field that is null is not carried; one that is absent is recognised or created. */
export type ConnectionSettings = {
  audience: AudienceChoice;
  mapping: Partial<Record<PersonField, string | null>>;
  activities: readonly ActivityKind[];
  /** since when each kind is ticked, ISO 8601: what happened before becomes no activity; absent: since it was connected */
  activitiesSince?: Partial<Record<ActivityKind, string>>;
  /** what the kinds are called in the CRM, where the user chose it */
  activityTypes?: ActivityTypeChoice;
  /** whether mails to other lists of the account become activities too (M26, Brevo); absent: they do */
  otherLists?: boolean;
  /** value that an opt-out writes into the CRM (R10) */
  optOutValue: 'cancellation' | 'no';
  /** whether members that the CRM does not know become contacts there, or are left alone and counted (R9) */
  unknownMembers: 'create' | 'leave';
  /** what a check of the webhook puts right by itself (F3); absent: what opt-outs depend on */
  webhookRepair?: WebhookRepair;
  /** how often both sides are asked for changes; absent: as the rules say (F2, F4) */
  polls?: { crmSeconds: number; providerSeconds: number };
  /** what stops a plan and asks; absent: the larger of 20 and 5 % (R12) */
  brake?: { minimum: number; percent: number };
  /** Brevo: an opt-out blocks the contact in the whole account, or only takes it off the list; absent: block (section 4) */
  unsubscribeBy?: 'block' | 'list';
};

/** What was last learned about the customer's CRM and what the rules need of it. */
export type CrmFacts = {
  writableConsents: readonly CrmConsent[];
  permitsCancellation: boolean;
  has: { tags: boolean; letterSalutation: boolean; privateFlag: boolean; archiveFlag: boolean };
  /** newsletter tags that may be set */
  tags: readonly CrmTag[];
};

/**
 * `draft`: keys are saved; `ready`: audience, fields and webhook are made; `active`: the first full sync was started;
 * `attention`: stopped until somebody acts; `leaving`: whom we put into the audience is being taken out of it;
 * `disconnected`: keys and webhook are gone, what was learned stays (U7).
 */
export const CONNECTION_STATES = ['draft', 'ready', 'active', 'attention', 'leaving', 'disconnected'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** Whether a connection ends or has ended: nothing is planned and nothing is asked any more. */
export function isEnding({ state }: { state: ConnectionState }): boolean {
  return state === 'leaving' || state === 'disconnected';
}

/** A tenant joined to one account of one provider. */
export type Connection = {
  id: string;
  tenantId: string;
  provider: ProviderName;
  state: ConnectionState;
  stateBeforeAttention: Exclude<ConnectionState, 'attention' | 'disconnected'> | null;
  /** the data went back in time; `isCaughtUp`: a full sync has read everything, asked and ended since (F9) */
  wentBack: { at: string; cause: GoingBackCause; isCaughtUp: boolean } | null;
  /** why somebody else may be working on the audience: nothing is written until a person has taken it over (F9) */
  twin: { cause: TwinCause; at: string } | null;
  accountId: string;
  accountName: string;
  accountPlan: string;
  isPaidPlan: boolean;
  audienceId: string | null;
  audienceName: string;
  settings: ConnectionSettings;
  mapping: FieldMapping;
  crmFacts: CrmFacts;
  /** a person paused the background work at this instant; opt-outs go on (R12) */
  pausedAt: string | null;
  createdAt: string;
};

/** A connection as it is made. */
export type ConnectionToAdd = Omit<Connection, 'createdAt' | 'stateBeforeAttention' | 'pausedAt' | 'wentBack' | 'twin'>;
