import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { sql } from 'kysely';
import pino from 'pino';
import { Registry } from 'prom-client';
import { type BrevoSimulatorOptions, createBrevoSimulator } from '../../simulators/brevo/index.ts';
import { createMailchimpSimulator, type MailchimpSimulatorOptions } from '../../simulators/mailchimp/index.ts';
import {
  createOnOfficeSimulator,
  DEFAULT_SECRET,
  DEFAULT_TOKEN,
  type OnOfficeOptions,
} from '../../simulators/onoffice/index.ts';
import type { Simulator } from '../../simulators/shared/simulator.ts';
import { createOutsideSystems } from '../../src/adapters/providers.ts';
import { Secret } from '../../src/core/secret.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { migrate, readMigrations } from '../../src/db/migrate.ts';
import { type OperatorRole, operators } from '../../src/db/operators.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { createApp } from '../../src/http/app.ts';
import type { AppParts } from '../../src/http/app-parts.ts';
import { tokenHash } from '../../src/http/auth.ts';
import { hashPassword } from '../../src/http/password.ts';
import { createRunEvents } from '../../src/http/run-events.ts';

export const PUBLIC_URL = 'https://connector.immo-test.de';
export const CRM_ORIGIN = 'https://crm.immo-test.de';
export const CRM_KEYS = { token: DEFAULT_TOKEN, secret: DEFAULT_SECRET };
export const PROVIDER_SECRET = 'provider-secret-1';
export const PASSWORD = 'ein langes Passwort';

const root = join(import.meta.dirname, '../..');
const migrations = readMigrations(join(root, 'migrations'));

/** What an injected request answered. */
export type Answered = {
  status: number;
  json: Record<string, never> & { error?: { code: string; field?: string } };
  text: string;
  cookie: string;
};

/** The web server before the simulators, all in one process on virtual time. */
export type HttpWorld = Awaited<ReturnType<typeof createHttpWorld>>;

/** A database with every table, for all worlds of a test file: making one takes seconds, emptying it none. */
export async function openHttpDatabase(): Promise<Database> {
  const database = await openPglite(undefined);
  await migrate(database, migrations);
  return database;
}

/**
 * Empties the database and builds a server on it.
 *
 * @param options.skewMs how far our clock is from the CRM's
 */
