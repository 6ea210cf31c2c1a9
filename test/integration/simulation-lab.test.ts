import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTOR_NAMES, drawHistory } from '../../lab/draw-history.ts';
import type { History, Step } from '../../lab/history.ts';
import { type LabDatabase, openLabDatabase } from '../../lab/open-lab-database.ts';
import { playHistory } from '../../lab/play-history.ts';
import { FOUND_HISTORIES } from '../support/found-histories.ts';

let lab: LabDatabase;
beforeAll(async () => {
  lab = await openLabDatabase();
});
afterAll(() => lab.close());

/** Both providers, deaths and lost answers; thousands more are played by `npm run simulate`. */
const SEEDS = [20, 24];

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
  expect((await play(drawn(24))).story).toEqual(stories.get(24));
});

test.each(Object.entries(FOUND_HISTORIES))('%s', async (_, history) => {
  const { problems, story } = await play(history);
  expect(problems, story.join('\n')).toEqual([]);
});

test('F5, R1: an opt-out that is found right before a removal survives a crash at any commit', async () => {
  const history =
    FOUND_HISTORIES['R1, M18: who has left is not archived as a former address before anybody knows that he left'];
  if (!history) throw new Error('the history is there');
  const [steps = []] = history.acts;
  for (let commit = 1; commit <= 12; commit += 1) {
    const kill: Step = {
      when: { atCommit: commit },
      deed: { who: 'chance', does: 'kills-at-commit', fate: 'dies-after' },
    };
    const { problems, story } = await play({ ...history, acts: [[...steps, kill]] });
    expect(problems, `commit ${commit}: ${story.join('\n')}`).toEqual([]);
  }
});
