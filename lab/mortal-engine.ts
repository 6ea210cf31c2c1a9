import type { KyselyPlugin } from 'kysely';
import { createOutsideSystems } from '../src/adapters/providers.ts';
import type { OutsideSystems } from '../src/core/outside-systems.ts';
import type { Database } from '../src/db/database.ts';
import type { SecretBox } from '../src/db/secret-box.ts';
import { createLaneWorker } from '../src/jobs/lane-worker.ts';
import type { HookPlace } from '../src/sync/set-up/webhook-address.ts';
import type { LabTime } from './lab-time.ts';

/** What becomes of a commit: it happens, or the process dies right before or right after it. */
export type CommitFate = 'commits' | 'dies-before' | 'dies-after';

/** Carries a request to a simulator. Never answers for a worker that has died meanwhile. */
export type Carry = (engine: MortalEngine, url: string, init: RequestInit & { method: string }) => Promise<Response>;

/** One life of the server's process: outside systems and lane worker on the one database, until it dies. */
export type MortalEngine = {
  readonly systems: OutsideSystems;
  /** works on a lane for one turn; never answers once the process has died */
  work(lane: string): Promise<'done' | 'more'>;
  isDead(): boolean;
  /** Nothing of it goes on, as after SIGKILL; an open transaction is rolled back. */
  die(): void;
};

/** A statement of somebody who has died. */
class DeadError extends Error {}

/** Where the simulators are. */
export const ORIGINS = {
  onoffice: 'http://onoffice.test',
  mailchimp: 'http://mailchimp.test',
  brevo: 'http://brevo.test',
};

/**
 * Starts a process.
 *
 * @param parts.fateOf asked right before each commit
 * @param parts.onBug told of errors that are bugs of ours
 */
export function startEngine(parts: {
  database: Database;
  box: SecretBox;
  time: LabTime;
  place: HookPlace | undefined;
  random: () => number;
  newId: () => string;
  carry: Carry;
  /** waits while the process is frozen */
  thaw: (engine: MortalEngine) => Promise<void>;
  fateOf: (engine: MortalEngine) => CommitFate;
  onBug: (error: unknown) => void;
}): MortalEngine {
  const { time, carry, fateOf } = parts;
  let isDead = false;
  const never = () => new Promise<never>(() => {});
  const clock = { now: time.now };
  const database = mortalDatabase(parts.database, {
    onStatement: () => {
      time.touch();
      if (isDead) throw new DeadError('dead');
    },
    isDead: () => isDead,
    fateOf: () => fateOf(engine),
    die: () => engine.die(),
  });
  const systems = createOutsideSystems({
    fetch: (url, init) => (isDead ? never() : carry(engine, url, init)),
    clock,
    sleep: async (ms) => {
      if (isDead) await never();
      await time.sleep(ms);
      await parts.thaw(engine);
      if (isDead) await never();
    },
    random: parts.random,
    urls: {
      onoffice: `${ORIGINS.onoffice}/api/stable/api.php`,
      mailchimp: `${ORIGINS.mailchimp}/3.0`,
      brevo: `${ORIGINS.brevo}/v3`,
    },
    language: 'de',
  });
  const lane = createLaneWorker({
    database,
    box: parts.box,
    systems,
    clock,
    language: 'de',
    newId: parts.newId,
    place: parts.place,
    onProgress: () => {},
    onBug: (error) => {
      if (!isDead) parts.onBug(error);
    },
  });
  const engine: MortalEngine = {
    systems,
    async work(name) {
      try {
        const end = await lane(name);
        return isDead ? await never() : end;
      } catch (error) {
        if (isDead) return never();
        throw error;
      }
    },
    isDead: () => isDead,
    die: () => {
      isDead = true;
    },
  };
  return engine;
}

/** The database as one process sees it, with commits at which that process may die. */
function mortalDatabase(
  database: Database,
  life: { onStatement: () => void; isDead: () => boolean; fateOf: () => CommitFate; die: () => void },
): Database {
  const watch: KyselyPlugin = {
    transformQuery: ({ node }) => {
      life.onStatement();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    ...database,
    db: database.db.withPlugin(watch),
    async transact(work) {
      let diesAfter = false;
      const result = await database.transact(async (trx) => {
        life.onStatement();
        const done = await work(trx.withPlugin(watch));
        const fate = life.fateOf();
        if (fate === 'dies-before') life.die();
        if (life.isDead()) throw new DeadError('dead');
        diesAfter = fate === 'dies-after';
        return done;
      });
      if (diesAfter) life.die();
      return result;
    },
  };
}