export async function createHttpWorld(
  database: Database,
  options: {
    crm?: Partial<OnOfficeOptions>;
    mailchimp?: Partial<MailchimpSimulatorOptions>;
    brevo?: Partial<BrevoSimulatorOptions>;
    parts?: Partial<AppParts>;
    skewMs?: number;
  } = {},
) {
  let now = Date.parse('2026-03-01T08:00:00Z');
  const clock = { now: () => now };
  const sleep = async (ms: number) => {
    now += ms;
  };
  const lines: string[] = [];
  const publicUrl = options.parts?.publicUrl ?? PUBLIC_URL;
  let app: FastifyInstance | undefined;
  // Webhooks come back to the very server that made them.
  const deliver = async (request: Request) => {
    const body = request.method === 'POST' ? await request.text() : undefined;
    const answer = await app?.inject({
      method: request.method === 'POST' ? 'POST' : 'GET',
      url: new URL(request.url).pathname + new URL(request.url).search,
      headers: Object.fromEntries(request.headers),
      ...(body === undefined ? {} : { payload: body }),
    });
    return new Response(null, { status: answer?.statusCode ?? 502 });
  };
  const crm = createOnOfficeSimulator({
    clock: { now: () => now + (options.skewMs ?? 0) },
    wait: sleep,
    fetch: deliver,
    ...options.crm,
  });
  const mailchimp = createMailchimpSimulator({ clock, wait: sleep, fetch: deliver, ...options.mailchimp });
  const brevo = createBrevoSimulator({ clock, wait: sleep, fetch: deliver, ...options.brevo });
  const hosts = new Map<string, Pick<Simulator, 'fetch'>>([
    ['onoffice.test', crm],
    ['mailchimp.test', mailchimp],
    ['brevo.test', brevo],
  ]);
  await database.runScript('truncate tenants, operators, setup_links, used_calls cascade; delete from journal;');
  const systems = createOutsideSystems({
    fetch: async (url, init) => {
      const host = hosts.get(new URL(url).hostname);
      if (!host) throw new Error(`no simulator at ${url}`);
      return host.fetch(new Request(url, init as RequestInit));
    },
    clock,
    sleep,
    random: () => 0.5,
    urls: {
      onoffice: 'http://onoffice.test/api/stable/api.php',
      mailchimp: 'http://mailchimp.test/3.0',
      brevo: 'http://brevo.test/v3',
    },
    onOfficeLimits: { requestsPerSecond: 1_000_000 },
    marketplace: { providerSecret: new Secret(PROVIDER_SECRET), publicUrl },
    language: 'de',
  });
  const woken: string[] = [];
  const parts: AppParts = {
    database,
    box: createSecretBox(Buffer.alloc(32, 7)),
    systems,
    queue: { wake: async (lane) => void woken.push(lane) },
    clock,
    randomBytes,
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    publicUrl,
    crmOrigins: [CRM_ORIGIN],
    installationId: 'installation-a',
    cliToken: 'a-token-of-the-command-line',
    webRoot: join(root, 'test/support/no-such-folder'),
    version: '1.2.3',
    migrations,
    runEvents: createRunEvents(),
    metrics: new Registry(),
    language: 'de',
    ...options.parts,
  };
  const built = createApp(parts);
  app = built;

  const request = async (
    url: string,
    more: Omit<InjectOptions, 'url'> & { cookie?: string } = {},
  ): Promise<Answered> => {
    const { cookie, ...rest } = more;
    const answer = await built.inject({
      url,
      ...rest,
      headers: {
        ...(cookie ? { cookie, 'x-requested-with': 'newsletter-connector' } : {}),
        ...rest.headers,
      },
    });
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    return {
      status: answer.statusCode,
      json: isJson ? answer.json() : {},
      text: answer.body,
      cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '',
    };
  };

  /** Calls as the command line does: an administrator. */
  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    request(url, {
      method,
      headers: { authorization: `Bearer ${parts.cliToken}` },
      ...(payload === undefined ? {} : { payload }),
    });

  return {
    app: built,
    parts,
    crm,
    mailchimp,
    brevo,
    database,
    clock,
    woken,
    /** every line of the log */
    lines,
    request,
    call,
    advance: (ms: number) => {
      now += ms;
    },
    /** Adds an operator and logs him in; answers his cookie. */
    async logIn(role: OperatorRole): Promise<string> {
      const passwordHash = await hashPassword(PASSWORD, randomBytes);
      await operators(database.db).add({ id: role, name: role, passwordHash, role }, now);
      return (await request('/api/session', { method: 'POST', payload: { name: role, password: PASSWORD } })).cookie;
    },
    async setupLink(token: string): Promise<void> {
      await operators(database.db).addSetupLink(tokenHash(token), now);
    },
    /** Saves step 1 of the set-up with keys that work. */
    connect: (more: object = {}) =>
      call('POST', '/api/connections', {
        crm: CRM_KEYS,
        provider: 'mailchimp',
        apiKey: mailchimp.apiKey,
        audience: { choice: 'onoffice' },
        ...more,
      }),
    /** How many rows of set-up are stored. */
    async rows(): Promise<Record<string, number>> {
      const { rows } = await sql<Record<string, number>>`select
        (select count(*)::int from tenants) as tenants, (select count(*)::int from connections) as connections,
        (select count(*)::int from secrets) as secrets, (select count(*)::int from health) as health,
        (select count(*)::int from journal) as journal`.execute(database.db);
      return rows[0] ?? {};
    },
    close: () => built.close(),
  };
}
