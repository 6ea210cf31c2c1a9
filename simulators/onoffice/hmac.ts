import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed of an action; parameters, resourceid and identifier are not (fact sheet 1.3). */
export type SignedParts = { timestamp: number | string; token: string; resourceType: string; actionId: string };

/** HMAC version 2 of an action: SHA-256 over the four parts without separator, key as text, standard Base64. */
export function actionHmac(parts: SignedParts, secret: string): string {
  return createHmac('sha256', secret)
    .update(`${parts.timestamp}${parts.token}${parts.resourceType}${parts.actionId}`)
    .digest('base64');
}

/** Compares two signatures in constant time. */
export function sameSignature(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A query string as PHP's `http_build_query` writes it: names sorted bytewise, space as `+`, capital hex. */
export function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return new URLSearchParams(sorted).toString().replaceAll('*', '%2A');
}

/**
 * The Marketplace's URL signature (fact sheet 5.4): lower-case hex HMAC-SHA256 over scheme, host without port, path and
 * the canonical query without `signature`.
 */
export function urlSignature(url: string, parameters: Readonly<Record<string, string>>, secret: string): string {
  const { protocol, hostname, pathname } = new URL(url);
  return createHmac('sha256', secret)
    .update(`${protocol}//${hostname}${pathname}?${canonicalQuery(parameters)}`)
    .digest('hex');
}

/** The URL with its parameters and signature, as the CRM calls it. Parameters already in `url` are signed, too. */
export function signedUrl(url: string, parameters: Readonly<Record<string, string>>, secret: string): string {
  const target = new URL(url);
  const all = { ...Object.fromEntries(target.searchParams), ...parameters };
  const signature = urlSignature(url, all, secret);
  target.search = `${canonicalQuery(all)}&signature=${signature}`;
  return target.toString();
}

/** The signature of a message between iframe and CRM: the same over a bare RFC 3986 query string, keys sorted. */
export function messageSignature(content: Readonly<Record<string, string>>, secret: string): string {
  const query = Object.entries(content)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, value]) => `${strictEncode(name)}=${strictEncode(value)}`)
    .join('&');
  return createHmac('sha256', secret).update(query).digest('hex');
}

function strictEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
