import type { Clock } from '../core/clock.ts';
import type { Connection } from '../core/connection.ts';
import type { CrmConsentWrites, WriteResult } from '../core/crm.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { AddResult, ChangeResult, MoveResult, ProviderConsentWrites } from '../core/mailing-provider.ts';
import type { LeaveHistory } from '../core/member.ts';
import { hasNewerOptIn, yesMayBeWritten } from '../core/person-consent.ts';
import type { Store, Tables } from '../db/store.ts';
import { bookEvents, type EventBooking } from './consent-gate/book-events.ts';
import { chunksOf } from './consent-gate/chunks-of.ts';
import { asksYes, describeRaise, describeUnsubscribe, leftBefore } from './consent-gate/describe-write.ts';
import { type ErasedHow, eraseMember, type MemberErasure } from './consent-gate/erase-member.ts';
import { type GateResult, type GateRow, type OnIntent, pairAnswers, refusedResult } from './consent-gate/gate-rows.ts';
import { moveIsAllowed, raiseIsAllowed, someContactMayBeRaised } from './consent-gate/may-be-raised.ts';
import { createPass } from './consent-gate/pass-rows.ts';
import { type Leaving, leavingEntry } from './leaving-entry.ts';

/**
 * The one module through which every write of consent goes (R2). It looks at the record right before each raise, records
 * what it lets through and what it refuses (R14), and looks again right after: an opt-out that was booked in between is
 * carried out at once (R4).
 */
export type ConsentGate = {
  addMembers(rows: readonly GateRow<'add-member'>[], onIntent: OnIntent): Promise<GateResult<AddResult>[]>;
  raiseMember(row: GateRow<'raise-member'>, onIntent: OnIntent): Promise<GateResult<AddResult>>;
  /** Gives a member its contact's new address; what is booked for the old one counts too (R7). */
  moveMember(row: GateRow<'move-member'>, onIntent: OnIntent): Promise<GateResult<MoveResult>>;
  unsubscribeMembers(
    rows: readonly GateRow<'unsubscribe-member'>[],
    onIntent: OnIntent,
  ): Promise<GateResult<ChangeResult>[]>;
  removeMembers(rows: readonly GateRow<'remove-member'>[], onIntent: OnIntent): Promise<GateResult<ChangeResult>[]>;
  writeConsent(rows: readonly GateRow<'write-consent'>[], onIntent: OnIntent): Promise<GateResult<WriteResult>[]>;
  createContacts(rows: readonly GateRow<'create-contact'>[], onIntent: OnIntent): Promise<GateResult<WriteResult>[]>;
  /** Takes a person out for good, because he asked for it (R14): unsubscribed, or deleted at the provider. */
  eraseMember(email: EmailAddress, how: ErasedHow): Promise<MemberErasure>;
  /** Books what events of the provider say about people's will, for the address and every contact that holds it (R1, R14). */
  bookEvents(tables: Tables, bookings: readonly EventBooking[]): Promise<void>;
  /** Books an opt-out that the provider's own history tells (R5, archived members). */
  bookOptOut(row: { email: EmailAddress; contactId: string; history: LeaveHistory & { state: 'left' } }): Promise<void>;
};

