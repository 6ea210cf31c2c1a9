import { AsyncLocalStorage } from 'node:async_hooks';
import { type BrevoSimulator, type BrevoSwitches, createBrevoSimulator } from '../simulators/brevo/index.ts';
import {
  createMailchimpSimulator,
  type MailchimpSimulator,
  type MailchimpSwitches,
} from '../simulators/mailchimp/index.ts';
import {
  createOnOfficeSimulator,
  type OnOfficeSimulator,
  type OnOfficeSwitches,
} from '../simulators/onoffice/index.ts';
import { drawInteger, type Random, seededRandom } from '../simulators/shared/random.ts';
import type { Connection, ConnectionSettings } from '../src/core/connection.ts';
import type { ProviderName } from '../src/core/mailing-provider.ts';
import type { OutsideSystems } from '../src/core/outside-systems.ts';
import { Secret } from '../src/core/secret.ts';
import { connections } from '../src/db/connections.ts';
import type { Database } from '../src/db/database.ts';
import { installation } from '../src/db/installation.ts';
import { createSecretBox } from '../src/db/secret-box.ts';
import { secrets } from '../src/db/secrets.ts';
import { createStore, type Store } from '../src/db/store.ts';
import { planHookChecks } from '../src/db/sync-cursors.ts';
import { lanesWithWork } from '../src/db/sync-runs.ts';
import { laneName } from '../src/jobs/lane-name.ts';
import { consentHash } from '../src/jobs/lane-worker.ts';
import { settleStart } from '../src/jobs/settle-start.ts';
import { createLog } from '../src/log.ts';
import { hookAddress } from '../src/sync/set-up/webhook-address.ts';
import { nextNight } from '../src/sync/upkeep/start-nightly-sync.ts';
import { connectWorld } from '../test/support/connect-world.ts';
import { carryRequest, type OutsideName, type RequestFate, type SeenRequest } from './carry-request.ts';
import { createLabTime, type LabTime } from './lab-time.ts';
import { type CommitFate, type MortalEngine, ORIGINS, startEngine } from './mortal-engine.ts';
import { readDue } from './read-due.ts';
import { type LaneTurn, type LaneWatch, watchLanes } from './watch-lanes.ts';

/** What a world is made from. */
export type WorldSetting = {
  /** of every random number in it */
  seed: number;
  providers: readonly ProviderName[];
  hasWebhooks: boolean;
  /** begins shortly before the comparison of every night */
  isAtNight: boolean;
  /** what the user set */
  settings: Partial<ConnectionSettings>;
  /** by how much the clocks of the outside systems are ahead of ours, in ms */
  skewMs: Readonly<Record<OutsideName, number>>;
  switches: {
    onOffice: Partial<OnOfficeSwitches>;
    mailchimp: Partial<MailchimpSwitches>;
    brevo: Partial<BrevoSwitches>;
  };
};

/** One connection of the one tenant. */
export type LabConnection = { provider: ProviderName; id: string; tenantId: string; store: Store };

/** What becomes of webhooks on their way to us: `swallowed` ones are answered by somebody who is not us. */
export type HookWeather = 'fine' | 'unreachable' | 'failing' | 'swallowed';

