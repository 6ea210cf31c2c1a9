import type { OperationKind } from './operation.ts';

/** One braked kind: how many a plan holds and how many go without asking. */
export type BrakeHit = { kind: OperationKind; count: number; limit: number };

/** Limits of the brake; the specification's values are `DEFAULT_BRAKE` (R12). */
export type BrakeRules = { minimum: number; share: number };

export const DEFAULT_BRAKE: BrakeRules = { minimum: 20, share: 0.05 };

/** Numbers of a plan that the brake weighs; opt-outs from the provider are not among them: they are never held (R12). */
export type BrakedCounts = Readonly<
  Record<'remove-member' | 'unsubscribe-member' | 'add-member' | 'raise-member' | 'create-contact', number>
> & {
  /** contacts to be set to "not specified" */
  setToNone: number;
  /** tags to be taken off, on both sides */
  tagsTakenOff: number;
};

/**
 * R12: more than the larger of 20 and 5 %, or more than half, of the managed members stops a plan before its first write.
 *
 * @param managed members that the connector manages
 */
export function brakeHits(counts: BrakedCounts, managed: number, rules: BrakeRules = DEFAULT_BRAKE): BrakeHit[] {
  const limit = Math.max(rules.minimum, Math.floor(managed * rules.share));
  // With few members the larger of the two would let everybody go.
  const limitOrHalf = Math.min(limit, Math.floor(managed / 2));
  const weighed: [OperationKind, number][] = [
    ['remove-member', counts['remove-member']],
    ['unsubscribe-member', counts['unsubscribe-member']],
    ['add-member', counts['add-member'] + counts['raise-member']],
    ['create-contact', counts['create-contact']],
    ['write-consent', counts.setToNone],
    ['tag-member', counts.tagsTakenOff],
  ];
  return weighed.map(([kind, count]) => ({ kind, count, limit: limitOrHalf })).filter((hit) => hit.count > hit.limit);
}
