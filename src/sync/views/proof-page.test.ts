import { expect, test } from 'vitest';
import { proofPage } from './proof-page.ts';
import type { ProofView } from './proof-view.ts';

const proof: ProofView = {
  issuedAt: '2026-03-01T08:00:00.000Z',
  contact: { contactId: '17', name: '<script>alert(1)</script>', email: 'ada@example.org' },
  changes: [
    {
      number: 4,
      effect: 'opt-in',
      isAllowed: true,
      happenedAt: null,
      learnedAt: '2026-02-01T08:00:00.000Z',
      contactId: null,
      email: null,
      hash: 'b'.repeat(64),
      previousHash: 'a'.repeat(64),
      words: { effect: 'Einwilligung', from: '', to: 'Newsletter: Ja', source: 'x', verdict: 'zugelassen', wrote: '' },
      evidence: [{ name: 'wie', text: '"am" <b>Telefon</b>' }],
    },
  ],
  check: { count: 9, head: 'c'.repeat(64), brokenAt: null, how: null },
};

test('nothing that people typed becomes markup, and the page has no script', () => {
  const page = proofPage(proof, 'de', 'n0nce');
  expect(page).not.toMatch(/<script|<b>/);
  expect(page).toContain('&quot;am&quot; &lt;b&gt;Telefon&lt;/b&gt;');
});

test('it says whom, what, when, the place in the chain and the check, in the language of the reader', () => {
  const page = proofPage(proof, 'de', 'n0nce');
  for (const text of [
    'lang="de"',
    'Einwilligungsnachweis',
    'Eintrag 4: Einwilligung',
    '(gelöscht)',
    '1. Februar 2026 um 08:00:00 UTC',
    'b'.repeat(64),
    'a'.repeat(64),
    'Alle 9 Einträge sind unverändert',
    'nonce="n0nce"',
  ]) {
    expect(page).toContain(text);
  }
  expect(proofPage(proof, 'en', 'n')).toContain('all 9 entries are unchanged');
});

test.each([
  ['es', 'sus 12.345 asientos', '1 de marzo de 2026'],
  ['it', 'tutte le 12.345 voci', '1 marzo 2026'],
  ['fr', 'ses 12\u202f345 entrées', '1 mars 2026'],
] as const)('numbers and dates are written as in the language: %s', (language, entries, date) => {
  const page = proofPage({ ...proof, check: { ...proof.check, count: 12_345 } }, language, 'n');
  for (const text of [`lang="${language}"`, entries, date]) expect(page).toContain(text);
});

test('a record that does not verify is said so', () => {
  const broken = { ...proof, check: { ...proof.check, brokenAt: 5, how: 'cut' as const } };
  expect(proofPage(broken, 'en', 'n')).toContain('does NOT verify: from entry 5 on');
});
