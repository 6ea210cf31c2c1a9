import type { ActivityKind, MailHappening } from './activity.ts';
import type { CampaignFigures } from './campaign.ts';
import type { MemberStatus } from './consent.ts';
import type { PersonField, PersonFields } from './contact.ts';
import type { EmailAddress } from './email-address.ts';
import type { LeaveHistory, Member } from './member.ts';
import type { ProviderEvent, WebhookBody } from './provider-event.ts';
import type { ProviderTag } from './tag.ts';
import type { WebhookFinding } from './webhook-finding.ts';

export type ProviderName = 'mailchimp' | 'brevo';

/** What a provider can do and how much of it one call takes; every number has its source in the adapter. */
export type ProviderCapabilities = {
  tags: boolean;
  /** bulk adds are queued by the provider and end later */
  asyncImport: boolean;
  maxAddsPerCall: number;
  maxTagChangesPerCall: number;
  membersPerPage: number;
  /** rows that one call delivers where the audience alone is listed */
  audienceRowsPerCall: number;
  /** a listing can be narrowed to one status; otherwise every listing reads everybody */
  filtersByStatus: boolean;
  /** another address for a member lifts an opt-out of his (R7) */
  addressChangeLiftsOptOut: boolean;
  /** the provider cuts texts after so many bytes of UTF-8 and tag names after so many characters */
  maxFieldBytes: number;
  maxTagLength: number;
  /** webhooks belong to the whole account, so that those of other connections may stand beside ours */
  sharesWebhooks: boolean;
  /** of these, in letters of any case, every webhook has one that may tell of an opt-out; others may have one, too */
  optOutWords: readonly string[];
  /** calls that we keep in flight at most */
  maxConcurrentCalls: number;
};

/** What a check of the provider's key found (M1, U1). */
export type ProviderAccount = {
  accountId: string;
  name: string;
  /** the provider's word for the plan */
  plan: string;
  /** paid plans charge for additional contacts instead of refusing them (U3) */
  isPaidPlan: boolean;
  audiences: readonly Audience[];
  /** whether another audience may be created; undefined: no limit known */
  mayCreateAudience: boolean;
};

export type Audience = { id: string; name: string; memberCount: number };

/** One field of the provider that a person field may be mapped to. */
export type ProviderField = { key: string; label: string };

/** Which provider field carries which person field; absent: not carried. */
export type FieldMapping = Partial<Record<PersonField, string>>;

/** How an audience's fields fit ours (M5). `mapping` holds what was recognised, `missing` what has to be created. */
export type FieldRecognition = {
  fields: readonly ProviderField[];
  mapping: FieldMapping;
  missing: readonly PersonField[];
};

/** Which group of members a listing reads; the provider's own listings differ (R4). */
export type MemberScope = 'present' | 'archived';

/** One page of a listing. */
export type MemberPage = {
  members: readonly Member[];
  /** the provider's rows: page on by `membersPerPage`, a page may hold fewer members than rows */
  total: number;
  /** newest stamp of all rows, members or not, in the form of `Member.changedAt`; missing where members alone tell it */
  newestChange?: string;
  /**
   * Addresses of rows that belong to nobody in the audience, only with `changedSince`: whoever was taken out of it shows in
   * no other way. Missing where the provider lists its own audience alone and says so itself (Mailchimp).
   */
  absent?: readonly EmailAddress[];
  /** it shows the audience alone: whether somebody outside of it has left has to be asked for singly (R4) */
  isAudienceOnly?: boolean;
};

/** What became of a raise or a new member. `status`: what the provider says now, compared with what was asked (R3). */
export type AddResult =
  | { outcome: 'done'; member: Member }
  /** the provider took it into its own queue; what became of it is read when the process has ended (M11) */
  | { outcome: 'queued'; processId: string }
  /** the address became a member since it was read: to be planned anew (R3) */
  | { outcome: 'already-member' }
  | { outcome: 'refused'; reason: RefusalReason; words: string; isPermanent: boolean };

/** Why the provider refuses an address, in the words of section 7. */
export type RefusalReason =
  | 'compliance'
  | 'permanently_deleted'
  | 'invalid_email'
  | 'plan_limit'
  | 'rejected_by_provider'
  /** an archived member whose history cannot be read (R5) */
  | 'removed_at_provider';

/** What became of one change to an existing member. */
export type ChangeResult =
  | { outcome: 'done'; member: Member | undefined }
  | { outcome: 'gone' }
  | { outcome: 'refused'; reason: RefusalReason; words: string; isPermanent: boolean };

/** What became of a member's move to another address (R7). */
export type MoveResult =
  | { outcome: 'done'; member: Member }
  /** he left while he was moved: he is unsubscribed at the new address, which is to be booked */
  | { outcome: 'left'; member: Member }
  /** nobody is subscribed under the old address any more; nothing was moved */
  | { outcome: 'gone' }
  /** the provider holds the new address already; nothing was moved */
  | { outcome: 'already-member' }
  | { outcome: 'refused'; reason: RefusalReason; words: string; isPermanent: boolean };

