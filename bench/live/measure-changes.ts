import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_POLLS } from '../../src/core/work-settings.ts';
import type { ChangeResult, ChangeRow } from '../bench-row.ts';
import { spreadOf } from '../spread.ts';
import { startLiveWorld } from './live-world.ts';
import { renameContact } from './rename-contact.ts';

/** Over so many poll intervals the edits are spread, so that they meet every moment between two polls. */
const INTERVALS = 2;
const LOOK_EVERY_MS = 20;
/** A change that takes longer did not arrive. */
const LONGEST_MS = 4 * DEFAULT_POLLS.crmSeconds * 1_000;

/**
 * Lets an agent edit names in the CRM and sees when each is at the provider. The poll interval is the real one.
 *
 * @throws Error when one did not arrive
 */
export async function measureChanges(row: ChangeRow, onPhase: (what: string) => void): Promise<ChangeResult> {
  const { provider, contacts, changes } = row;
  const world = await startLiveWorld({ provider, contacts, onPhase });
  try {
    const { simulators } = world;
    simulators.slowDown(row.latencyMs);
    onPhase(`${changes} names edited within ${(INTERVALS * DEFAULT_POLLS.crmSeconds * 1_000) / 1000} s`);
    const arriving: Promise<number>[] = [];
    for (const person of simulators.people().slice(0, changes)) {
      await delay((INTERVALS * DEFAULT_POLLS.crmSeconds * 1_000) / changes);
      const lastName = renameContact(simulators, person);
      arriving.push(arrivalOf(() => simulators.lastNameOf(person.email) === lastName));
    }
    return { row, delay: spreadOf(await Promise.all(arriving)), pollIntervalMs: DEFAULT_POLLS.crmSeconds * 1_000 };
  } finally {
    await world.close();
  }
}

async function arrivalOf(hasArrived: () => boolean): Promise<number> {
  const startedAt = performance.now();
  while (!hasArrived()) {
    if (performance.now() - startedAt > LONGEST_MS)
      throw new Error(`A change did not arrive within ${LONGEST_MS / 1000} s`);
    await delay(LOOK_EVERY_MS);
  }
  return performance.now() - startedAt;
}
