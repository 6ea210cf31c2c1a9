import { parseArgs } from 'node:util';
import { DEFECTS } from './defects.ts';
import { ACTOR_NAMES, type DrawOptions } from './draw-history.ts';

export const LAB_USAGE = `npm run simulate -- [--seeds N] [--from S] [--minutes N] [--actors LIST] [--faults yes|no] [--processes N] [--shrink yes|no] [--defect NAME] [--tell]

Plays histories drawn from seeds: the whole engine between simulators of the three systems, on a virtual clock, with what
people do and what goes wrong. After each act every invariant is checked. What they are: docs/simulation-lab.md.

--seeds      how many histories (100)
--from       the first seed (1); the same seed is the same history
--minutes    after so many no further history begins, however many seeds were asked for
--actors     who acts, separated by commas: ${ACTOR_NAMES.join(', ')}
--faults     whether anything goes wrong with requests, webhooks and the server (yes)
--processes  how many processes play (1); one takes a processor and about 600 MB
--shrink     whether a history in which something is wrong is told without what it does not need (yes)
--defect     plays with a deliberate defect in the product until something is wrong: ${DEFECTS.map(({ name }) => name).join(', ')};
             or all of them, one after the other
--tell       tells every history as it happens, not only those in which something is wrong`;

/** What the lab was asked for. */
export type LabOptions = {
  seeds: number;
  from: number;
  /** undefined: until all seeds are played */
  minutes: number | undefined;
  processes: number;
  isTold: boolean;
  shrinks: boolean;
  /** names of the defects to be found; empty: the product is played as it is */
  defects: readonly string[];
  draw: DrawOptions;
};

/** Reads the words of the call. @throws Error with a sentence when one does not fit */
export function readLabOptions(words: readonly string[]): LabOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      minutes: { type: 'string' },
      actors: { type: 'string', default: ACTOR_NAMES.join() },
      faults: { type: 'string', default: 'yes' },
      processes: { type: 'string', default: '1' },
      shrink: { type: 'string', default: 'yes' },
      defect: { type: 'string' },
      tell: { type: 'boolean', default: false },
    },
  });
  const actors = values.actors.split(',').map((name) => {
    const known = ACTOR_NAMES.find((actor) => actor === name.trim());
    if (!known) throw new Error(`--actors ${name}: there are ${ACTOR_NAMES.join(', ')}.`);
    return known;
  });
  return {
    seeds: wholeNumber('--seeds', values.seeds),
    from: wholeNumber('--from', values.from),
    minutes: values.minutes === undefined ? undefined : wholeNumber('--minutes', values.minutes),
    processes: wholeNumber('--processes', values.processes),
    isTold: values.tell,
    defects: defectsOf(values.defect),
    shrinks: isYes('--shrink', values.shrink),
    draw: { actors, hasFaults: isYes('--faults', values.faults) },
  };
}

function defectsOf(word: string | undefined): string[] {
  if (word === undefined) return [];
  const known = DEFECTS.map(({ name }) => name);
  if (word === 'all') return known;
  if (!known.includes(word)) throw new Error(`--defect ${word}: there are all, ${known.join(', ')}.`);
  return [word];
}

function isYes(option: string, word: string): boolean {
  if (word !== 'yes' && word !== 'no') throw new Error(`${option} ${word}: yes or no.`);
  return word === 'yes';
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${option} ${text}: a whole number from 1 on.`);
  return value;
}
