import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createOutsideSystems } from '../../src/adapters/providers.ts';
import type { Connection } from '../../src/core/connection.ts';
import { Secret } from '../../src/core/secret.ts';
import { connectionRow, connections } from '../../src/db/connections.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { migrate, readMigrations } from '../../src/db/migrate.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { secrets } from '../../src/db/secrets.ts';
import { createStore, type Store } from '../../src/db/store.ts';
import type { SyncRun } from '../../src/db/sync-runs.ts';
import { consentHash, createLaneWorker } from '../../src/jobs/lane-worker.ts';
import type { OutsideSystems } from '../../src/sync/outside-systems.ts';
import { checkCrm, crmFacts } from '../../src/sync/set-up/check-crm.ts';
import { createMailchimpSimulator, type MailchimpSimulator } from '../../simulators/mailchimp/index.ts';
import {
  createOnOfficeSimulator,
  DEFAULT_SECRET,
  DEFAULT_TOKEN,
  type OnOfficeSimulator,
} from '../../simulators/onoffice/index.ts';

/** Both simulators, a database and one connection between them, driven without sockets, timers or a queue. */
export type World = {
  crm: OnOfficeSimulator;
  mailchimp: MailchimpSimulator;
  database: Database;
  systems: OutsideSystems;
  connection: Connection;
  store: Store;
  /** virtual time in ms; waiting moves it */
  clock: { now(): number };
  advance(ms: number): void;
  /** Starts a run and works until it asks, ends or waits for longer than an hour. */
  sync(options?: { asksFirst?: boolean }): Promise<SyncRun>;
  /** Approves the open run and works on. */
  approve(): Promise<SyncRun>;
  /** Works on the open run until it ends, asks or stands still. */
  drain(): Promise<SyncRun>;
  /** One turn of the lane, for tests that break off in between. */
  turn(): Promise<'done' | 'more'>;
  /** The plan's rows of a run by kind and state. */
  planOf(runId: string): Promise<Record<string, number>>;
  /** Errors that are bugs of ours; a test that ends with one fails. */
  bugs: unknown[];
  close(): Promise<void>;
};

const migrations = readMigrations(join(import.meta.dirname, '../../migrations'));

/** Time at which every world begins: 1 March 2026, 08:00 UTC. */
export const WORLD_START = Date.parse('2026-03-01T08:00:00Z');

/**
 * Makes a world. The audience `onoffice` exists and its fields are made, no sync has run.
 *
 * @param options.database opened by the caller; PGlite in memory by default
 * @param options.seed fills the simulators before anything is read
 */
