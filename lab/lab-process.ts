import { drawHistory, isBystander } from './draw-history.ts';
import type { History } from './history.ts';
import type { LabOptions } from './lab-options.ts';
import { type LabDatabase, openLabDatabase } from './open-lab-database.ts';
import { type Outcome, playHistory } from './play-history.ts';
import { shrinkHistory } from './shrink-history.ts';
import { addOutcome, emptyTally, type Tally } from './tally.ts';

/** How far a process is. */
export type Progress = Pick<Tally, 'histories' | 'failed'>;

/** What a process of the lab tells: something to print, how far it is, or at last what it has played. */
export type LabMessage = { said: string } | { progress: Progress } | { tally: Tally };

// Nobody hears it any more, as when the command was ended.
process.once('disconnect', () => process.exit());

process.once('message', (options: LabOptions) => {
  playSeeds(options).then(
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

async function playSeeds({ seeds, from, minutes, isTold, shrinks, defects, draw }: LabOptions): Promise<Tally> {
  const lab = await openLabDatabase();
  const tally = emptyTally();
  const endsAt = performance.now() + (minutes ?? Infinity) * 60_000;
  for (let seed = from; seed < from + seeds && performance.now() < endsAt; seed += 1) {
    const history = drawHistory(seed, draw);
    const played = await playTold(lab, history);
    addOutcome(tally, seed, played.outcome);
    if (played.outcome.problems.length > 0) {
      const rule = ruleOf(played.outcome);
      tell({ said: `Seed ${seed}: ${played.outcome.problems.join('\n  ')}` });
      if (defects.length > 0) break;
      const isStillWrong = async (smaller: History) => ruleOf((await playTold(lab, smaller)).outcome) === rule;
      const smallest = shrinks ? await shrinkHistory(history, isStillWrong) : history;
      tell({ said: storyText(seed, smallest, await playTold(lab, smallest)) });
    } else if (isTold) tell({ said: storyText(seed, history, played) });
    tell({ progress: { histories: tally.histories, failed: tally.failed } });
  }
  await lab.close();
  return tally;
}

type Played = { outcome: Outcome; story: readonly string[] };

async function playTold(lab: LabDatabase, history: History): Promise<Played> {
  const story: string[] = [];
  await lab.reset();
  const outcome = await playHistory(history, lab.database, (at, sentence) => {
    story.push(`${new Date(at).toISOString().slice(5, 23).replace('T', ' ')}  ${sentence}`);
  });
  return { outcome, story };
}

/** The rule that a history breaks first; undefined: none. */
function ruleOf({ problems: [first] }: Outcome): string | undefined {
  return first?.split(':')[0];
}

function storyText(seed: number, history: History, { outcome, story }: Played): string {
  const { providers, hasWebhooks, contacts, members, settings, skewMs, switches } = history;
  return [
    `Seed ${seed}: ${providers.join(' and ')}${hasWebhooks ? '' : ', no webhook ever arrives'}`,
    ...contacts.filter(({ email }) => !isBystander(email)).map((contact) => `contact ${JSON.stringify(contact)}`),
    ...members.map((member) => `member ${JSON.stringify(member)}`),
    `settings ${JSON.stringify(settings)}, clocks ${JSON.stringify(skewMs)}`,
    `switches ${JSON.stringify(switches)}`,
    ...story,
    ...outcome.problems,
  ].join('\n  ');
}

function tell(message: LabMessage): void {
  process.send?.(message);
}
