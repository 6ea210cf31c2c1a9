import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Verifies the signature of a URL that onOffice's Marketplace calls (fact sheet 5.4; official examples,
 * `CheckSignature.class.php`), in constant time: lower-case hex HMAC-SHA256 over scheme, host without port, path and the
 * parameters without `signature`, sorted by name bytewise.
 *
 * @param url the address as it was given to onOffice, without parameters; never taken from the request
 * @param parameters decoded, each name once
 */
export function isSignedUrl(url: string, parameters: ReadonlyMap<string, string>, providerSecret: string): boolean {
  const given = parameters.get('signature') ?? '';
  if (!/^[0-9a-f]{64}$/.test(given)) return false;
  const encoded = canonicalUrl(url, parameters);
  // A plus sign was seen signed as it is, too ("because of onOffice's decoding" says a provider who met it).
  const matches = [encoded, encoded.replaceAll('%2B', '+')].map((text) =>
    timingSafeEqual(Buffer.from(given, 'hex'), createHmac('sha256', providerSecret).update(text).digest()),
  );
  return matches.includes(true);
}

/** As PHP's `http_build_query` writes it: letters, digits, `-`, `_` and `.` stay, a space becomes `+`. */
function canonicalUrl(url: string, parameters: ReadonlyMap<string, string>): string {
  const { protocol, hostname, pathname } = new URL(url);
  const sorted = [...parameters]
    .filter(([name]) => name !== 'signature')
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `${protocol}//${hostname}${pathname}?${new URLSearchParams(sorted).toString().replaceAll('*', '%2A')}`;
}

/** The parameters of a query by name; undefined when a name stands twice: which one was meant, the signature does not say. */
export function parseQuery(query: string): ReadonlyMap<string, string> | undefined {
  const entries = [...new URLSearchParams(query)];
  const parameters = new Map(entries);
  return parameters.size === entries.length ? parameters : undefined;
}
