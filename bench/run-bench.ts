import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { BENCH_USAGE, readBenchOptions } from './bench-options.ts';
import type { BenchResult, BenchRow } from './bench-row.ts';
import { firstSyncBound, secondSyncBound } from './lower-bound.ts';
import { renderResult } from './render-result.ts';
import type { RowMessage } from './row-process.ts';

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(BENCH_USAGE);
} else {
  try {
    await runBench(words);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** Measures row after row, prints each table when it is there, and writes all of them into the file. */
async function runBench(words: readonly string[]): Promise<void> {
  const { rows, jsonFile } = readBenchOptions(words);
  const [processor] = cpus();
  const machine = {
    processor: processor?.model ?? '',
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
  };
  const results: BenchResult[] = [];
  for (const row of rows) {
    const result = await measureInOwnProcess(row);
    results.push(result);
    console.log(`${renderResult(result)}\n`);
    const withBounds = results.map((one) =>
      'sizes' in one ? { ...one, lowerBounds: { first: firstSyncBound(one), second: secondSyncBound(one) } } : one,
    );
    writeFileSync(jsonFile, `${JSON.stringify({ machine, results: withBounds }, undefined, 2)}\n`);
  }
  console.error(`Written to ${jsonFile}.`);
}

/** Each row has its own process, so that the peak of one's memory is not the next one's beginning. */
async function measureInOwnProcess(row: BenchRow): Promise<BenchResult> {
  const child = fork(join(import.meta.dirname, 'row-process.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { promise, resolve, reject } = Promise.withResolvers<BenchResult>();
  child.on('message', (message: RowMessage) => {
    if ('result' in message) resolve(message.result);
    else console.error(`${nameOf(row)}: ${message.phase}`);
  });
  child.on('error', reject);
  child.on('exit', (code) => reject(new Error(`The process of ${nameOf(row)} ended with ${code}.`)));
  child.send(row);
  return promise;
}

function nameOf(row: BenchRow): string {
  switch (row.kind) {
    case 'sync':
      return `${row.kind} ${row.provider} ${row.mode} ${row.contacts}`;
    case 'intake':
      return `${row.kind} ${row.provider} ${row.database}`;
    case 'opt-outs':
      return `${row.kind} ${row.provider} ${row.during}`;
    case 'changes':
      return `${row.kind} ${row.provider}`;
  }
}
