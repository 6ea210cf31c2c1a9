import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../core/secret.ts';

/** Older or younger deliveries are taken for repeated by somebody else, in seconds (fact sheet Mailchimp 6.3). */
const TOLERANCE_SECONDS = 300;

/**
 * Verifies `X-Mailchimp-Signature: t=<seconds>,v1=<hex>` over the raw body, in constant time.
 *
 * @param now ms since 1970
 */
export function isMailchimpSignature(header: string | undefined, body: Buffer, secret: Secret, now: number): boolean {
  const match = /^\s*t=(\d{1,12}),\s*v1=([0-9a-f]{64})\s*$/i.exec(header ?? '');
  if (!match) return false;
  const [, seconds = '', given = ''] = match;
  if (Math.abs(now / 1000 - Number(seconds)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret.reveal()).update(`${seconds}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(given, 'hex'));
}

/** Verifies `Authorization: Bearer <token>`, which is all that Brevo's deliveries carry, in constant time. */
export function isBearerToken(header: string | undefined, token: Secret): boolean {
  const given = /^Bearer +(\S+)\s*$/i.exec(header ?? '')?.[1];
  return given !== undefined && timingSafeEqual(sha256(given), sha256(token.reveal()));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
