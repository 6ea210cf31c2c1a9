import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { providerEntry } from '../../simulators/onoffice/provider-entry.ts';
import { listen } from '../../simulators/shared/simulator.ts';
import type { Database } from '../../src/db/database.ts';
import { lanesWithWork } from '../../src/db/sync-runs.ts';
import { freePort } from '../../src/free-port.ts';
import { laneName } from '../../src/jobs/lane-name.ts';
import { createLaneWorker } from '../../src/jobs/lane-worker.ts';
import { createHttpWorld, type HttpWorld, PROVIDER_SECRET } from './http-world.ts';

const HERE = '127.0.0.1';
/** Longest step in which time passes, in ms. */
const STEP_MS = 30_000;
/** Pages are told of news at most once in this time, in ms. */
const NEWS_MS = 1_000;

/** The web server and the CRM's own pages as a browser reaches them, on virtual time that stands still between steps. */
export type BrowserWorld = HttpWorld & {
  /** where the page is */
  origin: string;
  /** where the CRM's own pages are, which show ours in frames */
  crmOrigin: string;
  /** Lets every lane do what its time has come for; a lane that is woken by the page does so by itself. */
  work(): Promise<void>;
  /** Lets the simulators tell what they have to, and the lanes work on it. */
  settle(): Promise<void>;
  /** Lets time pass, the simulators and the lanes with it, and tells the pages. */
  live(ms: number): Promise<void>;
  /** Does something while no lane works, and lets them work on what has come of it. */
  whileHeld(step: () => Promise<void>): Promise<void>;
};

/** Empties the database and builds a world on it, with the connector on record in the CRM's Marketplace. */
export async function createBrowserWorld(
  database: Database,
  options: Parameters<typeof createHttpWorld>[1] = {},
): Promise<BrowserWorld> {
  const [port, crmPort] = await Promise.all([freePort(HERE), freePort(HERE)]);
  const origin = `http://${HERE}:${port}`;
  const crmOrigin = `http://${HERE}:${crmPort}`;
  let turns = Promise.resolve();
  const world = await createHttpWorld(database, {
    ...options,
    parts: {
      publicUrl: origin,
      crmOrigins: [crmOrigin],
      isProviderLocal: true,
      webRoot: join(import.meta.dirname, '../../web/dist'),
      queue: { wake: async () => void work().then(tell) },
      ...options.parts,
    },
  });
  const { parts, crm, mailchimp, brevo } = world;
  const lane = createLaneWorker({
    ...parts,
    newId: randomUUID,
    place: { publicUrl: origin, installationId: parts.installationId, isPractice: true },
    onProgress: (connectionId) => parts.runEvents.emit({ connectionId, what: 'run' }),
    onBug: (error) => {
      throw error;
    },
  });
  const known = new Set<string>();
  let isHeld = false;
  const turn = async () => {
    while (!isHeld) {
      const lanes = await lanesWithWork(database.db, world.clock.now());
      if (lanes.length === 0) return;
      for (const one of lanes) {
        known.add(one.connectionId);
        await lane(laneName(one));
      }
    }
  };
  function work(): Promise<void> {
    turns = turns.then(turn);
    return turns;
  }
  /** What was not told within the time of the last news, a later look would find; here it is told at once. */
  const tell = () => {
    world.advance(NEWS_MS);
    for (const connectionId of known) parts.runEvents.emit({ connectionId, what: 'run' });
  };
  const settle = async () => {
    for (const simulator of [crm, mailchimp, brevo]) await simulator.pump();
    await work();
  };
  crm.marketplace.provider = providerEntry(origin, PROVIDER_SECRET);
  const crmServer = await listen(crm, crmPort, 0);
  await world.app.listen({ host: HERE, port });
  return Object.assign(world, {
    origin,
    crmOrigin,
    work,
    settle,
    async live(ms: number) {
      const until = world.clock.now() + ms;
      while (world.clock.now() < until) {
        world.advance(Math.min(STEP_MS, until - world.clock.now()));
        await settle();
      }
      tell();
    },
    async whileHeld(step: () => Promise<void>) {
      isHeld = true;
      await step();
      isHeld = false;
      await work();
      tell();
    },
    async close() {
      await crmServer.close();
      await turns;
      await world.app.close();
    },
  });
}