/** Makes the gate of one connection; it alone holds the two consent writers. */
export function createConsentGate(parts: {
  connection: Connection & { audienceId: string };
  store: Store;
  crmWrites: CrmConsentWrites;
  providerWrites: ProviderConsentWrites;
  clock: Clock;
}): ConsentGate {
  const { connection, store, crmWrites, providerWrites, clock } = parts;
  const { audienceId, mapping } = connection;

  const pass = createPass({ connection, store, clock });

  /**
   * R4: an opt-out booked while the raise was on its way still wins.
   *
   * @returns addresses whose raise was taken back
   */
  async function lookAgain(
    rows: readonly (GateRow<'add-member'> | GateRow<'raise-member'> | GateRow<'move-member'>)[],
  ): Promise<ReadonlySet<EmailAddress>> {
    const takenBack: EmailAddress[] = [];
    for (const chunk of chunksOf(rows)) {
      const people = await store.tables.people.load(chunk.map((row) => row.operation.email));
      takenBack.push(...people.filter((person) => !someContactMayBeRaised(person)).map(({ email }) => email));
    }
    if (takenBack.length === 0) return new Set();
    await store.transact((tables) =>
      tables.consent.append(
        takenBack.map((email) => ({
          connectionId: connection.id,
          contactId: undefined,
          email,
          effect: 'neutral',
          learnedOrder: undefined,
          from: 'subscribed',
          to: 'unsubscribed',
          source: 'rule',
          verdict: 'allowed',
          happenedAt: undefined,
          evidence: {},
          wrote: 'unsubscribe-member',
        })),
        clock.now(),
      ),
    );
    const answers = await Promise.all(
      takenBack.map((email) => providerWrites.unsubscribeMember(audienceId, email, mapping)),
    );
    const refused = answers.filter((answer) => answer.outcome === 'refused').length;
    if (refused > 0) {
      await store.tables.journal.write('journal.opt_out_refused', { count: refused }, clock.now(), true);
    }
    return new Set(takenBack);
  }

  function bookLeaving(leaving: Leaving): Promise<void> {
    return store.transact((tables) => tables.consent.append([leavingEntry(connection.id, leaving)], clock.now()));
  }

  return {
    async addMembers(rows, onIntent) {
      const { allowed, refused } = await pass(rows, onIntent, raiseIsAllowed, (operation) =>
        describeRaise(operation.kind),
      );
      if (allowed.length === 0) return refused.map(refusedResult);
      const answers = await providerWrites.addMembers(
        audienceId,
        allowed.map((row) => row.operation),
        mapping,
      );
      const takenBack = await lookAgain(allowed);
      // One that the provider has queued stays open: what the queue makes of it is looked at when it has ended (R4).
      const results = pairAnswers(allowed, answers).map((result, index) =>
        result.answer.outcome !== 'queued' && takenBack.has(allowed[index]?.operation.email ?? ('' as EmailAddress))
          ? refusedResult(result)
          : result,
      );
      return [...refused.map(refusedResult), ...results];
    },

    async raiseMember(row, onIntent) {
      const { email } = row.operation;
      let mayLiftOwnBlock = false;
      const { allowed } = await pass(
        [row],
        onIntent,
        (person, operation) => {
          mayLiftOwnBlock = person !== undefined && hasNewerOptIn(person);
          return raiseIsAllowed(person, operation);
        },
        (operation) => ({ ...describeRaise(operation.kind), from: operation.from }),
      );
      if (allowed.length === 0) return refusedResult(row);
      const isBlockOurs = await store.tables.consent.lastLeavingIsOurs(email);
      const raised = { ...row.operation, mayLiftOwnBlock, isBlockOurs };
      const answer = await providerWrites.raiseMember(audienceId, raised, mapping);
      const takenBack = await lookAgain([row]);
      return takenBack.size > 0 ? refusedResult(row) : { id: row.id, verdict: 'allowed', answer };
    },

    async moveMember(row, onIntent) {
      const { email, from, contactId } = row.operation;
      const { allowed } = await pass([row], onIntent, moveIsAllowed, () => describeRaise('move-member'));
      if (allowed.length === 0) return refusedResult(row);
      const answer = await providerWrites.moveMember(audienceId, from, email, mapping);
      if (answer.outcome === 'left') {
        // An address of his stands beside the chain, where an erasure can remove it.
        const clearEvidence = { left: from };
        await bookLeaving({ email, contactId, at: '', source: 'person', evidence: {}, clearEvidence });
      } else if (answer.outcome === 'done' && (await lookAgain([row])).size > 0) return refusedResult(row);
      return { id: row.id, verdict: 'allowed', answer };
    },

    async unsubscribeMembers(rows, onIntent) {
      const { allowed } = await pass(rows, onIntent, () => true, describeUnsubscribe);
      const answers = await Promise.all(
        allowed.map(({ operation: { email, from } }) =>
          from === 'absent'
            ? providerWrites.addUnsubscribed(audienceId, email, mapping)
            : providerWrites.unsubscribeMember(audienceId, email, mapping),
        ),
      );
      return pairAnswers(allowed, answers);
    },

    async removeMembers(rows, onIntent) {
      const { allowed } = await pass(
        rows,
        onIntent,
        () => true,
        () => ({
          effect: 'neutral',
          from: 'subscribed',
          to: 'archived',
          source: 'rule',
        }),
      );
      const answers = await Promise.all(
        allowed.map((row) => providerWrites.removeMember(audienceId, row.operation.email)),
      );
      return pairAnswers(allowed, answers);
    },

    async writeConsent(rows, onIntent) {
      const { allowed, refused } = await pass(
        rows,
        onIntent,
        (person, operation) => operation.to !== 'yes' || (person !== undefined && yesMayBeWritten(person)),
        (operation, person) => ({
          effect: operation.to === 'no' ? 'opt-out' : 'neutral',
          from: operation.from,
          to: operation.to,
          source: operation.to === 'no' ? 'person' : asksYes(person, operation.contactId) ? 'operator' : 'provider',
          happenedAt: operation.to === 'no' ? leftBefore(person, operation.contactId) : undefined,
        }),
      );
      if (allowed.length === 0) return refused.map(refusedResult);
      const answers = await crmWrites.writeConsent(
        allowed.map(({ operation }) => ({ contactId: operation.contactId, consent: operation.to })),
        connection.settings.optOutValue,
      );
      return [...refused.map(refusedResult), ...pairAnswers(allowed, answers)];
    },

    async createContacts(rows, onIntent) {
      const { allowed, refused } = await pass(
        rows,
        onIntent,
        (person) => person !== undefined && yesMayBeWritten(person),
        () => ({ effect: 'neutral', from: 'none', to: 'yes', source: 'provider' }),
      );
      if (allowed.length === 0) return refused.map(refusedResult);
      const answers = await crmWrites.createContacts(
        allowed.map(({ operation }) => ({ email: operation.email, fields: operation.fields, tagKeys: operation.tags })),
      );
      return [...refused.map(refusedResult), ...pairAnswers(allowed, answers)];
    },

    eraseMember: (email, how) => eraseMember({ audienceId, mapping, providerWrites }, email, how),

    bookEvents: (tables, bookings) => bookEvents(tables, connection.id, bookings, clock.now()),

    bookOptOut: ({ email, contactId, history }) =>
      bookLeaving({
        email,
        contactId,
        at: history.at,
        source: history.by === 'administrator' ? 'provider-administrator' : 'person',
        evidence: { history: history.by },
      }),
  };
}
