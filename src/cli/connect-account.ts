import type { ProviderName } from '../core/mailing-provider.ts';
import type { ApiClient } from './api-client.ts';
import { CommandError } from './command.ts';

/** Credentials of both sides. */
export type AccountKeys = { token: string; secret: string; provider: ProviderName; apiKey: string };

/**
 * Set-up steps 1 and 2 (U1) with what is recognised: makes the connection, its audience, fields and webhook.
 *
 * @param audienceId an existing audience; undefined: the one named `onoffice`, found or made (M2)
 * @returns the connection's id
 */
export async function connectAccount(call: ApiClient, keys: AccountKeys, audienceId?: string): Promise<string> {
  const checked = await call('POST /api/checks/provider', { body: { provider: keys.provider, apiKey: keys.apiKey } });
  if (audienceId === undefined && checked.onofficeAudience === 'no-room') {
    const audiences = checked.audiences.map(({ id, name }) => `${id} (${name})`).join(', ');
    throw new CommandError(
      `The plan has no room for another audience: name an existing one with --audience: ${audiences}`,
    );
  }
  const audience =
    audienceId === undefined ? ({ choice: 'onoffice' } as const) : ({ choice: 'existing', id: audienceId } as const);
  const connection = await call('POST /api/connections', {
    body: {
      crm: { token: keys.token, secret: keys.secret },
      provider: keys.provider,
      apiKey: keys.apiKey,
      audience,
    },
  });
  const params = { connectionId: connection.id };
  const settings = await call('GET /api/connections/:connectionId/settings', { params });
  await call('PUT /api/connections/:connectionId/settings', { params, body: settings });
  return connection.id;
}
