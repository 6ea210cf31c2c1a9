import { workSettings } from '../../src/core/work-settings.ts';
import { isRead, type SeenRequest } from '../carry-request.ts';
import type { Stage } from '../stage.ts';

const HOUR_MS = 3_600_000;

/** So often the very same write may be carried out within one act: answers are lost, and people change their minds. */
const MOST_REPEATS = 12;

/** Requests of an hour that are no polls: tags are compared, campaigns listed and the webhook looked at. */
const BESIDES = { crm: 30, provider: 40 };

/** Takes note of a request for `checkRepeats`. */
export function noteRequest({ requests }: Stage, seen: SeenRequest): void {
  const key = `${seen.system} ${seen.call} ${isRead(seen) ? '' : seen.body}`;
  requests.set(key, (requests.get(key) ?? 0) + 1);
}

/** Nothing is asked of an outside system again and again without end. @returns what is wrong, in sentences */
export function checkRepeats({ requests }: Stage): string[] {
  return [...requests]
    .filter(([key, count]) => count > MOST_REPEATS && !isRead({ call: key.slice(key.indexOf(' ') + 1) }))
    .map(([key, count]) => `budget: sent ${count} times: ${key}`);
}

/**
 * An hour in which nobody does anything costs no more than the polls, and nothing is written (F2, F4, R13). Where something
 * comes in this hour anyway, it is not looked at.
 *
 * @returns what is wrong, in sentences
 */
export async function checkIdleHour(stage: Stage): Promise<string[]> {
  const { world, requests } = stage;
  const until = world.time.now() + HOUR_MS;
  if (!world.isStill(until)) return [];
  requests.clear();
  const runs = await Promise.all(world.connections.map(({ store }) => store.tables.runs.lastFinished()));
  await world.live(until);
  const later = await Promise.all(world.connections.map(({ store }) => store.tables.runs.lastFinished()));
  if (later.some((run, place) => run?.id !== runs[place]?.id)) return [];
  const settings = await Promise.all(
    world.connections.map(async (connection) => (await world.row(connection)).settings),
  );
  const polls = (ms: 'crmPollMs' | 'providerPollMs') =>
    settings.reduce((sum, one) => sum + Math.ceil(HOUR_MS / workSettings(one)[ms]) + 1, 0);
  const count = (isOne: (key: string) => boolean) =>
    [...requests].filter(([key]) => isOne(key)).reduce((sum, [, one]) => sum + one, 0);
  const sums = [
    ['onOffice', count((key) => key.startsWith('onoffice')), polls('crmPollMs') + BESIDES.crm * settings.length],
    // Present and archived members are asked for apart.
    [
      'providers',
      count((key) => !key.startsWith('onoffice')),
      2 * polls('providerPollMs') + BESIDES.provider * settings.length,
    ],
  ] as const;
  const writes = [...requests.keys()].filter((key) => !isRead({ call: key.slice(key.indexOf(' ') + 1) }));
  return [
    ...sums
      .filter(([, sum, most]) => sum > most)
      .map(
        ([who, sum, most]) =>
          `budget: an idle hour asks ${who} ${sum} times, not ${most}: ${[...requests].map(([key, one]) => `${key} ${one}`).join('; ')}`,
      ),
    // What became of a newsletter is written when its report is next looked at.
    ...writes
      .filter((key) => !key.includes('webhooks') && !key.startsWith('onoffice create agentslog'))
      .map((key) => `budget: an idle hour writes ${key}`),
  ];
}
