import type { Connection } from '../../core/connection.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { OPERATION_KINDS, type Operation, type OperationKind } from '../../core/operation.ts';
import type { MemberReason, Reason } from '../../core/reason.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import type { Tables } from '../../db/store.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { type BeforeAndAfter, describeOperation, type Wording } from './describe-operation.ts';
import { type RunView, runView } from './run-view.ts';

/** One planned change with the person it is about. */
export type PlannedChange = BeforeAndAfter & { email: string; name: string; contactId: string | null };

/** What a run would do (U3). */
export type PreviewView = {
  run: RunView;
  counts: { kind: OperationKind; count: number; samples: PlannedChange[] }[];
  unchanged: number;
  leftOut: { reason: Reason; count: number }[];
  membersWithoutContact: { reason: MemberReason; count: number }[];
  contactsRead: number;
  membersRead: number;
  plan: { name: string; isPaid: boolean };
  brake: { kind: OperationKind; count: number; limit: number }[];
};

const SAMPLES = 10;

/** Puts together the preview of a run from its stored plan. */
export async function previewView(
  parts: { tables: Tables; connection: Connection; language: LetterLanguage },
  run: SyncRun,
  now: number,
): Promise<PreviewView> {
  const { tables, connection, language } = parts;
  const shown = await runView(tables, run, now);
  const counts: PreviewView['counts'] = [];
  for (const { kind, planned } of shown.operations) {
    const rows = await tables.plan(run.id).samples(kind, SAMPLES);
    const samples = await describeChanges(
      tables,
      rows.map(({ operation }) => operation),
      { language, optOutValue: connection.settings.optOutValue },
    );
    counts.push({ kind, count: planned, samples });
  }
  return {
    run: shown,
    counts: counts.sort((a, b) => OPERATION_KINDS.indexOf(a.kind) - OPERATION_KINDS.indexOf(b.kind)),
    unchanged: run.unchanged,
    leftOut: await tables.contactReasons.count(),
    membersWithoutContact: await tables.memberReasons.count(),
    contactsRead: await tables.contacts.count(),
    membersRead: (await tables.members.counts()).total,
    plan: { name: connection.accountPlan, isPaid: connection.isPaidPlan },
    // Nobody is managed before the first sync, so that everything would be over the limit.
    brake: run.isFirst ? [] : [...run.brake],
  };
}

/** Describes operations with the names of the people; a few statements for all of them. */
export async function describeChanges(
  tables: Tables,
  operations: readonly Operation[],
  wording: Wording,
): Promise<PlannedChange[]> {
  const emails = [...new Set<EmailAddress>(operations.map(({ email }) => email))];
  const people = new Map((await tables.people.load(emails)).map((person) => [person.email, person]));
  return operations.map((operation) => {
    const person = people.get(operation.email);
    const contactId = ('contactId' in operation && operation.contactId) || null;
    const contact = person?.contacts.find(({ id }) => id === contactId) ?? person?.contacts[0];
    const fields = contact?.fields ?? person?.member?.fields;
    return {
      email: operation.email,
      name: fields ? [fields.firstName, fields.lastName].filter(Boolean).join(' ') : '',
      contactId,
      ...describeOperation(operation, wording),
    };
  });
}