export type TagChangeResult = { refused: readonly { email: EmailAddress; words: string }[] };

/** How far a provider's own process is, e.g. a bulk import. `invalid`: addresses that it refused, with its words. */
export type ProcessState =
  | { state: 'waiting' | 'running' }
  | { state: 'ended'; invalid: readonly { email: EmailAddress; words: string }[] };

/** State of our webhook at the provider (M3). */
export type WebhookState =
  | { state: 'ok'; id: string }
  | { state: 'created'; id: string; signingSecret: string }
  | { state: 'repaired'; id: string }
  | { state: 'unreachable'; words: string };

/** A page of sent campaigns, the oldest first. Instants are ISO 8601 in UTC. */
export type CampaignPage = {
  campaigns: readonly {
    id: string;
    name: string;
    sentAt: string;
    /** it went to our audience */
    isOurs: boolean;
    /** where the listing tells them */
    figures: CampaignFigures | undefined;
  }[];
  nextOffset: number | undefined;
};

/** Which page of a campaign's report: who got it, or what they did, by setting since an instant (inclusive). */
export type CampaignReportQuery = {
  campaignId: string;
  part: 'recipients' | 'actions';
  offset: number;
  since?: string;
};
export type CampaignReportPage = { happenings: readonly MailHappening[]; nextOffset: number | undefined };

/** What is wrong with our webhook, and the URLs of hooks that are not ours. */
export type WebhookInspection = { findings: readonly WebhookFinding[]; otherUrls: readonly string[] };

/**
 * The newsletter tool as the rules see it: everything but consent. All functions throw `ProviderError` when the whole call
 * fails. Instants are ISO 8601 in UTC.
 */
export type MailingProvider = {
  readonly name: ProviderName;
  readonly capabilities: ProviderCapabilities;
  /** Checks the key and reads what set-up needs (M1); nothing is created. */
  checkAccount(): Promise<ProviderAccount>;
  /** Creates the audience (M2). Throws `ProviderError` code `<provider>.no_room_for_audience` where the plan has no room. */
  createAudience(name: string): Promise<Audience>;
  /** Recognises the audience's fields in any account language (M5). */
  recogniseFields(audienceId: string): Promise<FieldRecognition>;
  /** Creates the provider's fields for these person fields and returns the whole mapping. */
  createFields(audienceId: string, fields: readonly PersonField[]): Promise<FieldMapping>;
  /**
   * Makes sure that exactly one webhook of ours exists and listens to what it must (M3). Never creates a second one.
   *
   * @param ownPrefix what the URLs of our hooks have in common, see `isOwnHook`
   * @param activities which happenings are wanted, besides what the rules need; none by default
   */
  ensureWebhook(
    audienceId: string,
    url: string,
    ownPrefix: string,
    activities?: readonly ActivityKind[],
  ): Promise<WebhookState>;
  /**
   * Gives our webhook another address and leaves all else about it as it is (F9).
   *
   * @returns false when there is none of ours
   */
  moveWebhook(audienceId: string, url: string, ownPrefix: string): Promise<boolean>;
  /** Takes all webhooks of ours off the audience; those of others stay. An audience that is gone has none. */
  removeWebhook(audienceId: string, ownPrefix: string): Promise<void>;
  /** Looks whether our webhook is as it has to be (F3), by one call; nothing is changed. */
  inspectWebhook(
    audienceId: string,
    url: string,
    ownPrefix: string,
    activities?: readonly ActivityKind[],
  ): Promise<WebhookInspection>;
  /** URLs of all hooks of the audience; another installation shows by them (F9). */
  listWebhookUrls(audienceId: string): Promise<readonly string[]>;
  /**
   * Reads what a stored webhook tells about the audience, without a call. A body may tell several happenings.
   *
   * @returns undefined for a body that is none of this provider's
   */
  parseEvents(audienceId: string, webhook: WebhookBody): readonly ProviderEvent[] | undefined;
  /** Reads one page of members with fields and tags (R4). */
  readMembers(query: {
    audienceId: string;
    scope: MemberScope;
    offset: number;
    mapping: FieldMapping;
    /** inclusive, the provider's clock */
    changedSince?: string;
    statuses?: readonly MemberStatus[];
    /** list the audience alone also where the provider knows of more, for whom only the audience matters */
    within?: 'audience';
  }): Promise<MemberPage>;
  /** Reads one member with all tags; undefined when the provider does not know the address. */
  readMember(audienceId: string, email: EmailAddress, mapping: FieldMapping): Promise<Member | undefined>;
  /** The address under which the provider holds a record now, be it a member or not; undefined when it holds none. */
  addressOf(audienceId: string, stableId: string): Promise<EmailAddress | undefined>;
  /** Reads whether an archived member had left by himself (R5). */
  readLeaveHistory(audienceId: string, email: EmailAddress): Promise<LeaveHistory>;
  /**
   * Reads whether a cleaned member has complained of spam, which is an opt-out, and when (section 4); undefined where he has not,
   * where nobody can tell, or where the status would have said so.
   */
  readComplaint(audienceId: string, email: EmailAddress): Promise<{ at: string } | undefined>;
  /** Writes fields of an existing member; no status rides along (R3). */
  updateMember(
    audienceId: string,
    email: EmailAddress,
    fields: Partial<PersonFields>,
    mapping: FieldMapping,
  ): Promise<ChangeResult>;
  /** Tags of the audience. */
  listTags(audienceId: string): Promise<readonly ProviderTag[]>;
  /** Sets and takes away one tag (≤ `maxTagChangesPerCall` addresses each); creates the tag where it is missing. */
  changeTag(
    audienceId: string,
    tag: { id: string | undefined; name: string },
    change: { add: readonly EmailAddress[]; remove: readonly EmailAddress[] },
  ): Promise<TagChangeResult & { id: string }>;
  /**
   * Gives a tag another name; its id and its members stay (R11). Repeatable.
   *
   * @throws ProviderError kind `rejected` where the provider refuses the name, `not_found` where the tag is gone
   */
  renameTag(audienceId: string, id: string, name: string): Promise<void>;
  /** Deletes a tag as a whole, because a person said so (R11); one that is gone is no error. */
  deleteTag(audienceId: string, id: string): Promise<void>;
  /** Lists campaigns that were sent, of the audience or of the whole account (M26). `sentSince`: ISO 8601, inclusive. */
  listCampaigns(query: { audienceId: string; sentSince: string; offset: number }): Promise<CampaignPage>;
  /** Reads a campaign's figures; only where the listing does not tell them. */
  readCampaignFigures?(campaignId: string): Promise<CampaignFigures>;
  /**
   * Reads a page of a campaign's report; only where the provider tells by reports what became of mails.
   *
   * @throws ProviderError kind `not_found` where the campaign is gone
   */
  readCampaignReport?(query: CampaignReportQuery): Promise<CampaignReportPage>;
  /** Reads what became of the mails to an address; only where events tell it, for those that were lost (F2). */
  readMailHistory?(email: EmailAddress, since: string): Promise<readonly MailHappening[]>;
  /** Asks how far a queued process is; only where `capabilities.asyncImport`. */
  readProcess?(processId: string): Promise<ProcessState>;
  /** The page of the member in the provider's own application; undefined where there is none. */
  memberUrl(member: Member): string | undefined;
};

