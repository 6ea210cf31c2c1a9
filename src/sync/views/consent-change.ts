import type { OperationKind } from '../../core/operation.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import type { ConsentRecord } from '../../db/consent-history.ts';
import { consentWords } from './consent-words.ts';
import { stateText } from './describe-operation.ts';

/** One entry of the consent record as people read it (R14). Instants are ISO 8601 in UTC. */
export type ConsentChange = {
  number: number;
  effect: ConsentRecord['effect'];
  isAllowed: boolean;
  happenedAt: string | null;
  learnedAt: string;
  /** whom it is about; null once it was erased */
  contactId: string | null;
  email: string | null;
  hash: string;
  /** in the reader's words */
  words: { effect: string; from: string; to: string; source: string; verdict: string; wrote: string };
  evidence: { name: string; text: string }[];
};

/** Name under which the evidence carries the hash of what stands beside it in clear; nothing for people. */
const HASH_OF_CLEAR = 'clear';

/** Evidence that is one of our own codes. */
const CODED: ReadonlySet<string> = new Set(['event', 'history', 'request', 'rule']);

/** Says an entry of the consent record in the reader's words. */
export function consentChange(record: ConsentRecord, language: LetterLanguage): ConsentChange {
  const words = consentWords(language);
  const state = (value: string) => (value === 'absent' ? words.absent : stateText(value, language));
  const order = Object.keys(words.evidence);
  const evidence = { ...record.evidence, ...record.clearEvidence };
  return {
    number: record.number,
    effect: record.effect,
    isAllowed: record.verdict === 'allowed',
    happenedAt: record.happenedAt ?? null,
    learnedAt: record.learnedAt,
    contactId: record.contactId ?? null,
    email: record.email ?? null,
    hash: record.hash,
    words: {
      effect: words.effect[record.effect],
      from: state(record.from),
      to: state(record.to),
      source: words.source[record.source],
      verdict: words.verdict[record.verdict],
      wrote: words.wrote[record.wrote as OperationKind] ?? record.wrote,
    },
    evidence: Object.entries(evidence)
      .filter(([name]) => name !== HASH_OF_CLEAR)
      .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
      .map(([name, text]) => ({ name: words.evidence[name] ?? name, text: said(name, text) })),
  };

  /** Codes of ours in words; what people and vendors wrote, as it is. */
  function said(name: string, text: string): string {
    if (name === 'found') return state(text);
    return CODED.has(name) ? (words.told[text] ?? text) : text;
  }
}
