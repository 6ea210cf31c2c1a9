import type { EmailAddress } from './email-address.ts';

/** An address that the provider gave a member in place of another one. */
export type AddressMove = { from: EmailAddress; to: EmailAddress };
