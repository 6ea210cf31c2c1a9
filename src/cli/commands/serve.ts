import { parseArgs } from 'node:util';
import { readConfig } from '../../config.ts';
import { createLog } from '../../log.ts';
import { start } from '../../start.ts';
import type { Command } from '../command.ts';
import { untilStopped } from '../until-stopped.ts';

/** Starts the server. */
export const serve: Command = {
  usage: '[--roles web,worker]',
  doc: 'Starts the server with page, API and worker.\nSettings come from the environment; docs/configuration.md lists them.',
  async run(words, environment) {
    const { values } = parseArgs({ args: [...words], options: { roles: { type: 'string' } } });
    const config = readConfig({ ...environment, ...(values.roles ? { ROLES: values.roles } : {}) });
    const running = await start(config, createLog(config.logLevel));
    if (running.origin) console.log(`Newsletter Connector is ready: ${running.origin}`);
    if (running.setupLink) console.log(`Make the first operator account here (works once): ${running.setupLink}`);
    await untilStopped();
    await running.close();
    return 0;
  },
};
