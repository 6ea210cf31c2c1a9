import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { readConfig } from '../../config.ts';
import type { ChainCheck } from '../../http/api/consent-record.ts';
import { createApiClient, downloadFile, findServer } from '../api-client.ts';
import { type Command, CommandError } from '../command.ts';

/** Checks and exports the consent record (R14). */
export const consent: Command = {
  usage: 'verify|export [--tenant ID] [--format json|csv]',
  doc: [
    'Checks the consent record, or writes it to standard output.',
    'verify: goes through the record of each tenant from its first entry to its last, compares it with the ends that were',
    'logged on earlier days, and says how many entries it has and with which hash it ends. Exit code 1 with the number of',
    'the first entry that does not fit.',
    'export: all entries with everything that their hashes are made of, as JSON or CSV.',
    '--tenant: one tenant only; "verify" shows their ids.',
  ].join('\n'),
  async run(words, environment) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { tenant: { type: 'string' }, format: { type: 'string' } },
    });
    const [what, ...rest] = positionals;
    if ((what !== 'verify' && what !== 'export') || rest.length > 0) {
      throw new CommandError('consent takes one of: verify, export.');
    }
    if (what === 'verify' && values.format !== undefined) throw new CommandError('--format belongs to export.');
    const format = values.format ?? 'json';
    if (format !== 'json' && format !== 'csv') throw new CommandError(`--format takes json or csv, not "${format}".`);
    const server = findServer(readConfig(environment).dataFolder);
    const query = values.tenant === undefined ? {} : { tenantId: values.tenant };
    if (what === 'export') {
      const path = `/api/consent-record/records.${format}?${new URLSearchParams(query)}`;
      await pipeline(downloadFile(server, path), process.stdout, { end: false });
      return 0;
    }
    const { chains } = await createApiClient(server)('GET /api/consent-record/checks', { query });
    if (chains.length === 0) console.log('There is no tenant yet.');
    for (const chain of chains) console.log(chainLines(chain).join('\n'));
    return chains.every(({ brokenAt }) => brokenAt === null) ? 0 : 1;
  },
};

type Chain = z.output<typeof ChainCheck>;

const WHY: Readonly<Record<NonNullable<Chain['how']>, string>> = {
  altered: 'its content is not what was booked',
  missing: 'it was removed',
  cut: 'the record ends before it, but a later end was logged',
  replaced: 'from here on the record is not the one whose end was logged',
};

/** A check as lines for a terminal. */
function chainLines({ tenantId, tenantName, count, head, brokenAt, how, lastLogged }: Chain): string[] {
  return [
    `Tenant ${tenantId} (${tenantName})`,
    `  entries that fit  ${count}`,
    `  last hash         ${head}`,
    lastLogged
      ? `  compared with     entry ${lastLogged.count}, ${lastLogged.head}, logged ${lastLogged.at}`
      : '  compared with     nothing: no end was logged yet',
    brokenAt === null
      ? '  The record is whole.'
      : `  The record is BROKEN at entry ${brokenAt}: ${how === null ? 'it does not fit' : WHY[how]}.`,
  ];
}
