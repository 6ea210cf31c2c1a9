import { parseArgs } from 'node:util';
import type { BenchMode, BenchRow } from './bench-row.ts';

export const BENCH_USAGE = `npm run bench -- [--contacts N] [--provider mailchimp|brevo] [--mode free|limited] [--latency-ms N]
                 [--sample N] [--json FILE] [--all]

Measures full syncs with simulators: 10,000 contacts, both providers, both modes unless told otherwise.
--all adds 100,000 contacts. What the figures mean: docs/bench.md.`;

const PROVIDERS = ['mailchimp', 'brevo'] as const;
const MODES: readonly BenchMode[] = ['free', 'limited'];
const LARGE = 100_000;

/** Reads the words of the call. @throws Error with a sentence when one does not fit */
export function readBenchOptions(words: readonly string[]): { rows: BenchRow[]; jsonFile: string } {
  const { values } = parseArgs({
    args: [...words],
    options: {
      contacts: { type: 'string', default: '10000' },
      provider: { type: 'string' },
      mode: { type: 'string' },
      'latency-ms': { type: 'string', default: '200' },
      sample: { type: 'string', default: '500' },
      json: { type: 'string', default: 'bench-results.json' },
      all: { type: 'boolean', default: false },
    },
  });
  const contacts = wholeNumber('--contacts', values.contacts, 1);
  const latencyMs = wholeNumber('--latency-ms', values['latency-ms'], 0);
  const sample = wholeNumber('--sample', values.sample, 1);
  const providers = chosen('--provider', PROVIDERS, values.provider);
  const modes = chosen('--mode', MODES, values.mode);
  const sizes = values.all ? [...new Set([contacts, LARGE])] : [contacts];
  const rows = sizes.flatMap((size) =>
    providers.flatMap((provider) => modes.map((mode) => ({ provider, mode, contacts: size, latencyMs, sample }))),
  );
  return { rows, jsonFile: values.json };
}

function chosen<T extends string>(option: string, all: readonly T[], word: string | undefined): readonly T[] {
  if (word === undefined) return all;
  const one = all.filter((name) => name === word);
  if (one.length === 0) throw new Error(`${option} takes ${all.join(' or ')}.`);
  return one;
}

function wholeNumber(option: string, word: string, least: number): number {
  const value = Number(word);
  if (!Number.isInteger(value) || value < least) throw new Error(`${option} takes a whole number, ${least} or more.`);
  return value;
}
