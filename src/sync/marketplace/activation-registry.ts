import type { CrmCustomer } from '../../core/marketplace.ts';
import type { Secret } from '../../core/secret.ts';
import type { Activation } from '../../db/activations.ts';

/** An activation that the CRM has opened its doors for; to be stored. */
export type NewActivation = {
  customer: CrmCustomer;
  token: Secret;
  secret: Secret;
  /** ms since 1970, by the CRM's clock */
  activatedAt: number;
  activatedBy: string;
};

/** The installation's activations, as the use cases of the Marketplace see them. */
export type ActivationRegistry = {
  ofCustomer(customerId: string): Promise<Activation | undefined>;
  /**
   * Stores an activation with its tenant, which is made for a new customer; a known one's connections get the new keys. All of it
   * or nothing.
   */
  store(activation: NewActivation): Promise<void>;
};
