import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { readConfig } from '../../config.ts';
import type { ConnectionSummary } from '../../http/api/connections.ts';
import { errorText } from '../../http/error-texts.ts';
import { runningServer } from '../api-client.ts';
import type { Command } from '../command.ts';
import { bridgeLines, runLines } from '../report.ts';

/** Shows every connection with its health, its numbers and its last run. */
export const status: Command = {
  usage: '',
  doc: 'Shows all connections: health, numbers of both sides, last and running sync.',
  async run(words, environment) {
    parseArgs({ args: [...words], options: {} });
    const call = runningServer(readConfig(environment).dataFolder);
    const { connections } = await call('GET /api/connections', {});
    if (connections.length === 0) console.log('There is no connection yet.');
    for (const { id } of connections) {
      const overview = await call('GET /api/connections/:connectionId/overview', { params: { connectionId: id } });
      const { connection, health, bridge } = overview;
      console.log(`${connection.id}  ${connection.provider}  ${connection.accountName}  ${connection.state}`);
      for (const line of standingLines(connection)) console.log(`  ${line}`);
      for (const [system, { state, notice }] of Object.entries(health)) {
        console.log(`  ${system.padEnd(10)} ${state}${notice ? ` (${notice.code})` : ''}`);
      }
      const run = overview.runningRun ?? overview.lastRun;
      if (run) console.log(runLines(run).join('\n'));
      if (bridge) console.log(bridgeLines(bridge).join('\n'));
    }
    return 0;
  },
};

/** What keeps a connection from writing (F9). */
function standingLines({ twin, wentBack }: z.output<typeof ConnectionSummary>): string[] {
  return [
    ...(twin ? [`stopped: ${errorText(`twin.${twin.cause}`, {})} Take the audience over on the page to go on.`] : []),
    ...(wentBack && !wentBack.isCaughtUp
      ? [`reads first and asks: ${errorText(`going_back.${wentBack.cause}`, {})} Approve the preview to go on.`]
      : []),
  ];
}
