import type { PersonFields } from '../../core/contact.ts';
import type { OperationKind } from '../../core/operation.ts';
import type { MemberReason, Reason } from '../../core/reason.ts';
import type { PlanRowState } from '../../db/plan-rows.ts';

/** Column of a file, by the name that programs know it by. */
export type CsvColumn =
  | keyof PersonFields
  | 'contactId'
  | 'email'
  | 'name'
  | 'reason'
  | 'words'
  | 'kind'
  | 'before'
  | 'after'
  | 'state'
  | 'status'
  | 'tags';

/** Headings, and the values that are one of a few. */
export type CsvWords = {
  column: Readonly<Record<CsvColumn, string>>;
  reason: Readonly<Record<Reason, string>>;
  memberReason: Readonly<Record<MemberReason, string>>;
  kind: Readonly<Record<OperationKind, string>>;
  state: Readonly<Record<PlanRowState, string>>;
};
