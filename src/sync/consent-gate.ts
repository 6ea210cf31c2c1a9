import type { Clock } from '../core/clock.ts';
import type { Connection } from '../core/connection.ts';
import type { MemberStatus } from '../core/consent.ts';
import type { CrmConsentWrites, WriteResult } from '../core/crm.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { AddResult, ChangeResult, MoveResult, ProviderConsentWrites } from '../core/mailing-provider.ts';
import type { LeaveHistory } from '../core/member.ts';
import type { Operation } from '../core/operation.ts';
import type { PersonCase } from '../core/person-case.ts';
import {
  hasNewerOptIn,
  mayBeRaisedFor,
  newestOptOut,
  personMayBeRaised,
  yesMayBeWritten,
} from '../core/person-consent.ts';
import type { ProviderEvent } from '../core/provider-event.ts';
import type { ConsentEntry } from '../db/consent-records.ts';
import type { Store, Tables } from '../db/store.ts';
import { type ErasedHow, eraseMember, type MemberErasure } from './consent-gate/erase-member.ts';

type OperationOf<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** An operation with the number of its plan row; the gate hands the number back with the answer. */
export type GateRow<K extends Operation['kind']> = { id: number; operation: OperationOf<K> };

/** What became of a row: what the outside system answered, or that the gate did not let it through (R1). */
export type GateResult<T> = { id: number; verdict: 'allowed'; answer: T } | { id: number; verdict: 'refused' };

/** What an event says about a person's will; `from`: the member's status before. */
export type EventBooking = {
  email: EmailAddress;
  effect: 'opt-out' | 'opt-in';
  event: ProviderEvent;
  from: MemberStatus;
};

