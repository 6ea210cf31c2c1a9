import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consentWriteOffences } from './consent-write-offences.ts';

const root = join(import.meta.dirname, '..');

/** What is found in the product's own sources when something is written below one of them; each thing once. */
function offencesWith(file: string, more: string) {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const readFile = (name: string) => (name === path ? `${before}\n${more}\n` : undefined);
  const { offences } = consentWriteOffences(root, { readFile });
  return [...new Set(offences.map(({ file: where, why }) => `${where} ${why}`))];
}

const SOMEWHERE = 'src/sync/plan-rules.ts';
const OPENS =
  "import type { OutsideSystems } from '../core/outside-systems.ts'; declare const systems: OutsideSystems;";
const WRITES =
  "import type { ProviderConsentWrites } from '../core/mailing-provider.ts'; declare const w: ProviderConsentWrites;";
const TOUCHES = `${SOMEWHERE} touches consentWrites: who opens a lane hands it to createConsentGate`;
const NAMES = `${SOMEWHERE} names ProviderConsentWrites: only the consent gate is handed it`;
const uses = (name: string) => `${SOMEWHERE} uses ${name} of ProviderConsentWrites: only the consent gate may`;
const PROVIDER = "systems.provider('brevo', {} as never)";

test('R2: consent is written by the consent gate alone', () => {
  const { offences, writes } = consentWriteOffences(root);
  expect(offences).toEqual([]);
  expect(writes).toBeGreaterThanOrEqual(6);
});

test.each([
  ['calling a writer', `${WRITES} void w.raiseMember('', {} as never, {});`, [NAMES, uses('raiseMember')]],
  ['calling it by a text', `${WRITES} void w['removeMember']('', {} as never);`, [NAMES, uses('removeMember')]],
  ['taking a function out of it', `${WRITES} export const { addMembers: add } = w;`, [NAMES, uses('addMembers')]],
  ['opening a system', `${OPENS} export const other = ${PROVIDER}.consentWrites;`, [TOUCHES]],
  ['opening it by a text', `${OPENS} export const other = ${PROVIDER}['consentWrites'];`, [TOUCHES]],
  ['taking the writer out of it', `${OPENS} export const { consentWrites: mine } = ${PROVIDER};`, [TOUCHES]],
  [
    'a type of the same shape',
    'export const shape = (opened: { consentWrites: { go(): void } }) => opened.consentWrites.go();',
    [TOUCHES],
  ],
  [
    'using what was opened at once',
    `${OPENS} void ${PROVIDER}.consentWrites.removeMember('', {} as never);`,
    [uses('removeMember'), TOUCHES],
  ],
])('R2: %s anywhere else fails the check', (_, more, found) => {
  expect(offencesWith(SOMEWHERE, more)).toEqual(found);
});

test('R2: who opens a lane cannot keep a writer for himself', () => {
  const file = 'src/sync/lanes/lane-parts.ts';
  const more = 'export const kept = (systems: OutsideSystems) => systems.crm({} as never).consentWrites;';
  expect(offencesWith(file, more)).toEqual([TOUCHES.replace(SOMEWHERE, file)]);
});

test('R2: an adapter makes a writer and does not use it', () => {
  const file = 'src/adapters/mailchimp/mailchimp-consent-writes.ts';
  const more = "export const use = (w: ProviderConsentWrites) => w.unsubscribeMember('', '' as EmailAddress, {});";
  expect(offencesWith(file, more)).toEqual([uses('unsubscribeMember').replace(SOMEWHERE, file)]);
});

test('comments, texts of other meaning and functions of the same name are no offence', () => {
  const more = `// systems.provider().consentWrites.raiseMember()
    export const said = 'consentWrites are the gate’s';
    export const tent = { removeMember: () => 1 }; tent.removeMember();`;
  expect(offencesWith(SOMEWHERE, more)).toEqual([]);
});
