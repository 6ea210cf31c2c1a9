import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  type BrevoSimulator,
  type BrevoSwitches,
  createBrevoSimulator,
  type Language,
} from '../../simulators/brevo/index.ts';
import { createMailchimpSimulator, type MailchimpSimulator } from '../../simulators/mailchimp/index.ts';
import type { MailchimpSwitches } from '../../simulators/mailchimp/switches.ts';
import {
  createOnOfficeSimulator,
  type OnOfficeOptions,
  type OnOfficeSimulator,
  type OnOfficeSwitches,
} from '../../simulators/onoffice/index.ts';
import { createOutsideSystems } from '../../src/adapters/providers.ts';
import type { Connection } from '../../src/core/connection.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import type { OutsideSystems } from '../../src/core/outside-systems.ts';
import { connectionRow, connections } from '../../src/db/connections.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { migrate, readMigrations } from '../../src/db/migrate.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { createStore, type Store } from '../../src/db/store.ts';
import type { SyncRun } from '../../src/db/sync-runs.ts';
import { consentHash, createLaneWorker } from '../../src/jobs/lane-worker.ts';
import { connectWorld } from './connect-world.ts';

/** The simulators of both sides, a database and one connection between them, driven without sockets, timers or a queue. */
export type World = {
  crm: OnOfficeSimulator;
  mailchimp: MailchimpSimulator;
  brevo: BrevoSimulator;
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
  /**
   * Kills the worker wherever it is, as SIGKILL would: nothing it still waits for ever answers it. A new one goes on with the
   * same database and the same outside systems.
   */
  restart(): void;
  /** What the test wants to happen right before a request is carried out; may be set and taken away at any time. */
  onRequest: OnWorldRequest | undefined;
  /** Errors that are bugs of ours; a test that ends with one fails. */
  bugs: unknown[];
  /** Closes the database, unless it was handed in. */
  close(): Promise<void>;
};

/** A request on its way. `call`: `POST /3.0/lists/…` at Mailchimp, `PUT /v3/…` at Brevo, `modify address` at onOffice. */
export type WorldRequest = { system: 'onoffice' | ProviderName; call: string; body: string; number: number };

/**
 * Told of every request right before it is carried out. `kill-before` and `kill-after` end the worker there: the request is
 * not carried out, or it is and nobody hears the answer.
 */
export type OnWorldRequest = (
  request: WorldRequest,
  // biome-ignore lint/suspicious/noConfusingVoidType: most hooks answer nothing
) => void | 'kill-before' | 'kill-after' | Promise<void | 'kill-before' | 'kill-after'>;

const migrations = readMigrations(join(import.meta.dirname, '../../migrations'));

/** Time at which every world begins: 1 March 2026, 08:00 UTC. */
export const WORLD_START = Date.parse('2026-03-01T08:00:00Z');

/** Turns after which a run that does not end is taken for one that never will. */
const MOST_TURNS = 500;

/**
 * Makes a world. The audience `onoffice` exists and its fields are made, no sync has run.
 *
 * @param options.provider which provider the connection has; the other one's simulator stays empty. What Brevo does by itself
 *   is done before each of its answers and between two turns
 * @param options.database opened by the caller, who also closes it, and may serve one world after the other; PGlite in
 *   memory by default
 * @param options.seed fills the simulators before anything is read
 * @param options.customer how this customer's CRM differs from others
 */
