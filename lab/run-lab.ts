import { fork } from 'node:child_process';
import { join } from 'node:path';
import { LAB_USAGE, type LabOptions, readLabOptions } from './lab-options.ts';
import type { LabMessage } from './lab-process.ts';
import { type Tally, tallyText } from './tally.ts';

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

/** Plays all seeds in as many processes as asked for and prints what they found. @returns whether every invariant held */
async function runLab(options: LabOptions): Promise<boolean> {
  const startedAt = performance.now();
  const tallies = await Promise.all(
    Array.from({ length: options.processes }, (_, number) => playInOwnProcess(options, number)),
  );
  console.log(tallyText(tallies, performance.now() - startedAt));
  return tallies.every(({ failed }) => failed.length === 0);
}

/** A database is a processor's work: each process has its own, and every so many-th seed. */
function playInOwnProcess(options: LabOptions, number: number): Promise<Tally> {
  const child = fork(join(import.meta.dirname, 'lab-process.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { promise, resolve, reject } = Promise.withResolvers<Tally>();
  child.on('message', (message: LabMessage) => {
    if ('tally' in message) resolve(message.tally);
    else console.log(message.said);
  });
  child.on('error', reject);
  child.on('exit', (code) => reject(new Error(`A process of the lab ended with ${code}.`)));
  child.send({ options, number });
  return promise;
}
