import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../../config.ts';
import { createApiClient, downloadFile, findServer } from '../api-client.ts';
import { type Command, CommandError } from '../command.ts';

/** The onOffice customers of the installation: a list, their opt-outs as a file, and the end of one (U7, R14). */
export const tenant: Command = {
  usage: 'list | opt-outs ID | delete ID --name NAME',
  doc: [
    'list: the onOffice customers of this installation, with their ids.',
    'opt-outs: everybody who opted out, as CSV on standard output. Keep it before you delete a customer.',
    'delete: everything that is stored for one, its consent record as well. It cannot be undone, and nobody remembers the',
    'opt-outs then. --name has to be the name that "list" shows.',
  ].join('\n'),
  async run(words, environment) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { name: { type: 'string' } },
    });
    const [what, tenantId, ...rest] = positionals;
    const isKnown = what === 'list' ? tenantId === undefined : what === 'opt-outs' || what === 'delete';
    if (!isKnown || rest.length > 0 || (what !== 'list' && tenantId === undefined)) {
      throw new CommandError('tenant takes one of: list, opt-outs ID, delete ID --name NAME.');
    }
    const server = findServer(readConfig(environment).dataFolder);
    const call = createApiClient(server);
    if (what === 'list' || tenantId === undefined) {
      const { tenants } = await call('GET /api/tenants', {});
      for (const { id, name, connections } of tenants)
        console.log(`${id}  ${name}  connections: ${connections.length}`);
      return 0;
    }
    if (what === 'opt-outs') {
      const path = `/api/tenants/${encodeURIComponent(tenantId)}/opt-outs.csv`;
      await pipeline(downloadFile(server, path), process.stdout, { end: false });
      return 0;
    }
    const { hooksLeft } = await call('DELETE /api/tenants/:tenantId', {
      params: { tenantId },
      body: { name: values.name ?? '' },
    });
    console.log('Everything about this customer is deleted.');
    if (hooksLeft > 0)
      console.log(`Webhooks that could not be taken off at the provider: ${hooksLeft}. Delete them there.`);
    return 0;
  },
};
