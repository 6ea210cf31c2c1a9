import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { createKeepAliveFetch } from './adapters/http/node-fetch.ts';
import { createOutsideSystems } from './adapters/providers.ts';
import { readAliveFile, writeAliveFile } from './alive-file.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import { Secret } from './core/secret.ts';
import { type Database, openPglite, openPostgres } from './db/database.ts';
import { type Migration, migrate, readMigrations } from './db/migrate.ts';
import { operators } from './db/operators.ts';
import { placeOf } from './db/place.ts';
import { lockDatabase } from './db/process-lock.ts';
import { createSecretBox } from './db/secret-box.ts';
import { planHookChecks } from './db/sync-cursors.ts';
import { freePort } from './free-port.ts';
import { createApp } from './http/app.ts';
import type { AppParts } from './http/app-parts.ts';
import { tokenHash } from './http/auth.ts';
import { createRunEvents } from './http/run-events.ts';
import { startConsentHeadClock } from './jobs/consent-head-clock.ts';
import { startHeartbeat } from './jobs/heartbeat.ts';
import { startLaneQueue } from './jobs/lane-queue.ts';
import { createLaneWorker } from './jobs/lane-worker.ts';
import { settleStart } from './jobs/settle-start.ts';
import { startTick } from './jobs/tick.ts';
import { readLocalKeys } from './local-keys.ts';

/** A running server. */
export type Running = {
  /** address on this machine */
  origin: string;
  /** one-time link that makes the first operator; undefined when there is one */
  setupLink: string | undefined;
  /** lets programs of this machine's user call the API as administrator */
  cliToken: string;
  /** Ends everything in reverse order; what was begun is resumed at the next start. */
  close(): Promise<void>;
};

/** Where the command line finds the running server, in the data folder and readable by its user alone. */
export const SERVER_FILE = 'server.json';

const root = join(import.meta.dirname, '..');

/** The program's migrations, in their order. */
export function programMigrations(): Migration[] {
  return readMigrations(join(root, 'migrations'));
}

/** The program's version, from its package. */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/**
 * Builds every part once, starts web, worker or both, and hands back how to stop (composition root).
 *
 * @param extra.practice credentials of the simulators, in practice mode
 * @throws Error when the port is taken, the data folder is in use or the database cannot be reached
 */
