import type { CrmUserFacts } from './crm-user.ts';
import type { LetterLanguage } from './salutation.ts';
import type { Secret } from './secret.ts';

/** A customer of the CRM, by the id and name that its Marketplace has for him. */
export type CrmCustomer = { id: string; name: string };

/** A call that the CRM's Marketplace signed (M27): somebody opens us there, or a contact was saved. */
export type SignedCall = {
  customer: CrmCustomer;
  /** the user of the CRM who acts */
  userId: string;
  /** the right to be represented that this call brings */
  claim: Secret;
  /** ms since 1970, by the CRM's clock */
  calledAt: number;
  /** the same for every copy of the call, in whatever order its parameters stand */
  mark: string;
  /** the language that the user has in the CRM */
  language: LetterLanguage | undefined;
  /** only where an activation was opened */
  activation: { token: Secret; cacheId: string } | undefined;
};

/** Keys of an activation together with a right to be represented. */
export type ClaimedKeys = { token: Secret; secret: Secret; claim: Secret };

/** What the CRM's Marketplace can be asked, and how its calls are read. */
export type Marketplace = {
  /**
   * Reads a call to one of our addresses and proves that the Marketplace made it, a short while ago.
   *
   * @param call.query as it was called, without the question mark
   * @throws UserError 401 `marketplace.signature_invalid` or `marketplace.call_outdated`, 400 `marketplace.call_incomplete`
   */
  readCall(call: { path: string; query: string }): SignedCall;
  /**
   * Ends an activation; the only call that its claim is good for.
   *
   * @throws ProviderError
   */
  unlock(keys: ClaimedKeys, cacheId: string): Promise<void>;
  /**
   * Asks what the claim's user is called and may do.
   *
   * @throws ProviderError
   */
  readUser(keys: ClaimedKeys, userId: string): Promise<CrmUserFacts>;
};