export async function createWorld(
  options: {
    database?: Database;
    seed?: (crm: OnOfficeSimulator, mailchimp: MailchimpSimulator) => void;
  } = {},
): Promise<World> {
  let now = WORLD_START;
  const clock = { now: () => now };
  const sleep = async (ms: number) => {
    now += ms;
  };
  const wait = sleep;
  const crm = createOnOfficeSimulator({ clock, wait });
  const mailchimp = createMailchimpSimulator({ clock, wait, fetch: async () => new Response(null, { status: 200 }) });
  options.seed?.(crm, mailchimp);
  const database = options.database ?? (await openPglite(undefined));
  await migrate(database, migrations);
  const systems = createOutsideSystems({
    fetch: (url, init) =>
      (url.startsWith('http://onoffice.test') ? crm : mailchimp).fetch(new Request(url, init as RequestInit)),
    clock,
    sleep,
    random: () => 0.5,
    urls: { onoffice: 'http://onoffice.test/api/stable/api.php', mailchimp: 'http://mailchimp.test/3.0' },
    onOfficeLimits: { requestsPerSecond: 1_000_000 },
    language: 'de',
  });
  const box = createSecretBox(Buffer.alloc(32, 7));
  const connection = await connect(database, systems, mailchimp, box, now);
  const scope = { tenantId: connection.tenantId, connectionId: connection.id };
  const store = createStore(database, scope, consentHash(box, connection.tenantId));
  const bugs: unknown[] = [];
  const turn = createLaneWorker({
    database,
    box,
    systems,
    clock,
    language: 'de',
    onProgress: () => {},
    onBug: (error) => bugs.push(error),
  });
  const drain = async () => {
    let runId = '';
    for (;;) {
      const open = await store.tables.runs.open();
      runId = open?.id ?? runId;
      if (!open) break;
      if (open.state === 'awaiting-approval') break;
      if (open.notBefore !== null && Date.parse(open.notBefore) > now) now = Date.parse(open.notBefore);
      const before = (await connections(database.db).get(connection.id))?.state;
      if (before === 'attention') break;
      await turn(connection.id);
    }
    if (bugs.length > 0) throw bugs[0];
    const run = await store.tables.runs.get(runId || ((await store.tables.runs.lastFinished())?.id ?? ''));
    if (!run) throw new Error('no run was started');
    return run;
  };
  return {
    crm,
    mailchimp,
    database,
    systems,
    connection,
    store,
    clock,
    advance: (ms) => {
      now += ms;
    },
    async sync({ asksFirst = false } = {}) {
      const isFirst = !(await store.tables.runs.anySucceeded());
      // Two time stamps of one second cannot be told apart by the vendors.
      now += 5_000;
      await store.tables.runs.start({ id: randomUUID(), isFirst, asksFirst, now });
      return drain();
    },
    async approve() {
      const open = await store.tables.runs.open();
      if (!open || !(await store.tables.runs.approve(open.id, now))) throw new Error('nothing waits for approval');
      await connectionRow(database.db, scope).setState('active');
      return drain();
    },
    drain,
    turn: () => turn(connection.id),
    async planOf(runId) {
      const counts = await store.tables.plan(runId).counts();
      return Object.fromEntries(counts.map(({ kind, state, count }) => [`${kind} ${state}`, count]));
    },
    bugs,
    close: () => database.close(),
  };
}

async function connect(
  database: Database,
  systems: OutsideSystems,
  mailchimp: MailchimpSimulator,
  box: ReturnType<typeof createSecretBox>,
  now: number,
): Promise<Connection> {
  const credentials = { token: new Secret(DEFAULT_TOKEN), secret: new Secret(DEFAULT_SECRET) };
  const providerKey = new Secret(mailchimp.apiKey);
  const access = await checkCrm(systems, credentials);
  const provider = systems.provider('mailchimp', providerKey).reads;
  const account = await provider.checkAccount();
  const audience =
    account.audiences.find(({ name }) => name === 'onoffice') ?? (await provider.createAudience('onoffice'));
  const { missing } = await provider.recogniseFields(audience.id);
  const mapping = await provider.createFields(audience.id, missing);
  const tenantId = randomUUID();
  const connection: Omit<Connection, 'createdAt' | 'stateBeforeAttention'> = {
    id: randomUUID(),
    tenantId,
    provider: 'mailchimp',
    state: 'ready',
    accountId: account.accountId,
    accountName: account.name,
    accountPlan: account.plan,
    isPaidPlan: account.isPaidPlan,
    audienceId: audience.id,
    audienceName: audience.name,
    settings: { audience: { choice: 'onoffice' }, mapping: {}, activities: [], optOutValue: 'cancellation' },
    mapping,
    crmFacts: crmFacts(access),
  };
  await database.transact(async (trx) => {
    await connections(trx).addTenant(tenantId, 'Test', now);
    await connections(trx).add(connection, { crmAccount: tenantId, hookSecret: connection.id }, now);
    const vault = secrets(trx, { tenantId, connectionId: connection.id }, box);
    await vault.put('crm-token', credentials.token);
    await vault.put('crm-secret', credentials.secret);
    await vault.put('provider-key', providerKey);
  });
  const stored = await connections(database.db).get(connection.id);
  if (!stored) throw new Error('the connection was just stored');
  return stored;
}
