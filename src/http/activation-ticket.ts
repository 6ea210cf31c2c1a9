import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { OpenedActivation } from '../sync/marketplace/activate-customer.ts';

/** A person finds the key, copies it and reads the privacy policy meanwhile, in ms. */
const GOOD_FOR_MS = 1_800_000;
const PLACE = 'activation-ticket';

const Ticket = z.object({
  customer: z.object({ id: z.string(), name: z.string() }),
  userId: z.string(),
  token: z.string(),
  claim: z.string(),
  cacheId: z.string(),
  calledAt: z.number(),
  expiresAt: z.number(),
});

/** Seals what a signed call brought, so that the page can hand it back and nobody can read or change it. */
export function sealTicket(box: SecretBox, { token, claim, ...opened }: OpenedActivation, now: number): string {
  const ticket: z.input<typeof Ticket> = {
    ...opened,
    token: token.reveal(),
    claim: claim.reveal(),
    expiresAt: now + GOOD_FOR_MS,
  };
  return box.seal(new Secret(JSON.stringify(ticket)), PLACE);
}

/** @throws UserError 401 `marketplace.call_outdated` when it is too old, or none of ours */
export function openTicket(box: SecretBox, sealed: string, now: number): OpenedActivation {
  const { token, claim, expiresAt, ...opened } = Ticket.parse(JSON.parse(openSealed(box, sealed)));
  if (expiresAt < now) throw outdated();
  return { ...opened, token: new Secret(token), claim: new Secret(claim) };
}

function openSealed(box: SecretBox, sealed: string): string {
  try {
    return box.open(sealed, PLACE).reveal();
  } catch {
    throw outdated();
  }
}

function outdated(): UserError {
  return new UserError({ code: 'marketplace.call_outdated', status: 401 });
}