export async function createWorld(
  options: {
    database?: Database;
    provider?: ProviderName;
    brevoLanguage?: Language;
    seed?: (crm: OnOfficeSimulator, mailchimp: MailchimpSimulator, brevo: BrevoSimulator) => void;
    customer?: OnOfficeOptions['customer'];
    switches?: {
      onOffice?: Partial<OnOfficeSwitches>;
      mailchimp?: Partial<MailchimpSwitches>;
      brevo?: Partial<BrevoSwitches>;
    };
    optOutValue?: 'cancellation' | 'no';
  } = {},
): Promise<World> {
  let now = WORLD_START;
  const clock = { now: () => now };
  const sleep = async (ms: number) => {
    now += ms;
  };
  const crm = createOnOfficeSimulator({
    clock,
    wait: sleep,
    ...(options.customer ? { customer: options.customer } : {}),
    ...(options.switches?.onOffice ? { switches: options.switches.onOffice } : {}),
  });
  const mailchimp = createMailchimpSimulator({
    clock,
    wait: sleep,
    fetch: async () => new Response(null, { status: 200 }),
    ...(options.switches?.mailchimp ? { switches: options.switches.mailchimp } : {}),
  });
  const brevo = createBrevoSimulator({
    clock,
    wait: sleep,
    fetch: async () => new Response(null, { status: 200 }),
    ...(options.brevoLanguage ? { language: options.brevoLanguage } : {}),
    ...(options.switches?.brevo ? { switches: options.switches.brevo } : {}),
  });
  const providerName = options.provider ?? 'mailchimp';
  options.seed?.(crm, mailchimp, brevo);
  const database = options.database ?? (await openPglite(undefined));
  await migrate(database, migrations);
  let worker = { isKilled: false, died: Promise.withResolvers<void>() };
  let requests = 0;
  const killed = () => new Promise<never>(() => {});
  const open = () => {
    const own = worker;
    return createOutsideSystems({
      fetch: async (url, init) => {
        if (own.isKilled) return killed();
        const system = url.startsWith('http://onoffice.test') ? 'onoffice' : providerName;
        const number = requests++;
        const answer = world.onRequest?.({ system, number, call: callOf(system, url, init), body: init.body ?? '' });
        const verdict = answer instanceof Promise ? await answer : answer;
        const simulator = { onoffice: crm, mailchimp, brevo }[system];
        if (system === 'brevo') await brevo.pump();
        const kill = () => {
          own.isKilled = true;
          own.died.resolve();
          return killed();
        };
        if (verdict === 'kill-before') return kill();
        const response = await simulator.fetch(new Request(url, init as RequestInit));
        return verdict === 'kill-after' || own.isKilled ? kill() : response;
      },
      clock,
      sleep: async (ms) => {
        if (own.isKilled) await killed();
        now += ms;
      },
      random: () => 0.5,
      urls: {
        onoffice: 'http://onoffice.test/api/stable/api.php',
        mailchimp: 'http://mailchimp.test/3.0',
        brevo: 'http://brevo.test/v3',
      },
      onOfficeLimits: { requestsPerSecond: 1_000_000 },
      language: 'de',
    });
  };
  const box = createSecretBox(Buffer.alloc(32, 7));
  const world: Pick<World, 'onRequest'> = { onRequest: undefined };
  const systems = open();
  const provider = { name: providerName, apiKey: providerName === 'brevo' ? brevo.apiKey : mailchimp.apiKey };
  const connection = await connectWorld(database, systems, provider, box, now, options.optOutValue ?? 'cancellation');
  const scope = { tenantId: connection.tenantId, connectionId: connection.id };
  const store = createStore(database, scope, consentHash(box, connection.tenantId));
  const bugs: unknown[] = [];
  const work = (outside: OutsideSystems) =>
    createLaneWorker({
      database,
      box,
      systems: outside,
      clock,
      language: 'de',
      onProgress: () => {},
      onBug: (error) => bugs.push(error),
    });
  let lane = work(systems);
  const restart = () => {
    worker.isKilled = true;
    worker = { isKilled: false, died: Promise.withResolvers<void>() };
    lane = work(open());
  };
  const turn = async (): Promise<'done' | 'more'> => {
    const { died } = worker;
    const turning = lane(connection.id);
    // A killed worker ends in the middle; what is left of it may still find out that it lost its lane.
    turning.catch(() => {});
    const end = await Promise.race([turning, died.promise]);
    if (end !== undefined) return end;
    restart();
    return 'more';
  };
  const drain = async () => {
    let runId = '';
    for (let turns = 0; ; turns += 1) {
      if (turns > MOST_TURNS) throw new Error('the run goes round in circles');
      const open = await store.tables.runs.open();
      runId = open?.id ?? runId;
      if (!open) break;
      if (open.state === 'awaiting-approval') break;
      if (open.notBefore !== null && Date.parse(open.notBefore) > now) now = Date.parse(open.notBefore);
      await brevo.pump();
      const before = (await connections(database.db).get(connection.id))?.state;
      if (before === 'attention') break;
      await turn();
    }
    if (bugs.length > 0) throw bugs[0];
    const run = await store.tables.runs.get(runId || ((await store.tables.runs.lastFinished())?.id ?? ''));
    if (!run) throw new Error('no run was started');
    return run;
  };
  return Object.assign(world, {
    crm,
    mailchimp,
    brevo,
    database,
    systems,
    connection,
    store,
    clock,
    advance: (ms: number) => {
      now += ms;
    },
    async sync({ asksFirst = false }: { asksFirst?: boolean } = {}) {
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
    turn,
    restart,
    async planOf(runId: string) {
      const counts = await store.tables.plan(runId).counts();
      return Object.fromEntries(counts.map(({ kind, state, count }) => [`${kind} ${state}`, count]));
    },
    bugs,
    close: async () => {
      if (!options.database) await database.close();
    },
  });
}

function callOf(system: WorldRequest['system'], url: string, init: { method: string; body?: string }): string {
  if (system !== 'onoffice') return `${init.method} ${new URL(url).pathname}`;
  const { request } = JSON.parse(init.body ?? '{}') as {
    request?: { actions?: { actionid: string; resourcetype: string }[] };
  };
  const [first] = request?.actions ?? [];
  return first ? `${first.actionid.split(':').at(-1)} ${first.resourcetype}` : '';
}
