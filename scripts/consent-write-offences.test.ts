import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { consentWriteOffences, type Offence } from './consent-write-offences.ts';

const root = join(import.meta.dirname, '..');

const OPENS =
  "import type { OutsideSystems } from '../core/outside-systems.ts'; declare const systems: OutsideSystems;";
const WRITES =
  "import type { ProviderConsentWrites } from '../core/mailing-provider.ts'; declare const w: ProviderConsentWrites;";
const TOUCHES = 'touches consentWrites: who opens a lane hands it to createConsentGate';
const NAMES = 'names ProviderConsentWrites: only the consent gate is handed it';
const uses = (name: string) => `uses ${name} of ProviderConsentWrites: only the consent gate may`;
const PROVIDER = "systems.provider('brevo', {} as never)";

/** What is written below a file of the product, each below another one: the sources are read once for all. */
const CASES: { what: string; file: string; more: string; found: string[] }[] = [
  {
    what: 'calling a writer',
    file: 'src/sync/plan-rules.ts',
    more: `${WRITES} void w.raiseMember('', {} as never, {});`,
    found: [NAMES, uses('raiseMember')],
  },
  {
    what: 'calling it by a text',
    file: 'src/sync/plan-chunk.ts',
    more: `${WRITES} void w['removeMember']('', {} as never);`,
    found: [NAMES, uses('removeMember')],
  },
  {
    what: 'taking a function out of it',
    file: 'src/sync/leaving-entry.ts',
    more: `${WRITES} export const { addMembers: add } = w;`,
    found: [NAMES, uses('addMembers')],
  },
  {
    what: 'opening a system',
    file: 'src/sync/settle-people.ts',
    more: `${OPENS} export const other = ${PROVIDER}.consentWrites;`,
    found: [TOUCHES],
  },
  {
    what: 'opening it by a text',
    file: 'src/sync/store-contacts.ts',
    more: `${OPENS} export const other = ${PROVIDER}['consentWrites'];`,
    found: [TOUCHES],
  },
  {
    what: 'taking the writer out of it',
    file: 'src/sync/store-listed.ts',
    more: `${OPENS} export const { consentWrites: mine } = ${PROVIDER};`,
    found: [TOUCHES],
  },
  {
    what: 'a type of the same shape',
    file: 'src/sync/take-departed.ts',
    more: 'export const shape = (opened: { consentWrites: { go(): void } }) => opened.consentWrites.go();',
    found: [TOUCHES],
  },
  {
    what: 'using what was opened at once',
    file: 'src/sync/read-cut-tags.ts',
    more: `${OPENS} void ${PROVIDER}.consentWrites.removeMember('', {} as never);`,
    found: [uses('removeMember'), TOUCHES],
  },
  {
    what: 'keeping a writer where a lane is opened',
    file: 'src/sync/lanes/lane-parts.ts',
    more: 'export const kept = (systems: OutsideSystems) => systems.crm({} as never).consentWrites;',
    found: [TOUCHES],
  },
  {
    what: 'using a writer in the adapter that makes it',
    file: 'src/adapters/mailchimp/mailchimp-consent-writes.ts',
    more: "export const use = (w: ProviderConsentWrites) => w.unsubscribeMember('', '' as EmailAddress, {});",
    found: [uses('unsubscribeMember')],
  },
];

/** Comments, texts of other meaning and functions of the same name. */
const HARMLESS = {
  file: 'src/sync/observe-members.ts',
  more: `// systems.provider().consentWrites.raiseMember()
    export const said = 'consentWrites are the gate’s';
    export const tent = { removeMember: () => 1 }; tent.removeMember();`,
};

let offences: readonly Offence[];
beforeAll(() => {
  const sources = new Map(
    [...CASES, HARMLESS].map(({ file, more }) => {
      const path = join(root, file);
      return [path, `${readFileSync(path, 'utf8')}\n${more}\n`];
    }),
  );
  ({ offences } = consentWriteOffences(root, { readFile: (path) => sources.get(path) }));
});

/** Each thing once. */
const foundIn = (file: string) => [
  ...new Set(offences.filter((offence) => offence.file === file).map(({ why }) => why)),
];

test('R2: consent is written by the consent gate alone', () => {
  const asItIs = consentWriteOffences(root);
  expect(asItIs.offences).toEqual([]);
  expect(asItIs.writes).toBeGreaterThanOrEqual(6);
});

test.each(CASES)('R2: $what fails the check', ({ file, found }) => {
  expect(foundIn(file)).toEqual(found);
});

test('comments, texts of other meaning and functions of the same name are no offence', () => {
  expect(foundIn(HARMLESS.file)).toEqual([]);
});

test('nothing else is found than what was written', () => {
  const written = new Set(CASES.map(({ file }) => file));
  expect(offences.filter(({ file }) => !written.has(file))).toEqual([]);
});
