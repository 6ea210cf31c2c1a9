import type { ApiClient } from './api-client.ts';
import { CommandError } from './command.ts';

/** The one connection there is, where a command does not name one. @throws CommandError */
export async function onlyConnection(call: ApiClient): Promise<string> {
  const { connections } = await call('GET /api/connections', {});
  const [connection, another] = connections;
  if (!connection) throw new CommandError('There is no connection yet: make one with "connect" or on the page.');
  if (another) {
    throw new CommandError(
      `There are several connections, name one with --connection: ${connections.map(({ id }) => id).join(', ')}`,
    );
  }
  return connection.id;
}