/** The three systems, the database, and the server that lives and dies between them, on one virtual clock. */
export type LabWorld = {
  time: LabTime;
  crm: OnOfficeSimulator;
  mailchimp: MailchimpSimulator;
  brevo: BrevoSimulator;
  database: Database;
  connections: readonly LabConnection[];
  /** the one that works now; undefined while the server is down */
  engine(): MortalEngine | undefined;
  /** the connection's row as it stands */
  row(connection: LabConnection): Promise<Connection>;
  skewMs: WorldSetting['skewMs'];
  newId: () => string;
  /** asked right before each request is carried out */
  onRequest: (seen: SeenRequest) => RequestFate | Promise<RequestFate>;
  fateOfCommit: () => CommitFate;
  hookWeather: HookWeather;
  /** what it is when nothing is wrong: of some histories no webhook ever arrives */
  readonly usualHookWeather: HookWeather;
  /** Lets time pass, and everybody live, until an instant, or until `isOver`, which is asked whenever a lane has ended its turn. */
  live(until: number, isOver?: () => Promise<boolean>): Promise<void>;
  /** Lanes are looked at at once: somebody has given them something to do. */
  looksSoon(): void;
  /** Whether nobody works, no request is on its way, and no simulator has anything to send or to carry out until an instant. */
  isStill(until: number): boolean;
  /** instant at which a simulator did something by itself for the last time, such as a mail that came back */
  stirredAt(): number;
  /** Lets everybody live until a promise is kept. */
  whileLiving<T>(promise: Promise<T>): Promise<T>;
  /** instant at which a server that is down starts again; long ago while it is up */
  upAt(): number;
  /** The server is gone and starts again after so many ms. */
  goDown(ms: number): void;
  /** errors that are bugs of ours */
  bugs: unknown[];
  /** lines of the server's log */
  logged: string[];
  counts: { requests: number; deaths: number; webhooks: number };
  /** when which provider's members were listed to us, oldest first */
  membersListedAt: { system: OutsideName; at: number }[];
  /** when the CRM listed contacts to us, oldest first */
  contactsListedAt: number[];
  /** who worked on which lane, and what he wrote */
  lanes: LaneWatch;
  /** when webhooks of a provider were taken from it, with what they said */
  told: { provider: ProviderName; at: number; body: string }[];
};

/** Where the providers reach us. */
export const PLACE = { publicUrl: 'https://connector.test', installationId: 'installation', isPractice: false };

/** What stands in the path of our webhook at a provider. */
export function hookSecretOf(provider: ProviderName): Secret {
  return new Secret(`hook-${provider}`);
}

/** Calls that list members. */
const LISTING = /^GET .*\/(members|contacts)$/;

/** Time at which every history begins. */
export const LAB_START = Date.parse('2026-03-01T08:00:00Z');

/** Time between two looks at which lanes have work, in ms: of a server that works; of one that waits, at most. */
const LOOK_MS = 3_000;
const IDLE_LOOK_MS = 10 * 60_000;

/** Time until somebody looks again after a lane has ended its turn, or after whoever worked has died, in ms. */
const TICK_MS = 1_000;

/** Time between two signs of life of the server, in ms. */
const BEAT_MS = 10 * 60_000;

/** Turns of lanes without a pause after which work that does not end is taken for such that never will. */
const MOST_TURNS = 400;

/** How long a call takes at a vendor, one way, in ms. */
const WAY_MS = { from: 10, to: 600 };

/** How long before the first comparison of a night a history begins that has one, in ms. */
const BEFORE_NIGHT_MS = 18 * 60_000;

/** Every history's own key; it opens nothing. */
export const MASTER_KEY = Buffer.alloc(32, 7);

/**
 * Builds the world of a history: both sides planted by `plant`, connections ready, no sync begun.
 *
 * @param database with all tables and no rows
 */