/** Told in the transaction that records the gate's verdicts, right before the call: marks rows as sent (F5). */
export type OnIntent = (tables: Tables, ids: readonly number[]) => Promise<void>;

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

  type MayPass<K extends Operation['kind']> = (person: PersonCase | undefined, operation: OperationOf<K>) => boolean;
  type Describe<K extends Operation['kind']> = (
    operation: OperationOf<K>,
    person: PersonCase | undefined,
  ) => Pick<ConsentEntry, 'effect' | 'from' | 'to' | 'source'> & { learnedOrder?: number | undefined };
  type Passed<K extends Operation['kind']> = { allowed: GateRow<K>[]; refused: GateRow<K>[] };

  /** Records the verdict of every row before anything is sent, in transactions of a bounded size. */
  async function pass<K extends Operation['kind']>(
    rows: readonly GateRow<K>[],
    onIntent: OnIntent,
    mayPass: MayPass<K>,
    describe: Describe<K>,
  ): Promise<Passed<K>> {
    const passed: Passed<K> = { allowed: [], refused: [] };
    for (const chunk of chunksOf(rows)) {
      const { allowed, refused } = await passChunk(chunk, onIntent, mayPass, describe);
      passed.allowed.push(...allowed);
      passed.refused.push(...refused);
    }
    return passed;
  }

  function passChunk<K extends Operation['kind']>(
    rows: readonly GateRow<K>[],
    onIntent: OnIntent,
    mayPass: MayPass<K>,
    describe: Describe<K>,
  ): Promise<Passed<K>> {
    return store.transact(async (tables) => {
      const people = await tables.people.load([...new Set(rows.map((row) => row.operation.email))]);
      const byEmail = new Map(people.map((person) => [person.email, person]));
      const verdicts = rows.map((row) => ({ row, passes: mayPass(byEmail.get(row.operation.email), row.operation) }));
      const entries = verdicts.map(({ row, passes }): ConsentEntry => {
        const { operation } = row;
        const contactId = 'contactId' in operation ? operation.contactId : undefined;
        const description = describe(operation, byEmail.get(operation.email));
        return {
          connectionId: connection.id,
          contactId,
          email: operation.email,
          learnedOrder:
            description.source === 'crm-user' ? orderOfReading(byEmail.get(operation.email), contactId) : undefined,
          ...description,
          effect: passes ? description.effect : 'neutral',
          verdict: passes ? 'allowed' : 'refused',
          happenedAt: undefined,
          evidence: {},
          wrote: operation.kind,
        };
      });
      await tables.consent.append(entries, clock.now());
      const allowed = verdicts.filter(({ passes }) => passes).map(({ row }) => row);
      await onIntent(
        tables,
        allowed.map(({ id }) => id),
      );
      return { allowed, refused: verdicts.filter(({ passes }) => !passes).map(({ row }) => row) };
    });
  }

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

  function bookOptOut(
    leaving: Pick<ConsentEntry, 'email' | 'contactId' | 'source' | 'happenedAt' | 'evidence' | 'clearEvidence'>,
  ): Promise<void> {
    return store.transact((tables) =>
      tables.consent.append(
        [
          {
            ...leaving,
            connectionId: connection.id,
            learnedOrder: undefined,
            effect: 'opt-out',
            from: 'subscribed',
            to: 'unsubscribed',
            verdict: 'allowed',
            wrote: '',
          },
        ],
        clock.now(),
      ),
    );
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
      const results = pair(allowed, answers).map((result, index) =>
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
        await bookOptOut({ email, contactId, source: 'person', happenedAt: undefined, evidence: {}, clearEvidence });
      } else if (answer.outcome === 'done' && (await lookAgain([row])).size > 0) return refusedResult(row);
      return { id: row.id, verdict: 'allowed', answer };
    },

    async unsubscribeMembers(rows, onIntent) {
      const { allowed } = await pass(rows, onIntent, always, describeUnsubscribe);
      const answers = await Promise.all(
        allowed.map(({ operation: { email, from } }) =>
          from === 'absent'
            ? providerWrites.addUnsubscribed(audienceId, email, mapping)
            : providerWrites.unsubscribeMember(audienceId, email, mapping),
        ),
      );
      return pair(allowed, answers);
    },

    async removeMembers(rows, onIntent) {
      const { allowed } = await pass(rows, onIntent, always, () => ({
        effect: 'neutral',
        from: 'subscribed',
        to: 'archived',
        source: 'rule',
      }));
      const answers = await Promise.all(
        allowed.map((row) => providerWrites.removeMember(audienceId, row.operation.email)),
      );
      return pair(allowed, answers);
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
        }),
      );
      if (allowed.length === 0) return refused.map(refusedResult);
      const answers = await crmWrites.writeConsent(
        allowed.map(({ operation }) => ({ contactId: operation.contactId, consent: operation.to })),
        connection.settings.optOutValue,
      );
      return [...refused.map(refusedResult), ...pair(allowed, answers)];
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
      return [...refused.map(refusedResult), ...pair(allowed, answers)];
    },

    eraseMember: (email, how) => eraseMember({ audienceId, mapping, providerWrites }, email, how),

    async bookEvents(tables, bookings) {
      if (bookings.length === 0) return;
      const people = await tables.people.load([...new Set(bookings.map(({ email }) => email))]);
      const holders = new Map(people.map(({ email, contacts }) => [email, contacts.map(({ id }) => id)]));
      await tables.consent.append(
        bookings.flatMap(({ email, effect, event, from }) => {
          const ids = holders.get(email) ?? [];
          return (ids.length > 0 ? ids : [undefined]).map(
            (contactId): ConsentEntry => ({
              connectionId: connection.id,
              contactId,
              email,
              learnedOrder: undefined,
              effect,
              from,
              to: effect === 'opt-out' ? 'unsubscribed' : 'subscribed',
              source: sourceOf(event.by),
              verdict: 'allowed',
              happenedAt: event.happenedAt || undefined,
              evidence: {
                event: event.kind,
                ...(event.campaign ? { campaign: event.campaign.id } : {}),
                ...event.evidence,
              },
              wrote: '',
            }),
          );
        }),
        clock.now(),
      );
    },

    bookOptOut: ({ email, contactId, history }) =>
      bookOptOut({
        email,
        contactId,
        source: history.by === 'administrator' ? 'provider-administrator' : 'person',
        happenedAt: history.at || undefined,
        evidence: { history: history.by },
      }),
  };
}