/** A member to be added: create-only, an existing one is refused (R3). */
export type NewMember = { email: EmailAddress; fields: PersonFields; tags: readonly string[] };

/** A member to be raised, with what is on record about how he left (R1). */
export type RaisedMember = NewMember & {
  /** an opt-in of R1 (a) or (c) is newer than every opt-out: even a block that the person set himself may be lifted */
  mayLiftOwnBlock: boolean;
  /** we unsubscribed him, and since he was last raised nobody else is known to have done so */
  isBlockOurs: boolean;
};

/** The provider's writes of consent; only the consent gate is handed them (R2). */
export type ProviderConsentWrites = {
  /** Adds up to `maxAddsPerCall` members as subscribed, create-only; one result per row, in order. */
  addMembers(audienceId: string, rows: readonly NewMember[], mapping: FieldMapping): Promise<readonly AddResult[]>;
  /** Raises one archived, known or formerly unsubscribed member to subscribed; the status in the answer is compared. */
  raiseMember(audienceId: string, row: RaisedMember, mapping: FieldMapping): Promise<AddResult>;
  /**
   * Gives a subscribed member another address, status, fields and tags going along (R7). Looks right before whether he is
   * subscribed, and afterwards whether he still is: a change of address must not lift an opt-out.
   */
  moveMember(audienceId: string, from: EmailAddress, to: EmailAddress, mapping: FieldMapping): Promise<MoveResult>;
  /** Makes an address unsubscribed that the provider did not have when it was read; its record is made if need be (R4, R7). */
  addUnsubscribed(audienceId: string, email: EmailAddress, mapping: FieldMapping): Promise<ChangeResult>;
  /** Lowers one member to unsubscribed. */
  unsubscribeMember(audienceId: string, email: EmailAddress, mapping: FieldMapping): Promise<ChangeResult>;
  /** Takes one subscribed member out of the audience in the form that can be undone (M18). */
  removeMember(audienceId: string, email: EmailAddress): Promise<ChangeResult>;
  /**
   * Deletes the provider's record of an address for good, only because the person asked for it (R14, M18); repeatable.
   *
   * @returns false when there was none
   */
  deleteMember(audienceId: string, email: EmailAddress): Promise<boolean>;
};
