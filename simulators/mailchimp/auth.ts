import type { Account } from './entities.ts';
import { apiKeyInvalid, Problem, userDisabled } from './problem.ts';
import type { World } from './world.ts';

/** Who calls. */
export type Caller = { account: Account; apiKey: string };

/**
 * Finds the account of a request: HTTP Basic with any user, `Bearer` or `apikey` (fact sheet 1.1).
 *
 * @throws Problem 401 or 403
 */
export function authenticate(world: World, headers: Headers): Caller {
  const apiKey = readKey(headers.get('authorization') ?? '');
  if (!apiKey) throw new Problem(401, 'API Key Missing', 'Your request did not include an API key.');
  const dataCenter = apiKey.split('-')[1];
  if (dataCenter && dataCenter !== world.dataCenter) {
    if (world.switches.wrongDataCenter === 'invalid-key') throw apiKeyInvalid();
    throw new Problem(403, 'Forbidden', `The API key provided is linked to datacenter '${dataCenter}'`);
  }
  for (const account of world.store.accounts.values()) {
    const state = account.apiKeys.get(apiKey);
    if (state === 'active') return { account, apiKey };
    if (state === 'disabled') throw userDisabled();
  }
  throw apiKeyInvalid();
}

function readKey(header: string): string | undefined {
  const [scheme = '', credentials = ''] = header.trim().split(/\s+/, 2);
  switch (scheme.toLowerCase()) {
    case 'basic': {
      const decoded = Buffer.from(credentials, 'base64').toString('utf8');
      return decoded.slice(decoded.indexOf(':') + 1);
    }
    case 'bearer':
    case 'apikey':
      return credentials;
    default:
      return undefined;
  }
}
