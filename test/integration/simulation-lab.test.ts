import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTOR_NAMES, drawHistory } from '../../lab/draw-history.ts';
import type { History, Step } from '../../lab/history.ts';
import { type LabDatabase, openLabDatabase } from '../../lab/open-lab-database.ts';
import { playHistory } from '../../lab/play-history.ts';
import { FOUND_HISTORIES } from '../support/found-histories.ts';
import { simulate } from '../support/simulate.ts';

let lab: LabDatabase;
beforeAll(async () => {
  lab = await openLabDatabase();
});
afterAll(() => lab.close());

/** Begins while other histories are played; thousands more are played by `npm run simulate`. */
const DRAWN = { seeds: 250, from: 670_000 };
const stopped = new AbortController();
let simulation: Promise<{ code: number; said: string }>;
beforeAll(() => {
  simulation = simulate(['--seeds', `${DRAWN.seeds}`, '--from', `${DRAWN.from}`, '--shrink', 'no'], stopped.signal);
});
afterAll(() => stopped.abort());

async function play(history: History): Promise<{ problems: readonly string[]; story: string[] }> {
  const story: string[] = [];
  await lab.reset();
  const { problems } = await playHistory(history, lab.database, (at, sentence) => {
    story.push(`${new Date(at).toISOString().slice(5, 23)} ${sentence}`);
  });
  return { problems, story };
}

test('the same seed is the same history, whatever was played before', async () => {
  const drawn = drawHistory(24, { actors: ACTOR_NAMES, hasFaults: true });
  const first = await play(drawn);
  await play(drawHistory(20, { actors: ACTOR_NAMES, hasFaults: true }));
  expect(first.problems).toEqual([]);
  expect((await play(drawn)).story).toEqual(first.story);
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

test('R1, R7, R13, R14: whatever happens and fails in hundreds of histories, every invariant holds', {
  timeout: 900_000,
}, async () => {
  const { code, said } = await simulation;
  expect(said).toContain('Every invariant held.');
  expect(said).toMatch(new RegExp(`^${DRAWN.seeds} histories`, 'm'));
  expect(code).toBe(0);
});
