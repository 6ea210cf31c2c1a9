import { z } from 'zod';
import { ACTIVITY_KINDS } from '../../core/activity.ts';
import { CRM_CONSENTS, MEMBER_STATUSES } from '../../core/consent.ts';
import { OPERATION_KINDS } from '../../core/operation.ts';
import { MEMBER_REASONS, REASONS } from '../../core/reason.ts';
import { Count, Instant, Language } from './shared.ts';

const Consent = z.enum(CRM_CONSENTS);
const Status = z.enum(MEMBER_STATUSES);
const ChangeInWords = z.object({ kind: z.enum(OPERATION_KINDS), before: z.string(), after: z.string() });

/** A contact, or a member whose address no contact has as its main one. */
export const FoundPerson = z
  .object({
    contactId: z.string().nullable(),
    email: z.string(),
    name: z.string(),
    consent: Consent.nullable(),
    status: Status,
    reason: z.enum([...REASONS, ...MEMBER_REASONS]).nullable(),
  })
  .meta({ id: 'FoundPerson' });

/** One entry of the consent record, in words (R14). */
export const ConsentChange = z
  .object({
    number: Count,
    effect: z.enum(['opt-out', 'opt-in', 'neutral']),
    /** false: refused by the consent gate, nothing was written */
    isAllowed: z.boolean(),
    happenedAt: Instant.nullable(),
    learnedAt: Instant,
    /** null once it was erased, or where it is about an address alone */
    contactId: z.string().nullable(),
    email: z.string().nullable(),
    hash: z.string(),
    words: z.object({
      effect: z.string(),
      from: z.string(),
      to: z.string(),
      source: z.string(),
      verdict: z.string(),
      wrote: z.string(),
    }),
    evidence: z.array(z.object({ name: z.string(), text: z.string() })),
  })
  .meta({ id: 'ConsentChange' });

const PersonContact = z.object({
  contactId: z.string(),
  email: z.string(),
  name: z.string(),
  salutation: z.string(),
  consent: Consent,
  tags: z.array(z.string()),
  isPrivate: z.boolean(),
  isArchived: z.boolean(),
  isReadable: z.boolean(),
  /** what both sides held when they last agreed */
  base: z.object({ consent: Consent, status: Status, tags: z.array(z.string()) }).nullable(),
  /** an opt-in was entered and the field is about to be set to Yes (R1 c) */
  asksYes: z.boolean(),
});

/** Everything about one person, and what the next run will do and why (U4). */
export const Person = z
  .object({
    /** '' where the contact has no usable address */
    email: z.string(),
    contacts: z.array(PersonContact),
    member: z
      .object({
        status: Status,
        name: z.string(),
        tags: z.array(z.string()),
        changedAt: z.string(),
        /** the member in the provider's own application */
        url: z.string().nullable(),
      })
      .nullable(),
    /** what the provider refused and why; it is not repeated until something changes (R6, F7) */
    refusal: z.object({ reason: z.enum(REASONS), words: z.string(), isPermanent: z.boolean() }).nullable(),
    nextRun: z.object({
      operations: z.array(ChangeInWords.extend({ contactId: z.string().nullable(), why: z.string() })),
      /** what waits for an answer (R12), or was not wanted by who answered */
      held: z.array(ChangeInWords.extend({ state: z.enum(['asked', 'dropped']) })),
      reasons: z.array(z.object({ contactId: z.string(), reason: z.enum(REASONS), words: z.string() })),
      memberReason: z.enum(MEMBER_REASONS).nullable(),
    }),
    /** newest first */
    history: z.array(ConsentChange),
    /** what became of campaigns and of consent in the CRM's activity log, newest first (M25, M26) */
    mails: z.array(
      z.object({
        kind: z.enum(ACTIVITY_KINDS),
        campaignId: z.string(),
        campaignName: z.string(),
        sentAt: Instant.nullable(),
        happenedAt: Instant,
        /** the link of a click */
        detail: z.string(),
        state: z.enum(['noted', 'sent', 'written', 'left-out', 'refused']),
        reason: z.string(),
      }),
    ),
    /** operations of earlier runs, newest first */
    past: z.array(
      ChangeInWords.extend({
        state: z.enum(['planned', 'sent', 'queued', 'done', 'refused', 'held', 'dropped']),
        words: z.string(),
        at: Instant,
      }),
    ),
  })
  .meta({ id: 'Person' });

/** What can be shown about one contact's consent (R14). As a page to print: `…/proof.html`. */
export const Proof = z
  .object({
    issuedAt: Instant,
    contact: z.object({ contactId: z.string(), name: z.string(), email: z.string() }),
    /** oldest first */
    changes: z.array(ConsentChange.extend({ previousHash: z.string() })),
    /** the whole record of the tenant, checked when the sheet was issued */
    check: z.object({
      count: Count,
      head: z.string(),
      brokenAt: Count.nullable(),
      how: z.enum(['altered', 'missing', 'cut', 'replaced']).nullable(),
    }),
  })
  .meta({ id: 'Proof' });

const ConnectionParams = z.object({ connectionId: z.string().min(1).max(64) });
export const ContactParams = ConnectionParams.extend({ contactId: z.string().min(1).max(64) });
export const InWords = z.object({ language: Language.optional() });

/** Finding people, explaining one, and entering an opt-in by hand (U4, R1 c). */
export const peopleRoutes = {
  'GET /api/connections/:connectionId/people': {
    access: 'reader',
    params: ConnectionParams,
    query: z.object({
      /** part of a name, beginning of an address, or a record number; all people by default */
      search: z.string().max(200).optional(),
      /** `next` of the page before */
      after: z.string().max(1000).optional(),
    }),
    response: z.object({ people: z.array(FoundPerson), next: z.string().nullable() }),
  },
  /** `person`: an e-mail address, or the record number of a contact. */
  'GET /api/connections/:connectionId/people/:person': {
    access: 'reader',
    params: ConnectionParams.extend({ person: z.string().min(1).max(300) }),
    query: InWords,
    response: Person,
  },
  /** The contact in the CRM's own application; asks the CRM. Null where it tells none. */
  'GET /api/connections/:connectionId/contacts/:contactId/crm-url': {
    access: 'reader',
    params: ContactParams,
    response: z.object({ url: z.url().nullable() }),
  },
  'GET /api/connections/:connectionId/contacts/:contactId/proof': {
    access: 'reader',
    params: ContactParams,
    query: InWords,
    response: Proof,
  },
  'POST /api/connections/:connectionId/contacts/:contactId/opt-in': {
    access: 'editor',
    params: ContactParams,
    query: InWords,
    body: z.object({
      /** who gave the consent */
      person: z.string().max(200),
      givenAt: Instant,
      /** how it was given */
      evidence: z.string().max(2000),
      /** set the Newsletter field in the CRM to Yes */
      setsField: z.boolean(),
    }),
    response: Person,
  },
} as const;
