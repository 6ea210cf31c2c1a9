import { ApiError, unauthorized } from './api-error.ts';
import { type Account, type ApiKey, KEY_RESOURCES, KEY_RIGHTS, type KeyRight } from './entities.ts';
import type { World } from './world.ts';

/** Who calls. */
export type Caller = { account: Account; key: ApiKey };

/** The address callers have in the text about an unknown one. */
const CALLER_IP = '203.0.113.10';

/**
 * Finds the account of a request by its `api-key` header (fact sheet 1.1).
 *
 * @throws ApiError 401
 */
export function authenticate(world: World, headers: Headers): Caller {
  const given = headers.get('api-key');
  if (!given) throw unauthorized('authentication not found in headers');
  for (const account of world.store.accounts.values()) {
    const key = account.apiKeys.get(given);
    if (key?.state !== 'active') continue;
    if (account.blocksCaller)
      throw unauthorized(
        `We have detected you are using an unrecognised IP address ${CALLER_IP}. If you performed this action make sure to add the new IP address in this link: https://app.brevo.com/security/authorised_ips`,
      );
    return { account, key };
  }
  throw unauthorized('Key not found');
}

/** Checks a restricted key's right: GET needs read, DELETE needs all (fact sheet 1.1). Throws ApiError 401 or 403. */
export function checkPermission(world: World, { key }: Caller, method: string, path: string): void {
  const noun = path.split('/')[1];
  const resource = KEY_RESOURCES.find((candidate) => candidate === noun);
  if (!resource) return;
  const needed: KeyRight = method === 'GET' ? 'read' : method === 'DELETE' ? 'all' : 'read-write';
  if (KEY_RIGHTS.indexOf(key.permissions[resource] ?? 'all') >= KEY_RIGHTS.indexOf(needed)) return;
  const message = 'You do not have the required permissions to access this resource';
  throw world.switches.missingPermission === 'bare-401'
    ? new ApiError(401, undefined, message)
    : new ApiError(403, 'permission_denied', message);
}
