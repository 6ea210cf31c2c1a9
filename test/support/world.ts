import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
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
import type { ActivityKind } from '../../src/core/activity.ts';
import type { Connection } from '../../src/core/connection.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import type { OutsideSystems } from '../../src/core/outside-systems.ts';
import { Secret } from '../../src/core/secret.ts';
import { connectionRow, connections } from '../../src/db/connections.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { migrate, readMigrations } from '../../src/db/migrate.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { secrets } from '../../src/db/secrets.ts';
import { createStore, type Store } from '../../src/db/store.ts';
import { lanesWithWork, type SyncRun } from '../../src/db/sync-runs.ts';
import { laneName } from '../../src/jobs/lane-name.ts';
import { consentHash, createLaneWorker } from '../../src/jobs/lane-worker.ts';
import { hookAddress } from '../../src/sync/set-up/webhook-address.ts';
import { connectWorld } from './connect-world.ts';
import { createVirtualTime } from './virtual-time.ts';

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
  /** Lets both lanes do everything whose time has come, without time passing by itself. */
  work(): Promise<void>;
  /** Lets time pass in steps of at most 30 s, and the lanes work at each. */
  live(ms: number): Promise<void>;
  /** Stores a webhook as the receiver would. */
  receive(request: Request): Promise<void>;
  /** One turn of a lane, the main one by default, for tests that break off in between. */
  turn(lane?: string): Promise<'done' | 'more'>;
  /** The plan's rows of a run by kind and state. */
  planOf(runId: string): Promise<Record<string, number>>;
  /**
   * Kills the worker wherever it is, as SIGKILL would: nothing it still waits for ever answers it. A new one goes on with the
   * same database and the same outside systems.
   */
  restart(): void;
  /** What the test wants to happen right before a request is carried out; may be set and taken away at any time. */
  onRequest: OnWorldRequest | undefined;
  /** What our receiver answers to a webhook; undefined or 200: it is stored. */
  onWebhook: ((request: Request) => number | undefined | Promise<number | undefined>) | undefined;
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

/** Where the providers of a world reach us. */
const PLACE = { publicUrl: 'https://connector.test', installationId: 'installation', isPractice: false };
const HOOK_SECRET = new Secret('secret');

/** Turns of the lanes after which work that does not end is taken for such that never will. */
const MOST_LANE_TURNS = 60;