export async function createLabWorld(
  setting: WorldSetting,
  database: Database,
  plant: (world: Pick<LabWorld, 'crm' | 'mailchimp' | 'brevo'>) => void,
): Promise<LabWorld> {
  const stream = (number: number): Random => seededRandom(setting.seed * 16 + number);
  const [onTheWay, jitter, mailchimpRandom, brevoRandom, onOfficeRandom] = [1, 2, 3, 4, 5].map(stream) as [
    Random,
    ...Random[],
  ];
  let ids = 0;
  const newId = () => {
    ids += 1;
    return idOf(setting.seed, ids);
  };
  // The first connection's id is the second one that is given out.
  const night = nextNight(idOf(setting.seed, 2), LAB_START);
  const time = createLabTime(setting.isAtNight ? night - BEFORE_NIGHT_MS : LAB_START);
  const box = createSecretBox(MASTER_KEY);
  const wait = (ms: number) => time.sleep(ms);
  const receiver = (provider: ProviderName) => (request: Request) => receive(provider, request);
  const { skewMs } = setting;
  const simulatorOptions = (system: OutsideName, random: Random | undefined) => ({
    clock: { now: () => time.now() + skewMs[system] },
    wait,
    random: random ?? jitter ?? onTheWay,
  });
  const crm = createOnOfficeSimulator({
    ...simulatorOptions('onoffice', onOfficeRandom),
    switches: setting.switches.onOffice,
  });
  const mailchimp = createMailchimpSimulator({
    ...simulatorOptions('mailchimp', mailchimpRandom),
    fetch: receiver('mailchimp'),
    switches: setting.switches.mailchimp,
  });
  const brevo = createBrevoSimulator({
    ...simulatorOptions('brevo', brevoRandom),
    fetch: receiver('brevo'),
    switches: setting.switches.brevo,
  });
  const simulators = { onoffice: crm, mailchimp, brevo };
  plant({ crm, mailchimp, brevo });

  let engine: MortalEngine | undefined;
  let startsAt = 0;
  let looksAt = 0;
  let turns = 0;
  let turnsAt = 0;
  let beatsAt = 0;
  let ended = 0;
  let statementsAtLook = -1;
  let dueAt = 0;
  let stirredAt = 0;
  const working = new Map<string, MortalEngine>();
  const frozen = new Set<MortalEngine>();
  const late: Promise<unknown>[] = [];
  const lanes = watchLanes(time, mailchimp);
  const turnOfLane = new AsyncLocalStorage<LaneTurn>();
  const logged: string[] = [];
  const log = createLog('debug', { write: (line) => logged.push(line) });

  async function carry(sender: MortalEngine, url: string, init: RequestInit & { method: string }): Promise<Response> {
    const system = systemOf(url);
    const number = world.counts.requests;
    world.counts.requests += 1;
    const seen = { system, number, ...askedBy(system, url, init) };
    const sentAt = time.now();
    const sent = lanes.send(turnOfLane.getStore(), seen, url);
    await time.sleep(drawInteger(onTheWay, WAY_MS.from, WAY_MS.to));
    const fate = await world.onRequest(seen);
    lanes.arrive(sent);
    const serve = async () => {
      if (system === 'brevo') await pump();
      if (LISTING.test(`${init.method} ${new URL(url).pathname}`))
        world.membersListedAt.push({ system, at: time.now() });
      return simulators[system].fetch(new Request(url, init));
    };
    const response = await carryRequest(fate, {
      time,
      engine: sender,
      serve,
      freeze: (ms) => freeze(sender, ms),
      onLateAnswer: (carryingOut) => late.push(carryingOut),
    });
    await time.sleep(drawInteger(onTheWay, WAY_MS.from, WAY_MS.to));
    await thaw(sender);
    if (sender.isDead()) return new Promise<never>(() => {});
    const isHeard = fate.type === 'served' || fate.type === 'delays';
    lanes.hear(sent, isHeard, response.ok);
    if (isHeard && seen.call === 'read address' && !String(init.body).includes('"recordids"'))
      world.contactsListedAt.push(sentAt);
    return response;
  }

  async function thaw(sender: MortalEngine): Promise<void> {
    while (frozen.has(sender)) await time.sleep(TICK_MS);
  }

  /** What it has begun goes on when it wakes; until then another process takes its lanes over. */
  async function freeze(sender: MortalEngine, ms: number): Promise<void> {
    frozen.add(sender);
    if (engine === sender) {
      engine = undefined;
      startsAt = time.now();
    }
    for (const [lane, worker] of working) if (worker === sender) working.delete(lane);
    await time.sleep(ms);
    frozen.delete(sender);
  }

  async function receive(provider: ProviderName, request: Request): Promise<Response> {
    if (!request.url.startsWith(PLACE.publicUrl)) return new Response(null, { status: 200 });
    if (world.hookWeather === 'unreachable' || !engine) throw new Error('nobody is there');
    if (request.method !== 'POST' || world.hookWeather === 'swallowed') return new Response(null, { status: 200 });
    if (world.hookWeather === 'failing') return new Response(null, { status: provider === 'brevo' ? 429 : 503 });
    const connection = world.connections.find((one) => one.provider === provider);
    if (!connection) return new Response(null, { status: 404 });
    world.counts.webhooks += 1;
    const contentType = request.headers.get('content-type') ?? '';
    const body = await request.text();
    await connection.store.tables.events.save([{ contentType, body, receivedAt: time.now() }]);
    world.told.push({ provider, at: time.now(), body });
    looksSoon();
    return new Response(null, { status: 200 });
  }

  function start(): MortalEngine {
    return startEngine({
      database,
      box,
      time,
      place: PLACE,
      random: jitter ?? onTheWay,
      newId,
      carry,
      thaw,
      fateOf: () => world.fateOfCommit(),
      onBug: (error) => {
        world.bugs.push(error);
        log.error({ err: error, connectionId: world.connections[0]?.id }, 'Sync run failed');
      },
    });
  }

  /** What a server does when it starts: looks at its data, has the webhooks checked, and begins. */
  async function begin(): Promise<void> {
    const found = await settleStart(database, {
      installationId: PLACE.installationId,
      place: '',
      folderAliveAt: undefined,
      now: time.now(),
    });
    if (found.wentBack)
      log.warn({ cause: found.wentBack }, 'The data went back in time: every connection reads first and asks');
    await planHookChecks(database.db, time.now() + 30_000);
    engine = start();
    looksSoon();
  }

  function looksSoon(): void {
    looksAt = 0;
    statementsAtLook = -1;
  }

  async function look(): Promise<void> {
    if (engine?.isDead()) {
      world.counts.deaths += 1;
      engine = undefined;
      for (const [lane, worker] of working) if (worker.isDead()) working.delete(lane);
      startsAt = Math.max(startsAt, time.now() + TICK_MS);
    }
    if (!engine) {
      if (time.now() < startsAt) return;
      await begin();
    }
    const now = time.now();
    if (now < looksAt) return;
    // While lanes wait for answers nothing is stored: a look would find the same.
    if (statementsAtLook === time.touches() && now < dueAt) {
      looksAt = now + LOOK_MS;
      return;
    }
    if (now >= beatsAt) {
      await installation(database.db).beat(now);
      beatsAt = now + BEAT_MS;
    }
    if (now > turnsAt) turns = 0;
    turnsAt = now;
    statementsAtLook = time.touches();
    // Where somebody has or gets work it is looked again soon, whatever else is due.
    const isTime = working.size > 0 || now >= dueAt;
    let waiting = isTime ? await lanesWithWork(database.db, now) : [];
    const due = working.size > 0 || waiting.length > 0 ? undefined : await readDue(database.db);
    if (!isTime && due && Math.min(due.work, due.recurring) <= now) waiting = await lanesWithWork(database.db, now);
    // The database gives them in the order of its pages, which depends on what was played before.
    for (const lane of waiting.map(laneName).sort()) wake(lane);
    dueAt = looksAt =
      !due || waiting.length > 0
        ? now + LOOK_MS
        : Math.min(...[due.work, due.recurring, now + IDLE_LOOK_MS].filter((at) => at > now));
  }

  function wake(lane: string): void {
    const worker = engine;
    if (!worker || working.has(lane)) return;
    turns += 1;
    if (turns > MOST_TURNS) throw new Error('the lanes go round in circles');
    working.set(lane, worker);
    const end = (left: 'done' | 'more') => {
      if (working.get(lane) === worker) working.delete(lane);
      ended += 1;
      looksAt = Math.min(looksAt, time.now() + (left === 'more' ? 0 : TICK_MS));
      time.touch();
    };
    turnOfLane.run(lanes.begin(lane, worker), () => worker.work(lane)).then(end, () => end('done'));
  }

  function nextOfSimulators(): number {
    const atMailchimp = (mailchimp.nextDueAt() ?? Infinity) - skewMs.mailchimp;
    return Math.min(atMailchimp, (brevo.nextDueAt() ?? Infinity) - skewMs.brevo);
  }

  async function pump(): Promise<void> {
    if (nextOfSimulators() > time.now()) return;
    stirredAt = time.now();
    await mailchimp.pump();
    await brevo.pump();
  }

  /** @returns false when it is `until` and everybody waits */
  async function liveOn(until: number): Promise<boolean> {
    await time.settle();
    await pump();
    await look();
    await time.settle();
    const nextLook = engine ? looksAt : startsAt;
    if (time.now() >= until && time.now() < nextLook) return false;
    time.step(Math.max(time.now(), Math.min(until, nextOfSimulators(), nextLook)));
    return true;
  }

  async function whileLiving<T>(promise: Promise<T>): Promise<T> {
    let isKept = false;
    const kept = promise.finally(() => {
      isKept = true;
      time.touch();
    });
    kept.catch(() => {});
    for (;;) {
      await time.settle();
      if (isKept) return kept;
      await pump();
      time.step(time.now() + TICK_MS);
    }
  }

  const world: LabWorld = {
    time,
    crm,
    mailchimp,
    brevo,
    database,
    connections: [],
    engine: () => engine,
    async row({ id }) {
      const found = await connections(database.db).get(id);
      if (!found) throw new Error('the connection is gone');
      return found;
    },
    skewMs,
    newId,
    onRequest: () => ({ type: 'served' }),
    fateOfCommit: () => 'commits',
    hookWeather: setting.hasWebhooks ? 'fine' : 'swallowed',
    usualHookWeather: setting.hasWebhooks ? 'fine' : 'swallowed',
    async live(until, isOver) {
      let asked = -1;
      while (await liveOn(until)) {
        if (!isOver || asked === ended) continue;
        asked = ended;
        if (await isOver()) return;
      }
    },
    looksSoon,
    isStill: (until) => working.size === 0 && time.nextAt() > until && nextOfSimulators() > until,
    stirredAt: () => stirredAt,
    whileLiving,
    upAt: () => (engine ? 0 : startsAt),
    goDown(ms) {
      if (engine) {
        engine.die();
        world.counts.deaths += 1;
      }
      engine = undefined;
      for (const [lane, worker] of working) if (worker.isDead()) working.delete(lane);
      startsAt = time.now() + ms;
    },
    bugs: [],
    logged,
    counts: { requests: 0, deaths: 0, webhooks: 0 },
    membersListedAt: [],
    contactsListedAt: [],
    lanes,
    told: [],
  };

  const founder = start();
  const made = await whileLiving(connectAll(founder.systems));
  await begin();
  return Object.assign(world, { connections: made });

  async function connectAll(systems: OutsideSystems): Promise<LabConnection[]> {
    const tenantId = newId();
    const list: LabConnection[] = [];
    for (const name of setting.providers) {
      const apiKey = name === 'brevo' ? brevo.apiKey : mailchimp.apiKey;
      const isFirst = list.length === 0;
      const ids = { tenantId, connectionId: newId(), isNewTenant: isFirst };
      const chosen = { optOutValue: 'cancellation', activities: [], ...setting.settings } as const;
      const connection = await connectWorld(database, systems, { name, apiKey }, box, time.now(), chosen, ids);
      const scope = { tenantId, connectionId: connection.id };
      const secret = hookSecretOf(name);
      const { reads } = systems.provider(name, new Secret(apiKey));
      const { url, ownPrefix } = hookAddress(PLACE, reads, secret);
      engine = founder;
      await reads.ensureWebhook(connection.audienceId ?? '', url, ownPrefix);
      await secrets(database.db, scope, box).put('hook-secret', secret);
      const store = createStore(database, scope, consentHash(box, tenantId));
      list.push({ provider: name, id: connection.id, tenantId, store });
    }
    return list;
  }
}

function idOf(seed: number, number: number): string {
  return `${seed.toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

function systemOf(url: string): OutsideName {
  if (url.startsWith(ORIGINS.onoffice)) return 'onoffice';
  return url.startsWith(ORIGINS.brevo) ? 'brevo' : 'mailchimp';
}

/** What a request asks for; onOffice's are all to one address, and signed. */
function askedBy(
  system: OutsideName,
  url: string,
  init: RequestInit & { method: string },
): Pick<SeenRequest, 'call' | 'body'> {
  const body = String(init.body ?? '');
  if (system !== 'onoffice') return { call: `${init.method} ${new URL(url).pathname}`, body };
  const { request } = JSON.parse(body || '{}') as {
    request?: { actions?: { actionid: string; resourcetype: string; resourceid?: unknown; parameters?: unknown }[] };
  };
  const actions = request?.actions ?? [];
  const [first] = actions;
  const call = first ? `${first.actionid.split(':').at(-1)} ${first.resourcetype}` : '';
  return { call, body: JSON.stringify(actions.map(({ resourceid, parameters }) => [resourceid, parameters])) };
}
