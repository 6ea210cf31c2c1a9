import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTOR_NAMES, drawHistory } from '../../lab/draw-history.ts';
import type { History } from '../../lab/history.ts';
import { type LabDatabase, openLabDatabase } from '../../lab/open-lab-database.ts';
import { playHistory } from '../../lab/play-history.ts';
import { FOUND_HISTORIES } from '../support/found-histories.ts';

let lab: LabDatabase;
beforeAll(async () => {
  lab = await openLabDatabase();
});
afterAll(() => lab.close());

/** Both providers, deaths and lost answers; thousands more are played by `npm run simulate`. */
const SEEDS = [31, 33];

const stories = new Map<number, string[]>();

async function play(history: History): Promise<{ problems: readonly string[]; story: string[] }> {
  const story: string[] = [];
  await lab.reset();
  const { problems } = await playHistory(history, lab.database, (at, sentence) => {
    story.push(`${new Date(at).toISOString().slice(5, 23)} ${sentence}`);
  });
  return { problems, story };
}

const drawn = (seed: number) => drawHistory(seed, { actors: ACTOR_NAMES, hasFaults: true });

test.each(SEEDS)('R1, R7, R13, R14: whatever happens and fails in history %i, every invariant holds', async (seed) => {
  const { problems, story } = await play(drawn(seed));
  stories.set(seed, story);
  expect(problems, story.join('\n')).toEqual([]);
});

test('the same seed is the same history, whatever was played before', async () => {
  expect((await play(drawn(33))).story).toEqual(stories.get(33));
});

test.each(Object.entries(FOUND_HISTORIES))('%s', async (_, history) => {
  const { problems, story } = await play(history);
  expect(problems, story.join('\n')).toEqual([]);
});
