import { fork } from 'node:child_process';
import { join } from 'node:path';
import { LAB_USAGE, type LabOptions, readLabOptions } from './lab-options.ts';
import type { LabMessage, Progress } from './lab-process.ts';
import { type Tally, tallyText } from './tally.ts';

/** Time between two words about how far it is, in ms. */
const PROGRESS_MS = 30_000;

/** Histories after which another process goes on: each makes the next one slower. */
const SEEDS_OF_A_PROCESS = 400;

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(LAB_USAGE);
} else {
  try {
    const options = readLabOptions(words);
    process.exitCode = (await runLab(options)) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** Plays all seeds, or looks for the defects that were asked for. @returns whether all was as it has to be */
async function runLab(options: LabOptions): Promise<boolean> {
  if (options.defects.length === 0) return playAll(options);
  let areFound = true;
  for (const defect of options.defects) {
    const { histories, seed } = await findDefect(options, defect);
    console.log(
      `${defect}: ${seed === undefined ? `not found in ${histories} histories` : `found by history ${seed}`}`,
    );
    areFound &&= seed !== undefined;
  }
  return areFound;
}

/** Plays with a defect until something is wrong that is not wrong without it. @returns the seed of that history */
async function findDefect(
  options: LabOptions,
  defect: string,
): Promise<{ histories: number; seed: number | undefined }> {
  const end = options.from + options.seeds;
  let played = 0;
  for (let from = options.from; from < end; ) {
    const { histories, failed } = await playInOwnProcess({ ...options, from, seeds: end - from }, () => {}, defect);
    played += histories;
    const [seed] = failed;
    if (seed === undefined) break;
    const asItIs = { ...options, from: seed, seeds: 1, shrinks: false, isTold: false };
    if ((await playInOwnProcess(asItIs, () => {})).failed.length === 0) return { histories: played, seed };
    from = seed + 1;
  }
  return { histories: played, seed: undefined };
}

/** Plays all seeds in as many processes as asked for and prints what they found. @returns whether every invariant held */
async function playAll(options: LabOptions): Promise<boolean> {
  const startedAt = performance.now();
  const leftMinutes = () => options.minutes && options.minutes - (performance.now() - startedAt) / 60_000;
  const end = options.from + options.seeds;
  const share = Math.min(SEEDS_OF_A_PROCESS, Math.ceil(options.seeds / options.processes));
  const ended: Tally[] = [];
  const underWay = new Map<number, Progress>();
  let next = options.from;
  let saidAt = startedAt;
  const playOn = async (number: number) => {
    for (let from = next; from < end && (leftMinutes() ?? 1) > 0; from = next) {
      next = Math.min(end, from + share);
      const part = { ...options, from, seeds: next - from, minutes: leftMinutes() };
      const tally = await playInOwnProcess(part, (progress) => {
        underWay.set(number, progress);
        if (performance.now() - saidAt < PROGRESS_MS) return;
        saidAt = performance.now();
        console.log(progressText([...ended, ...underWay.values()]));
      });
      underWay.delete(number);
      ended.push(tally);
    }
  };
  await Promise.all(Array.from({ length: options.processes }, (_, number) => playOn(number)));
  console.log(tallyText(ended, performance.now() - startedAt));
  return ended.every(({ failed }) => failed.length === 0);
}

function progressText(parts: readonly Progress[]): string {
  const histories = parts.reduce((sum, part) => sum + part.histories, 0);
  const failed = parts.flatMap((part) => part.failed);
  return `${histories} histories, ${failed.length} wrong`;
}

/**
 * A database is a processor's work: each process has its own.
 *
 * @param onProgress told after each history
 * @param defect planted into the product as the process loads it; it ends with the first history that goes wrong
 */
function playInOwnProcess(
  options: LabOptions,
  onProgress: (progress: Progress) => void,
  defect?: string,
): Promise<Tally> {
  const here = (file: string) => join(import.meta.dirname, file);
  const child = fork(here('lab-process.ts'), defect === undefined ? [] : ['--defect', defect], {
    execArgv: defect === undefined ? ['--import', here('watch-meetings.ts')] : ['--import', here('plant-defect.ts')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<Tally>();
  child.on('message', (message: LabMessage) => {
    if ('tally' in message) resolve(message.tally);
    else if ('progress' in message) onProgress(message.progress);
    else console.log(message.said);
  });
  child.on('error', reject);
  child.on('exit', (code) => reject(new Error(`A process of the lab ended with ${code}.`)));
  child.send(options);
  return promise;
}
