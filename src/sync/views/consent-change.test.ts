import { expect, test } from 'vitest';
import type { ConsentRecord } from '../../db/consent-history.ts';
import { consentChange } from './consent-change.ts';

const RECORD: ConsentRecord = {
  number: 4,
  learnedOrder: 9,
  connectionId: '',
  contactId: undefined,
  email: undefined,
  contactHash: undefined,
  emailHash: '',
  effect: 'opt-out',
  from: 'subscribed',
  to: 'unsubscribed',
  source: 'person',
  verdict: 'allowed',
  happenedAt: undefined,
  learnedAt: '2026-03-01T08:00:00.000Z',
  evidence: {},
  clearEvidence: undefined,
  wrote: '',
  previousHash: '',
  hash: '',
};

test.each(['de', 'en', 'es', 'it', 'fr'] as const)(
  'R14: evidence that is a code of ours is said in words, what others wrote stays as it is: %s',
  (language) => {
    const codes = { event: 'complained', history: 'administrator', rule: 'address-changed', found: 'cleaned' };
    const { evidence } = consentChange({ ...RECORD, evidence: codes }, language);
    for (const { name, text } of evidence) {
      expect(Object.keys(codes)).not.toContain(name);
      expect(Object.values(codes)).not.toContain(text);
    }
    const theirs = { action: 'unsub', reason: 'erasure', apiKey: 'person' };
    const said = consentChange({ ...RECORD, evidence: theirs }, language).evidence;
    expect(said.map(({ text }) => text)).toEqual(Object.values(theirs));
    expect(said.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['apiKey']));
  },
);
