import { parseArgs } from 'node:util';
import type { BenchMode, BenchRow } from './bench-row.ts';

export const BENCH_USAGE = `npm run bench -- [--rows KINDS] [--provider mailchimp|brevo] [--json FILE] …

Measures the product with simulators of the vendors; targets stand beside the figures. What they mean: docs/bench.md.

--rows, one or several separated by commas; all of them by default:
  sync      full syncs on a virtual clock. --contacts N (10000), --mode free|limited (both), --sample N (500),
            --all: 100,000 contacts as well
  intake    webhooks stored by the running program, on the embedded database and on PostgreSQL. --events N (6000),
            --database embedded|postgres (both)
  opt-outs  from an opt-out at the provider to the CRM's Newsletter field, idle, during a full sync of --contacts N, and while
            the activities of a campaign to them are written. --opt-outs N (50), --during idle|full-sync|campaign (all)
  changes   from a name edited in the CRM to the provider. --changes N (40)
--latency-ms N (200): what a call takes at the simulators, except in sync's mode free. Each row takes one to six minutes.`;

const KINDS = ['sync', 'intake', 'opt-outs', 'changes'] as const;
const PROVIDERS = ['mailchimp', 'brevo'] as const;
const MODES: readonly BenchMode[] = ['free', 'limited'];
const DATABASES = ['embedded', 'postgres'] as const;
const DURING = ['idle', 'full-sync', 'campaign'] as const;
const LARGE = 100_000;
/** Contacts of the rows that do no large sync. */
const SMALL = 1_000;

/** Reads the words of the call. @throws Error with a sentence when one does not fit */
export function readBenchOptions(words: readonly string[]): { rows: BenchRow[]; jsonFile: string } {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rows: { type: 'string' },
      contacts: { type: 'string', default: '10000' },
      provider: { type: 'string' },
      mode: { type: 'string' },
      database: { type: 'string' },
      during: { type: 'string' },
      events: { type: 'string', default: '6000' },
      'opt-outs': { type: 'string', default: '50' },
      changes: { type: 'string', default: '40' },
      'latency-ms': { type: 'string', default: '200' },
      sample: { type: 'string', default: '500' },
      json: { type: 'string', default: 'bench-results.json' },
      all: { type: 'boolean', default: false },
    },
  });
  const contacts = wholeNumber('--contacts', values.contacts, 1);
  const latencyMs = wholeNumber('--latency-ms', values['latency-ms'], 0);
  const sample = wholeNumber('--sample', values.sample, 1);
  const events = wholeNumber('--events', values.events, 1);
  const optOuts = wholeNumber('--opt-outs', values['opt-outs'], 1);
  const changes = wholeNumber('--changes', values.changes, 1);
  const kinds = severalOf('--rows', KINDS, values.rows);
  const providers = chosen('--provider', PROVIDERS, values.provider);
  const modes = chosen('--mode', MODES, values.mode);
  const databases = chosen('--database', DATABASES, values.database);
  const during = chosen('--during', DURING, values.during);
  const sizes = values.all ? [...new Set([contacts, LARGE])] : [contacts];
  const ofProvider = (provider: (typeof PROVIDERS)[number]): Record<(typeof KINDS)[number], BenchRow[]> => ({
    sync: sizes.flatMap((size) =>
      modes.map((mode) => ({ kind: 'sync', provider, mode, contacts: size, latencyMs, sample }) as const),
    ),
    intake: databases.map((database) => ({ kind: 'intake', provider, database, events, latencyMs })),
    'opt-outs': during.map((when) => ({
      kind: 'opt-outs',
      provider,
      during: when,
      contacts: when === 'idle' ? Math.min(contacts, SMALL) : contacts,
      optOuts,
      latencyMs,
    })),
    changes: [{ kind: 'changes', provider, contacts: Math.min(contacts, SMALL), changes, latencyMs }],
  });
  const rows = kinds.flatMap((kind) => providers.flatMap((provider) => ofProvider(provider)[kind]));
  return { rows, jsonFile: values.json };
}

function chosen<T extends string>(option: string, all: readonly T[], word: string | undefined): readonly T[] {
  if (word === undefined) return all;
  const one = all.filter((name) => name === word);
  if (one.length === 0) throw new Error(`${option} takes ${all.join(' or ')}.`);
  return one;
}

function severalOf<T extends string>(option: string, all: readonly T[], list: string | undefined): readonly T[] {
  const words = list?.split(',').map((word) => word.trim()) ?? all;
  return words.flatMap((word) => chosen(option, all, word));
}

function wholeNumber(option: string, word: string, least: number): number {
  const value = Number(word);
  if (!Number.isInteger(value) || value < least) throw new Error(`${option} takes a whole number, ${least} or more.`);
  return value;
}