/** Who is named in the record as the one who did it. */
function sourceOf(by: ProviderEvent['by']): ConsentEntry['source'] {
  switch (by) {
    case 'person':
      return 'person';
    case 'administrator':
      return 'provider-administrator';
    default:
      return 'provider';
  }
}

/** Most rows of one transaction. */
const CHUNK_SIZE = 500;

function chunksOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK_SIZE) }, (_, index) =>
    rows.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE),
  );
}

function always(): boolean {
  return true;
}

function describeRaise(
  kind: 'add-member' | 'raise-member' | 'move-member',
): Pick<ConsentEntry, 'effect' | 'from' | 'to' | 'source'> {
  return { effect: 'neutral', from: kind === 'raise-member' ? '' : 'absent', to: 'subscribed', source: 'rule' };
}

/** Whose opt-out an unsubscribe is: a person's own No, the copy of one that was booked for another address, or nobody's. */
function describeUnsubscribe(
  { from, contactId, handedDownFrom }: OperationOf<'unsubscribe-member'>,
  person: PersonCase | undefined,
): Pick<ConsentEntry, 'effect' | 'from' | 'to' | 'source'> & { learnedOrder?: number | undefined } {
  const to = 'unsubscribed';
  // As old as it was under the former address, so that an opt-in between still answers it.
  if (handedDownFrom !== undefined) {
    return { effect: 'opt-out', from, to, source: 'rule', learnedOrder: (person && newestOptOut(person)) || undefined };
  }
  if (person?.memberMovedFrom !== undefined) return { effect: 'neutral', from, to, source: 'rule' };
  return { effect: saysNo(person, contactId) ? 'opt-out' : 'neutral', from, to, source: 'crm-user' };
}

function raiseIsAllowed(
  person: PersonCase | undefined,
  operation: OperationOf<'add-member'> | OperationOf<'raise-member'> | OperationOf<'move-member'>,
): boolean {
  return person !== undefined && mayBeRaisedFor(person, operation.contactId);
}

/** As a raise, and the record still holds a subscribed member under the old address. */
function moveIsAllowed(person: PersonCase | undefined, operation: OperationOf<'move-member'>): boolean {
  return person?.cameFrom?.email === operation.from && raiseIsAllowed(person, operation);
}

function someContactMayBeRaised(person: PersonCase): boolean {
  return person.contacts.some((contact) => contact.consent === 'yes') && personMayBeRaised(person);
}

/** Whether an operator asked for the Yes with an opt-in entered by hand (R1 c). */
function asksYes(person: PersonCase | undefined, contactId: string): boolean {
  return person?.contacts.some((contact) => contact.id === contactId && contact.asksYes !== undefined) ?? false;
}

/** Whether it is this contact's own No: flags that differ take a member out, but are nobody's opt-out (R8). */
function saysNo(person: PersonCase | undefined, contactId: string | undefined): boolean {
  return person?.contacts.find(({ id }) => id === contactId)?.consent !== 'yes';
}

/**
 * The order of an opt-out that is read off the CRM's field is that of the reading: booking it later must not outrank a Yes
 * that an agent sets in between (R1 b).
 */
function orderOfReading(person: PersonCase | undefined, contactId: string | undefined): number | undefined {
  const contact = person?.contacts.find(({ id }) => id === contactId);
  return contact?.consent === 'no' && contact.history.lastNotYes > 0 ? contact.history.lastNotYes : undefined;
}

function refusedResult(row: { id: number }): { id: number; verdict: 'refused' } {
  return { id: row.id, verdict: 'refused' };
}

function pair<T>(
  rows: readonly { id: number }[],
  answers: readonly T[],
): { id: number; verdict: 'allowed'; answer: T }[] {
  return rows.map((row, index) => {
    const answer = answers[index];
    if (answer === undefined) throw new Error('an adapter answered fewer rows than it was handed');
    return { id: row.id, verdict: 'allowed', answer };
  });
}
