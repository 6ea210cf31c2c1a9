/**
 * What Brevo's API v3 takes and how we stay below it. "documented": Brevo's developer documentation; "specification": its
 * OpenAPI description; "ours": our choice.
 */
export const BREVO_LIMITS = {
  /** rows in one import, so that one of four filled fields, about 200 bytes a row, fits one body (ours) */
  addsPerCall: 40_000,
  /** bytes of a JSON body; 10 MB is the most, about 8 MB is advised (specification) */
  importBytes: 7_900_000,
  /** up to so many members are added one by one, which is done at once; an import waits in a queue (ours) */
  singleAdds: 20,
  /** the same where creating a contact counts on the slow meter, as `POST /contacts` then does (ours) */
  singleAddsOnSlowMeter: 3,
  /** `limit` of `GET /contacts` at most (specification) */
  contactsPerPage: 1000,
  /** `limit` of `GET /contacts/lists/{id}/contacts` at most (specification) */
  listContactsPerPage: 500,
  /** `limit` of campaigns at most (specification) */
  campaignsPerPage: 100,
  /** `limit` of lists and folders at most (specification) */
  listsPerPage: 50,
  /** contacts that tell which of two pairs of name fields is in use (ours) */
  sampleContacts: 50,
  /** bytes of a text attribute; not published, we cut ourselves (ours) */
  textFieldBytes: 255,
  /** calls per second to `/contacts/…`; 10 are allowed in every plan (documented), other integrations need some too (ours) */
  contactCallsPerSecond: 8,
  /** simultaneous calls to `/contacts/…` and to all else; Brevo counts calls, not connections (ours) */
  contactConnections: 4,
  otherConnections: 2,
  /** of the former, for what lowers consent beside everything else (ours) */
  keptForUrgent: 1,
  /** days for which a contact's answer tells what became of campaigns (specification) */
  statisticsDays: 90,
} as const;

/**
 * A figure in `x-sib-ratelimit-limit` from 100 up to here is the slow meter of calls per hour (100 and 200 documented); the
 * fast one counts 10 to 60 a second or 36,000 and more an hour (documented).
 */
export const SLOW_METER = { from: 100, below: 3_600 } as const;

/** How long we wait for an answer; not published (ours). */
export const TIMEOUT_MS = { single: 30_000, page: 60_000, bulk: 120_000 } as const;

/**
 * Tries of one call (ours): about a minute in all. A wait for the meter longer than `maxMs` is left to the caller, who parks
 * the work.
 */
export const RETRY = { attempts: 6, baseMs: 1_000, maxMs: 30_000 } as const;
