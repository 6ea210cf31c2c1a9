import { createHash } from 'node:crypto';

/**
 * The key under which a happening at the provider is recognised when it is told again: a hash, so that it is short and names
 * nobody.
 *
 * @param parts whatever tells this happening from every other one
 */
export function eventKey(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
