import { parseArgs } from 'node:util';
import { readConfig } from '../../config.ts';
import { runningServer } from '../api-client.ts';
import { type Command, CommandError } from '../command.ts';
import { onlyConnection } from '../only-connection.ts';
import { bridgeLines, previewLines, runLines } from '../report.ts';
import { watchRun } from '../watch-run.ts';

/** Runs a full sync of one connection. */
export const sync: Command = {
  usage: '[--preview] [--approve] [--connection ID]',
  doc: [
    'Runs a full sync and shows its result.',
    '--preview shows what it would do and writes nothing; the run then waits for an answer.',
    '--approve answers Yes where a preview asks, after showing it.',
    '--connection is needed where there are several.',
  ].join('\n'),
  async run(words, environment) {
    const { values } = parseArgs({
      args: [...words],
      options: { preview: { type: 'boolean' }, approve: { type: 'boolean' }, connection: { type: 'string' } },
    });
    if (values.preview && values.approve) throw new CommandError('--preview and --approve exclude each other.');
    const call = runningServer(readConfig(environment).dataFolder);
    const connectionId = values.connection ?? (await onlyConnection(call));
    const started = await call('POST /api/connections/:connectionId/runs', {
      params: { connectionId },
      body: { preview: values.preview ?? false },
    });
    const params = { connectionId, runId: started.id };
    let run = await watchRun(call, params);
    if (run.state === 'awaiting-approval') {
      const preview = await call('GET /api/connections/:connectionId/runs/:runId/preview', {
        params,
        query: { language: 'en' },
      });
      console.log(previewLines(preview).join('\n'));
      if (!values.approve) {
        console.log(
          'It waits for an answer: start or cancel it on the page, or run "sync --approve" after cancelling.',
        );
        return 0;
      }
      await call('POST /api/connections/:connectionId/runs/:runId/approve', { params, body: {} });
      run = await watchRun(call, params);
    }
    console.log(runLines(run).join('\n'));
    const { bridge } = await call('GET /api/connections/:connectionId/overview', { params: { connectionId } });
    if (bridge) console.log(bridgeLines(bridge).join('\n'));
    return run.state === 'succeeded' ? 0 : 1;
  },
};
