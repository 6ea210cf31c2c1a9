import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { OutsideSystems } from '../core/outside-systems.ts';
import type { LetterLanguage } from '../core/salutation.ts';
import type { Database } from '../db/database.ts';
import type { Migration } from '../db/migrate.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { LaneQueue } from '../jobs/lane-queue.ts';
import type { About } from './api/session.ts';
import type { RunEvents } from './run-events.ts';

/** Everything the web server is handed; the composition root builds it once. */
export type AppParts = {
  database: Database;
  box: SecretBox;
  systems: OutsideSystems;
  /** woken with the connection's id as lane */
  queue: Pick<LaneQueue, 'wake'>;
  clock: Clock;
  /** cryptographically strong random bytes */
  randomBytes: (length: number) => Buffer;
  log: FastifyBaseLogger;
  /** address under which browsers and providers reach this server, without a slash at its end */
  publicUrl: string;
  /** where the CRM itself runs: only these show us in a frame (M27) */
  crmOrigins?: readonly string[];
  /** what whoever activates us in the CRM has to accept */
  privacyUrl?: string | undefined;
  /** stands in the path of this installation's webhooks (F9) */
  installationId: string;
  /** how many reverse proxies stand in front and are believed about the caller's address; none by default */
  trustProxy?: number;
  /** what the command line of this process's owner shows as `Authorization: Bearer`; undefined: no such way in */
  cliToken?: string | undefined;
  /** the simulators' credentials and consoles; undefined in real life */
  practice?: z.output<typeof About>['practice'];
  /** the provider is a simulator on this computer and reaches local addresses */
  isProviderLocal?: boolean;
  /** folder of the built page (`web/dist`) */
  webRoot: string;
  version: string;
  /** the program's migrations: what they make is what a backup holds */
  migrations: readonly Migration[];
  /** tells pages that a run or a connection has moved */
  runEvents: RunEvents;
  metrics: Registry;
  /** of what is created at the provider and of new operators */
  language: LetterLanguage;
};
