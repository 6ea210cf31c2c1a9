import { type BrakeRules, DEFAULT_BRAKE } from './brake.ts';
import type { ConnectionSettings } from './connection.ts';

/** How often both sides are asked for changes (F2, F4), in seconds. */
export type PollSettings = { crmSeconds: number; providerSeconds: number };

export const DEFAULT_POLLS: PollSettings = { crmSeconds: 60, providerSeconds: 300 };

/** From where to where numbers may be set: what is asked more often uses the vendors' hourly limits up (F2). */
export const WORK_LIMITS = {
  'polls.crmSeconds': { least: 30, most: 3_600 },
  'polls.providerSeconds': { least: 60, most: 3_600 },
  'brake.minimum': { least: 1, most: 100_000 },
  'brake.percent': { least: 1, most: 50 },
} as const;

/** How the connection works in the background, with the defaults of the specification where nothing was set. */
export function workSettings({ polls, brake }: Pick<ConnectionSettings, 'polls' | 'brake'>): {
  crmPollMs: number;
  providerPollMs: number;
  brake: BrakeRules;
} {
  const { crmSeconds, providerSeconds } = polls ?? DEFAULT_POLLS;
  return {
    crmPollMs: crmSeconds * 1_000,
    providerPollMs: providerSeconds * 1_000,
    brake: brake ? { minimum: brake.minimum, share: brake.percent / 100 } : DEFAULT_BRAKE,
  };
}

/** The first number that is out of its range, by the name of its field; undefined: all fit. */
export function outOfRange({
  polls,
  brake,
}: Pick<ConnectionSettings, 'polls' | 'brake'>):
  | { field: keyof typeof WORK_LIMITS; least: number; most: number }
  | undefined {
  const given = {
    'polls.crmSeconds': polls?.crmSeconds,
    'polls.providerSeconds': polls?.providerSeconds,
    'brake.minimum': brake?.minimum,
    'brake.percent': brake?.percent,
  };
  for (const field of Object.keys(WORK_LIMITS) as (keyof typeof WORK_LIMITS)[]) {
    const value = given[field];
    const { least, most } = WORK_LIMITS[field];
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most))
      return { field, least, most };
  }
  return undefined;
}
