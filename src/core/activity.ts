/** What can become of a mail (M26). */
export const MAIL_ACTIVITY_KINDS = [
  'delivered',
  'opened',
  'clicked',
  'hard-bounce',
  'soft-bounce',
  'complaint',
] as const;
export type MailActivityKind = (typeof MAIL_ACTIVITY_KINDS)[number];

/** Happenings that can become activities in the CRM (M4). */
export const ACTIVITY_KINDS = ['subscribed', 'unsubscribed', ...MAIL_ACTIVITY_KINDS] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** One thing that became of one mail. Instants are ISO 8601 in UTC. */
export type MailHappening = {
  kind: MailActivityKind;
  campaignId: string;
  /** address the mail was sent to, as the provider writes it */
  email: string;
  /** undefined: the provider does not tell when */
  at: string | undefined;
  /** what was clicked; '' for all else */
  link: string;
};

/** A kind of the CRM's activities and, in it, a type, by the CRM's keys; '' for none. */
export type CrmActivityType = { kind: string; type: string };

/** What a customer's CRM can call an activity; labels are in his language. */
export type ActivityCatalog = {
  kinds: readonly {
    key: string;
    label: string;
    types: readonly { key: string; label: string }[];
  }[];
  /** what the adapter proposes for each of our kinds; `isFitting` false: the CRM has nothing made for it */
  defaults: Readonly<Record<ActivityKind, CrmActivityType & { isFitting: boolean }>>;
};

/** What the user chose for our kinds; absent: the default. */
export type ActivityTypeChoice = Partial<Record<ActivityKind, CrmActivityType>>;

/**
 * What an activity is called in the CRM: what the user chose, as long as the customer has it, else the default. An unknown
 * kind or type would be refused.
 */
export function crmTypeOf(
  kind: ActivityKind,
  catalog: ActivityCatalog,
  choice: ActivityTypeChoice,
): CrmActivityType & { isFitting: boolean } {
  const chosen = choice[kind];
  return chosen && isInCatalog(chosen, catalog) ? { ...chosen, isFitting: true } : catalog.defaults[kind];
}

/** Whether the customer has this kind and, in it, this type; a kind alone may be had without a type. */
export function isInCatalog({ kind, type }: CrmActivityType, { kinds }: ActivityCatalog): boolean {
  const found = kinds.find(({ key }) => key === kind);
  return found !== undefined && (type === '' || found.types.some(({ key }) => key === type));
}
