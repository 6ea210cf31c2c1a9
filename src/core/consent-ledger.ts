/**
 * Opt-outs and opt-ins booked for a person, newest of each. `order` is our order of learning within a tenant: a greater
 * number was learned later (R1: times of one provider are compared with each other, otherwise our order of learning).
 */
export type ConsentLedger = {
  optOut: { order: number } | undefined;
  /** only opt-ins of R1 (a) and (c); (b) is read off the contact */
  optIn: { order: number } | undefined;
};

/** What the CRM's Newsletter field was seen to say, in the same order of learning; 0: never seen. */
export type FieldHistory = {
  /** last time the field was read as not Yes */
  lastNotYes: number;
  /** last time the field was seen to turn from Yes to No */
  lastSetToNo: number;
};

/**
 * Tells whether a person whose CRM field says Yes may be raised (R1): nobody booked an opt-out, or a newer opt-in is on
 * record: one of kind (a) or (c), or (b) the field read as not Yes after the opt-out was booked. A tie is an opt-out, but for
 * (b): there the one reading of No is both the booking and the reading as not Yes, and the Yes came later.
 */
export function mayRaise(ledger: ConsentLedger, field: FieldHistory): boolean {
  const optOutOrder = Math.max(ledger.optOut?.order ?? 0, field.lastSetToNo);
  if (optOutOrder === 0) return true;
  if (ledger.optIn && ledger.optIn.order > optOutOrder) return true;
  return field.lastNotYes >= optOutOrder;
}
