import { parseArgs } from 'node:util';
import { readConfig } from '../../config.ts';
import { runningServer } from '../api-client.ts';
import { type Command, CommandError } from '../command.ts';
import { onlyConnection } from '../only-connection.ts';
import { personLines } from '../person-report.ts';

/** Explains one person: both sides, what is on record, what the next run will do and why (U4). */
export const explain: Command = {
  usage: '<address or record number> [--connection ID]',
  doc: [
    'Explains one person: both sides, the record of consent, and what the next run will do and why.',
    'It shows what was last read and asks nobody.',
    '--connection is needed where there are several.',
  ].join('\n'),
  async run(words, environment) {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { connection: { type: 'string' } },
    });
    const [person, ...rest] = positionals;
    if (person === undefined || rest.length > 0) {
      throw new CommandError('explain takes one e-mail address, or the record number of one contact.');
    }
    const call = runningServer(readConfig(environment).dataFolder);
    const connectionId = values.connection ?? (await onlyConnection(call));
    const view = await call('GET /api/connections/:connectionId/people/:person', {
      params: { connectionId, person },
      query: { language: 'en' },
    });
    console.log(personLines(view).join('\n'));
    return 0;
  },
};
