import { drawHistory } from './draw-history.ts';
import type { LabOptions } from './lab-options.ts';
import { openLabDatabase } from './open-lab-database.ts';
import { playHistory } from './play-history.ts';
import { addOutcome, emptyTally, type Tally } from './tally.ts';

/** What a process of the lab tells: something to print, or at last what it has played. */
export type LabMessage = { said: string } | { tally: Tally };

/** Time between two words about how far it is, in ms. */
const PROGRESS_MS = 30_000;

process.once('message', (asked: { options: LabOptions; number: number }) => {
  playSeeds(asked.options, asked.number).then(
    (tally) => {
      tell({ tally });
      process.disconnect();
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function playSeeds({ seeds, from, processes, isTold, draw }: LabOptions, number: number): Promise<Tally> {
  const lab = await openLabDatabase();
  const tally = emptyTally();
  let saidAt = performance.now();
  for (let seed = from + number; seed < from + seeds; seed += processes) {
    const history = drawHistory(seed, draw);
    const story: string[] = [];
    await lab.reset();
    const outcome = await playHistory(history, lab.database, (at, sentence) => {
      story.push(`${new Date(at).toISOString().slice(5, 23).replace('T', ' ')}  ${sentence}`);
    });
    addOutcome(tally, seed, outcome);
    const isWrong = outcome.problems.length > 0;
    if (isTold || isWrong) {
      tell({ said: [`Seed ${seed}, ${history.providers.join(' and ')}`, ...story, ...outcome.problems].join('\n  ') });
    }
    if (performance.now() - saidAt > PROGRESS_MS) {
      saidAt = performance.now();
      tell({ said: `${tally.histories} histories, ${tally.failed.length} wrong` });
    }
  }
  await lab.close();
  return tally;
}

function tell(message: LabMessage): void {
  process.send?.(message);
}
