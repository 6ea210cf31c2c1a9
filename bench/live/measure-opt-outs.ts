import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { OptOutResult, OptOutRow } from '../bench-row.ts';
import { spreadOf } from '../spread.ts';
import { bookCampaign } from './book-campaign.ts';
import { type LiveWorld, startLiveWorld } from './live-world.ts';
import { renameContact } from './rename-contact.ts';

/** One opt-out each, in ms. */
const EVERY_MS = 1_000;
/** An opt-out that takes longer did not arrive. */
const LONGEST_MS = 180_000;
/** Names that agents changed before the full sync, so that it has more to write than opt-outs: about a minute's calls. */
const RENAMED = { mailchimp: 2_400, brevo: 480 } as const;

/**
 * Lets people unsubscribe at the provider, one a second, and sees when the CRM's Newsletter field changes: with nothing else
 * to do, during a full sync that writes to the provider, or while the activities of a campaign are written.
 *
 * @throws Error when one did not arrive, or the full sync was over before half of them
 */
export async function measureOptOuts(row: OptOutRow, onPhase: (what: string) => void): Promise<OptOutResult> {
  const { provider, contacts, optOuts, during } = row;
  const world = await startLiveWorld({ provider, contacts, onPhase });
  try {
    const { simulators } = world;
    const people = simulators.people();
    const leavers = people.slice(0, optOuts);
    simulators.slowDown(row.latencyMs);
    if (during === 'idle') {
      onPhase(`${optOuts} opt-outs, idle`);
      const durations = await Promise.all(await leaveOneByOne(world, leavers, () => false));
      return result(row, world, durations);
    }
    if (during === 'campaign') {
      const begun = Promise.withResolvers<void>();
      const booking = bookCampaign(world, { onPhase, onBegun: begun.resolve });
      await Promise.race([begun.promise, booking]);
      const durations = await Promise.all(await leaveOneByOne(world, leavers, () => false));
      return result(row, world, durations, { campaign: await booking });
    }
    for (const person of people.slice(optOuts, optOuts + RENAMED[provider])) renameContact(simulators, person);
    onPhase(`${optOuts} opt-outs during a full sync`);
    const startedAt = performance.now();
    const run = { isOver: false };
    const syncing = world.sync().then(() => {
      run.isOver = true;
      return performance.now() - startedAt;
    });
    const [fullSyncMs, leaving] = await Promise.all([syncing, leaveOneByOne(world, leavers, () => run.isOver)]);
    const durations = await Promise.all(leaving);
    if (durations.length < optOuts / 2)
      throw new Error(`The full sync ended after ${durations.length} of ${optOuts} opt-outs: take more contacts`);
    return result(row, world, durations, { fullSyncMs });
  } finally {
    await world.close();
  }
}

function result(
  row: OptOutRow,
  { simulators }: LiveWorld,
  durations: readonly number[],
  beside: Partial<Pick<OptOutResult, 'fullSyncMs' | 'campaign'>> = {},
): OptOutResult {
  const refusedForRate = simulators.refusedForRate();
  return { row, delay: spreadOf(durations), fullSyncMs: null, campaign: null, ...beside, refusedForRate };
}

/** @returns what each of those who left is waited for with: his delay in ms */
async function leaveOneByOne(
  { simulators }: LiveWorld,
  leavers: readonly { contactId: number; email: string }[],
  isOver: () => boolean,
): Promise<Promise<number>[]> {
  const { store } = simulators.crm;
  const arrivals = new Map<number, () => void>();
  const before = store.onChange;
  store.onChange = (record, changed, actor) => {
    if (record.values.newsletter_aktiv !== '1') arrivals.get(record.id)?.();
    before(record, changed, actor);
  };
  const delays: Promise<number>[] = [];
  for (const { contactId, email } of leavers) {
    await delay(EVERY_MS);
    if (isOver()) break;
    const { promise, resolve } = Promise.withResolvers<void>();
    arrivals.set(contactId, resolve);
    const leftAt = performance.now();
    simulators.leave(email);
    delays.push(
      Promise.race([promise, delay(LONGEST_MS, 'lost' as const, { ref: false })]).then((end) => {
        if (end === 'lost') throw new Error(`An opt-out did not arrive within ${LONGEST_MS / 1000} s`);
        return performance.now() - leftAt;
      }),
    );
  }
  return delays;
}
