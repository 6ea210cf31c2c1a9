/** A deliberate defect of the product: what is found in one of its files, once, is replaced while the lab loads it. */
export type Defect = { name: string; file: string; find: string; replace: string };

/** Defects that the lab has to notice; none of them is ever in the product's own files. */
export const DEFECTS: readonly Defect[] = [
  {
    name: 'nothing-stops-a-raise',
    file: 'src/core/person-consent.ts',
    find: 'if (isOptedOutElsewhere(person) || hasLeftAnotherConnection(person)) return false;',
    replace: 'if (person.email !== undefined) return true;',
  },
  {
    name: 'no-look-after-a-raise',
    file: 'src/sync/consent-gate.ts',
    find: 'if (takenBack.length === 0) return new Set();',
    replace: 'if (takenBack.length >= 0) return new Set();',
  },
  {
    name: 'events-are-not-believed',
    file: 'src/core/event-booking.ts',
    find: "if (event.by === 'program') return 'nothing';",
    replace: "if (event.by !== undefined) return 'nothing';",
  },
  {
    name: 'provider-is-not-polled',
    file: 'src/sync/changes/poll-provider.ts',
    find: 'const changed = new Set(await tables.members.changedAmong(reading.found));',
    replace: 'const changed = new Set<string>();',
  },
  {
    name: 'crm-is-not-polled',
    file: 'src/sync/changes/poll-crm.ts',
    find: 'const changed = await tables.contacts.changedAmong(chunk);',
    replace: 'const changed = (await tables.contacts.changedAmong(chunk)).slice(0, 0);',
  },
  {
    name: 'no-read-before-a-raise',
    file: 'src/sync/execute/raise-members.ts',
    find: "if (isSame || member?.status === 'subscribed') return false;",
    replace: "if (isSame || member?.status !== 'pending') return false;",
  },
  {
    name: 'history-of-the-archived-is-not-read',
    file: 'src/core/plan-decision.ts',
    find: "readHistory: status === 'archived',",
    replace: 'readHistory: false,',
  },
  {
    name: 'no-row-says-what-was-sent',
    file: 'src/sync/execute/rows-of-kind.ts',
    find: "tables.plan(runId).mark(ids, 'sent', parts.clock.now());",
    replace: "tables.plan(runId).mark(ids, 'planned', parts.clock.now());",
  },
  {
    name: 'our-own-no-is-taken-for-a-persons',
    file: 'src/db/contacts.ts',
    find: 'async setConsent(contactIds: readonly string[], consent: CrmConsent): Promise<void> {',
    replace:
      'async setConsent(contactIds: readonly string[], consent: CrmConsent): Promise<void> {\n      if (consent !== undefined) return;',
  },
  {
    name: 'moved-members-leave-their-opt-out-behind',
    file: 'src/sync/move-observed-members.ts',
    find: 'const entries = moves.flatMap(({ from, to }) => {',
    replace: 'const entries = moves.slice(0, 0).flatMap(({ from, to }) => {',
  },
  {
    name: 'the-record-is-not-chained',
    file: 'src/db/consent-records.ts',
    find: 'previous = hash;',
    replace: 'previous = CHAIN_START;',
  },
  {
    name: 'held-back-rows-are-forgotten',
    file: 'src/sync/full-sync/count-people.ts',
    find: 'await tables.due.mark(stillNeeding(planned, now + AGAIN_AFTER_MS), now);',
    replace: 'await tables.due.mark(stillNeeding(planned, now).slice(0, 0), now);',
  },
  {
    name: 'contacts-that-followed-are-not-looked-at',
    file: 'src/sync/store-found-contacts.ts',
    find: 'await tables.due.mark(changed.flatMap(marksOf), parts.clock.now());',
    replace: 'await tables.due.mark(changed.slice(0, 0).flatMap(marksOf), parts.clock.now());',
  },
  {
    name: 'a-status-rides-along',
    file: 'src/adapters/mailchimp/members.ts',
    find: "{ merge_fields: toMergeFields(fields, mapping, 'clear') }, mapping);",
    replace:
      "{ merge_fields: toMergeFields(fields, mapping, 'clear'), ...({ status: 'subscribed' } as object) }, mapping);",
  },
  {
    name: 'fields-of-others-are-emptied',
    file: 'src/adapters/mailchimp/members.ts',
    find: "{ merge_fields: toMergeFields(fields, mapping, 'clear') }, mapping);",
    replace: "{ merge_fields: { ...toMergeFields(fields, mapping, 'clear'), PHONE: '' } }, mapping);",
  },
  {
    name: 'private-contacts-are-synchronised',
    file: 'src/core/person-consent.ts',
    find: 'return contact.isReadable && !contact.isPrivate && !contact.isArchived;',
    replace: 'return contact.isReadable;',
  },
  {
    name: 'nobody-leaves-with-his-contact',
    file: 'src/core/plan-without-contact.ts',
    find: "const isLinked = excluded.some((contact) => contact.base?.status === 'subscribed') || person.leavers.length > 0;",
    replace: 'const isLinked = false;',
  },
  {
    name: 'flags-that-differ-are-no-conflict',
    file: 'src/core/plan-person.ts',
    find: "if (lead.consent === 'yes' && saysNo && !noIsAnswered && !isToldToAll) {",
    replace: "if (lead.consent === 'unknown' && saysNo && !noIsAnswered && !isToldToAll) {",
  },
  {
    name: 'an-activity-for-every-click',
    file: 'src/core/plan-activities.ts',
    find: 'if (!isTurn && (candidate.isDouble || entries.has(entry))) {',
    replace: 'if (isTurn && (candidate.isDouble || entries.has(entry))) {',
  },
  {
    name: 'lost-activities-are-written-again',
    file: 'src/sync/activities/check-lost-activities.ts',
    find: 'entries.filter(({ note }) => note.includes(reference))',
    replace: 'entries.filter(({ note }) => note === reference)',
  },
  {
    name: 'nobody-is-looked-for-before-he-is-created',
    file: 'src/sync/execute/create-contacts.ts',
    find: 'contacts: found[index] ?? [] }));',
    replace: 'contacts: (found[index] ?? []).slice(0, 0) }));',
  },
  {
    name: 'refused-people-are-tried-again-and-again',
    file: 'src/core/plan-decision.ts',
    find: 'if (refusal && refusal.order >= optInOrder) {',
    replace: 'if (refusal && refusal.order < 0) {',
  },
  {
    name: 'a-worker-that-lost-its-lane-goes-on',
    file: 'src/db/connections.ts',
    find: 'if (rows[0]?.fence !== fence) throw new LaneLostError',
    replace: 'if (rows[0] === undefined) throw new LaneLostError',
  },
  {
    name: 'a-yes-of-before-a-restore-counts',
    file: 'src/core/person-consent.ts',
    find: 'return newest > wentBackOrder ? newest : 0;',
    replace: 'return newest + wentBackOrder;',
  },
  {
    name: 'a-removal-is-nobodys-business',
    file: 'src/core/meeting.ts',
    find: "return base.status === 'subscribed' ? 'crm-none' : 'nothing';",
    replace: "return base.status === 'pending' ? 'crm-none' : 'subscribe';",
  },
];
