import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../../config.ts';
import type { ProviderName } from '../../core/mailing-provider.ts';
import { createLog } from '../../log.ts';
import { start } from '../../start.ts';
import { createApiClient } from '../api-client.ts';
import { type Command, CommandError, providerName, wholeNumber } from '../command.ts';
import { connectAccount } from '../connect-account.ts';
import { bridgeLines, previewLines, runLines } from '../report.ts';
import { untilStopped } from '../until-stopped.ts';
import { watchRun } from '../watch-run.ts';
import { LANGUAGES, type PracticeWorld, startPracticeWorld } from './demo-simulators.ts';

/** Practice mode: the whole product against simulators of the outside systems (product section 8, 11). */
export const demo: Command = {
  usage: '[--run-once] [--provider mailchimp|brevo] [--contacts N] [--seed N] [--audience existing|empty] [--port N]',
  doc: [
    'Practice mode: starts simulators of onOffice, Mailchimp and Brevo with a made-up agency, and the connector.',
    'Nothing leaves this machine, and nothing is kept afterwards.',
    '--run-once connects, runs the first full sync, prints the report and ends; exit code 0 only if the count bridge adds up.',
    '--contacts (default 2500), --seed (default 1): the same seed draws the same agency and gives the same report.',
    '--audience empty: nobody is at the provider yet.',
    `--account-language (default de): language in which the Brevo account was opened: ${LANGUAGES.join(', ')}.`,
  ].join('\n'),
  async run(words, environment) {
    const { values } = parseArgs({
      args: [...words],
      options: {
        'run-once': { type: 'boolean', default: false },
        provider: { type: 'string', default: 'mailchimp' },
        contacts: { type: 'string', default: '2500' },
        seed: { type: 'string', default: '1' },
        audience: { type: 'string', default: 'existing' },
        'account-language': { type: 'string', default: 'de' },
        port: { type: 'string' },
      },
    });
    const provider = providerName(values.provider);
    const accountLanguage = LANGUAGES.find((language) => language === values['account-language']);
    if (!accountLanguage) throw new CommandError(`--account-language takes ${LANGUAGES.join(', ')}.`);
    const { audience } = values;
    if (audience !== 'existing' && audience !== 'empty') throw new CommandError('--audience takes existing or empty.');
    const runOnce = values['run-once'];
    const port = wholeNumber('port', values.port ?? (runOnce ? '0' : '8080'), { from: 0, to: 65_535 });
    const world = await startPracticeWorld({
      contacts: wholeNumber('contacts', values.contacts, { from: 1, to: 1_000_000 }),
      seed: wholeNumber('seed', values.seed, { from: 0, to: 2_147_483_647 }),
      audience,
      accountLanguage,
      ports:
        runOnce || port === 0
          ? { onOffice: 0, mailchimp: 0, brevo: 0 }
          : { onOffice: port + 1, mailchimp: port + 2, brevo: port + 3 },
    });
    const dataFolder = mkdtempSync(join(tmpdir(), 'newsletter-connector-demo-'));
    const config: Config = {
      // Practice never touches a real database or a real key.
      ...readConfig({
        ...environment,
        DATABASE_URL: '',
        MASTER_KEY: '',
        LOG_LEVEL: environment.LOG_LEVEL ?? 'warn',
      }),
      port,
      dataFolder,
      onOfficeProviderSecret: world.marketplace.providerSecret,
      onOfficeOrigins: [world.marketplace.crmOrigin],
      onOfficeUrl: world.onOfficeUrl,
      mailchimpUrl: world.mailchimpUrl,
      brevoUrl: world.brevoUrl,
      // A practice CRM has no agents who would feel a fast reader.
      onOfficeRequestsPerSecond: 1_000,
    };
    try {
      return runOnce ? await syncOnce(config, world, provider) : await serveUntilStopped(config, world);
    } finally {
      await world.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  },
};

async function serveUntilStopped(config: Config, world: PracticeWorld): Promise<number> {
  const running = await start(config, createLog(config.logLevel), { practice: world.credentials });
  world.register(running.origin);
  console.log(`
Practice mode is ready.

  Newsletter Connector   ${running.setupLink ?? running.origin}
                         (the link makes your operator account and works once; afterwards: ${running.origin})
  onOffice simulator     ${world.credentials.crm.console}
                         (Marketplace there: activate the connector and open it inside the CRM, without an account)
                         API token ${world.credentials.crm.token}
                         secret    ${world.credentials.crm.secret}
  Mailchimp simulator    ${world.credentials.mailchimp.console}
                         API key   ${world.credentials.mailchimp.apiKey}
  Brevo simulator        ${world.credentials.brevo.console}
                         API key   ${world.credentials.brevo.apiKey}

Ctrl-C ends it; nothing is kept.`);
  await untilStopped();
  await running.close();
  return 0;
}

async function syncOnce(config: Config, world: PracticeWorld, provider: ProviderName): Promise<number> {
  const startedAt = performance.now();
  const running = await start(config, createLog(config.logLevel), { practice: world.credentials });
  try {
    const call = createApiClient({ origin: running.origin, token: running.cliToken });
    const { token, secret } = world.credentials.crm;
    const { apiKey } = world.credentials[provider];
    const connectionId = await connectAccount(call, { token, secret, provider, apiKey });
    const setUp = world.counts();
    const syncStartedAt = performance.now();
    const started = await call('POST /api/connections/:connectionId/runs', {
      params: { connectionId },
      body: { preview: false },
    });
    const params = { connectionId, runId: started.id };
    await watchRun(call, params);
    const preview = await call('GET /api/connections/:connectionId/runs/:runId/preview', {
      params,
      query: { language: 'en' },
    });
    console.log(previewLines(preview).join('\n'));
    await call('POST /api/connections/:connectionId/runs/:runId/approve', { params, body: {} });
    const run = await watchRun(call, params);
    console.log(runLines(run).join('\n'));
    const { bridge } = await call('GET /api/connections/:connectionId/overview', { params: { connectionId } });
    if (bridge) console.log(bridgeLines(bridge).join('\n'));
    const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(1);
    const counts = world.counts();
    console.error(
      [
        '',
        'Measured (differs from run to run):',
        `  first full sync ${seconds(syncStartedAt)} s, with start and set-up ${seconds(startedAt)} s`,
        `  requests of the sync: onOffice ${counts.onOffice - setUp.onOffice}, ${provider} ${counts[provider] - setUp[provider]}; set-up: onOffice ${setUp.onOffice}, ${provider} ${setUp[provider]}`,
        `  at most ${counts.mailchimpAtOnce} Mailchimp requests at the same time`,
        `  greatest memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, simulators included`,
      ].join('\n'),
    );
    return run.state === 'succeeded' && bridge?.addsUp === true ? 0 : 1;
  } finally {
    await running.close();
  }
}