export async function start(
  config: Config,
  log: Logger,
  extra: { practice?: AppParts['practice'] } = {},
): Promise<Running> {
  const clock: Clock = { now: () => Date.now() };
  const keys = readLocalKeys(config.dataFolder, config);
  const box = createSecretBox(keys.masterKey);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.toReversed()) await closer();
  };
  try {
    if (config.databaseUrl) closers.push(await takePartIn(config.databaseUrl));
    const database = config.databaseUrl ? openPostgres(config.databaseUrl) : await openPglite(config.dataFolder);
    closers.push(() => database.close());
    const migrations = programMigrations();
    await migrate(database, migrations);
    await settleStanding(database, config, keys.installationId, clock, log);
    const heartbeat = startHeartbeat(
      database,
      clock,
      (now) => writeAliveFile(config.dataFolder, now),
      (error) => log.warn({ err: error }, 'Heartbeat failed'),
    );
    closers.push(() => heartbeat.stop());

    const metrics = new Registry();
    const pool = createKeepAliveFetch({ connections: 10 });
    closers.push(() => pool.close());
    const hasWeb = config.roles.includes('web');
    const port = hasWeb && config.port === 0 ? await freePort(config.host) : config.port;
    // A worker apart knows the address only where it is set.
    const publicUrl = config.publicUrl ?? (hasWeb ? `http://${config.host}:${port}` : undefined);
    const systems = createOutsideSystems({
      fetch: pool.fetch,
      clock,
      sleep: (ms) => delay(ms),
      random: Math.random,
      urls: { onoffice: config.onOfficeUrl, mailchimp: config.mailchimpUrl, brevo: config.brevoUrl },
      onOfficeLimits: { requestsPerSecond: config.onOfficeRequestsPerSecond },
      ...(config.onOfficeProviderSecret && publicUrl !== undefined
        ? { marketplace: { providerSecret: new Secret(config.onOfficeProviderSecret), publicUrl } }
        : {}),
      language: config.language,
    });
    const isProviderLocal = config.mailchimpUrl !== undefined || config.brevoUrl !== undefined;
    const isPractice = extra.practice !== undefined || isProviderLocal;
    const queue = await startLaneQueue(database, (error) => log.warn({ error }, 'Queue failed'));
    closers.push(() => queue.stop());
    const runEvents = createRunEvents();
    if (config.roles.includes('worker')) {
      await queue.work(
        createLaneWorker({
          database,
          box,
          systems,
          clock,
          language: config.language,
          newId: randomUUID,
          place: publicUrl === undefined ? undefined : { publicUrl, installationId: keys.installationId, isPractice },
          onProgress: (connectionId) => runEvents.emit({ connectionId, what: 'run' }),
          onBug: (error, connectionId) => log.error({ err: error, connectionId }, 'Sync run failed'),
        }),
      );
      // Mailchimp asks a new hook's address at once: the web server must listen by then.
      await planHookChecks(database.db, clock.now() + 30_000);
      const tick = startTick(database, queue, clock, (error) => log.warn({ err: error }, 'Tick failed'));
      closers.push(() => tick.stop());
      await tick.run();
      const heads = startConsentHeadClock({ database, box, clock, log }, (error) =>
        log.warn({ err: error }, 'Check of the consent record failed'),
      );
      closers.push(() => heads.stop());
    }
    if (!hasWeb || publicUrl === undefined) return { origin: '', setupLink: undefined, cliToken: '', close };

    const cliToken = randomBytes(32).toString('base64url');
    const app = await createApp({
      database,
      box,
      systems,
      queue,
      clock,
      randomBytes,
      log,
      publicUrl,
      crmOrigins: config.onOfficeOrigins,
      privacyUrl: config.privacyUrl,
      installationId: keys.installationId,
      trustProxy: config.trustProxy,
      cliToken,
      practice: extra.practice,
      isProviderLocal,
      webRoot: join(root, 'web', 'dist'),
      version: programVersion(),
      migrations,
      runEvents,
      metrics,
      language: config.language,
    });
    closers.push(() => app.close());
    const origin = await app.listen({ host: config.host, port });
    const serverFile = join(config.dataFolder, SERVER_FILE);
    writeFileSync(serverFile, JSON.stringify({ origin, token: cliToken }), { mode: 0o600 });
    closers.push(async () => rmSync(serverFile, { force: true }));
    return {
      origin,
      setupLink: await makeSetupLink(database, config.publicUrl ?? origin, clock.now()),
      cliToken,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a start finds out about its data, before anything works with them (F9). */
async function settleStanding(
  database: Database,
  { dataFolder }: Config,
  installationId: string,
  clock: Clock,
  log: Logger,
): Promise<void> {
  const found = await settleStart(database, {
    installationId,
    place: await placeOf(database, dataFolder),
    folderAliveAt: readAliveFile(dataFolder),
    now: clock.now(),
  });
  if (found.wentBack)
    log.warn({ cause: found.wentBack }, 'The data went back in time: every connection reads first and asks');
  if (found.twin) log.warn({ cause: found.twin }, 'The data may be a copy: every connection waits to be taken over');
}

/** @throws Error while a backup is put back into the database */
async function takePartIn(url: string): Promise<() => Promise<void>> {
  const lock = await lockDatabase(url, 'shared');
  if (!lock) throw new Error('A backup is being restored into this database: start the server when that has ended');
  return () => lock.release();
}

async function makeSetupLink(
  database: Awaited<ReturnType<typeof openPglite>>,
  origin: string,
  now: number,
): Promise<string | undefined> {
  if (await operators(database.db).any()) return undefined;
  const token = randomBytes(32).toString('base64url');
  await operators(database.db).addSetupLink(tokenHash(token), now);
  return `${origin}/setup?token=${token}`;
}