/** Longest step in which a world lets time pass, in ms. */
const LIVE_STEP_MS = 30_000;

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
    /** what is ticked besides sign-ups and opt-outs (M4) */
    activities?: readonly ActivityKind[];
    /** polls and rounds go on between full syncs; without it a test sees full syncs alone */
    hasBackground?: boolean;
    /** the provider tells by webhook what happens; without it only polls find it */
    hasWebhook?: boolean;
  } = {},
): Promise<World> {
  const time = createVirtualTime(WORLD_START);
  const clock = { now: time.now };
  const sleep = time.sleep;
  const hooked = async (request: Request) => {
    if (request.method !== 'POST') return new Response(null, { status: 200 });
    const status = (await world.onWebhook?.(request.clone())) ?? 200;
    if (status === 200) await world.receive?.(request);
    return new Response(null, { status });
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
    fetch: (request) => hooked(request),
    ...(options.switches?.mailchimp ? { switches: options.switches.mailchimp } : {}),
  });
  const brevo = createBrevoSimulator({
    clock,
    wait: sleep,
    fetch: (request) => hooked(request),
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
        await time.sleep(ms);
        if (own.isKilled) await killed();
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
  const world: Pick<World, 'onRequest' | 'onWebhook'> & Partial<Pick<World, 'receive'>> = {
    onRequest: undefined,
    onWebhook: undefined,
  };
  const systems = open();
  const provider = { name: providerName, apiKey: providerName === 'brevo' ? brevo.apiKey : mailchimp.apiKey };
  const connection = await connectWorld(database, systems, provider, box, time.now(), {
    optOutValue: options.optOutValue ?? 'cancellation',
    activities: options.activities ?? [],
  });
  if (options.hasWebhook) {
    const { reads } = systems.provider(providerName, new Secret(provider.apiKey));
    const { url, ownPrefix } = hookAddress(PLACE, reads, HOOK_SECRET);
    await reads.ensureWebhook(connection.audienceId ?? '', url, ownPrefix, connection.settings.activities);
    const ids = { tenantId: connection.tenantId, connectionId: connection.id };
    await secrets(database.db, ids, box).put('hook-secret', HOOK_SECRET);
  }
  const scope = { tenantId: connection.tenantId, connectionId: connection.id };
  const store = createStore(database, scope, consentHash(box, connection.tenantId));
  const bugs: unknown[] = [];
  const workerOf = (outside: OutsideSystems) =>
    createLaneWorker({
      database,
      box,
      systems: outside,
      clock,
      language: 'de',
      newId: randomUUID,
      place: options.hasWebhook ? PLACE : undefined,
      onProgress: () => {},
      onBug: (error) => bugs.push(error),
    });
  let lane = workerOf(systems);
  const restart = () => {
    worker.isKilled = true;
    worker = { isKilled: false, died: Promise.withResolvers<void>() };
    lane = workerOf(open());
  };
  const turn = async (name = connection.id): Promise<'done' | 'more'> => {
    const { died } = worker;
    const turning = lane(name);
    // A killed worker ends in the middle; what is left of it may still find out that it lost its lane.
    turning.catch(() => {});
    const end = await Promise.race([turning, died.promise]);
    if (end !== undefined) return end;
    restart();
    return 'more';
  };
  const pump = async () => {
    await mailchimp.pump();
    await brevo.pump();
  };
  const work = async () => {
    for (let turns = 0; ; turns += 1) {
      if (turns > MOST_LANE_TURNS) throw new Error('the lanes go round in circles');
      await pump();
      const lanes = (await lanesWithWork(database.db, time.now())).filter(
        ({ connectionId }) => connectionId === connection.id,
      );
      if (lanes.length === 0) break;
      const urgent = lanes.find(({ lane }) => lane === 'urgent');
      await turn(laneName(urgent ?? lanes[0] ?? { connectionId: connection.id, lane: 'main' }));
      if (bugs.length > 0) throw bugs[0];
    }
  };
  const drain = async () => {
    let runId = '';
    for (let turns = 0; ; turns += 1) {
      if (turns > MOST_TURNS) throw new Error('the run goes round in circles');
      const open = await store.tables.runs.open();
      runId = open?.id ?? runId;
      if (!open) break;
      if (open.state === 'awaiting-approval') break;
      if (open.notBefore !== null && Date.parse(open.notBefore) > time.now())
        time.advanceTo(Date.parse(open.notBefore));
      await brevo.pump();
      const before = (await connections(database.db).get(connection.id))?.state;
      if (before === 'attention') break;
      await turn();
      if (!options.hasBackground) await sql`delete from sync_cursors`.execute(database.db);
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
    advance: time.advance,
    async sync({ asksFirst = false }: { asksFirst?: boolean } = {}) {
      const isFirst = !(await store.tables.runs.anySucceeded());
      // Two time stamps of one second cannot be told apart by the vendors.
      time.advance(5_000);
      await store.tables.runs.start({ id: randomUUID(), isFirst, asksFirst, now: time.now() });
      return drain();
    },
    async approve() {
      const open = await store.tables.runs.open();
      if (!open || !(await store.tables.runs.approve(open.id, time.now())))
        throw new Error('nothing waits for approval');
      await connectionRow(database.db, scope).setState('active');
      return drain();
    },
    drain,
    work,
    async live(ms: number) {
      const until = time.now() + ms;
      while (time.now() < until) {
        time.advanceTo(Math.min(until, time.now() + LIVE_STEP_MS));
        await work();
      }
    },
    async receive(request: Request) {
      const contentType = request.headers.get('content-type') ?? '';
      await store.tables.events.save([{ contentType, body: await request.text(), receivedAt: time.now() }]);
    },
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
