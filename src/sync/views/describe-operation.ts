import type { ConnectionSettings } from '../../core/connection.ts';
import { PERSON_FIELDS, type PersonFields } from '../../core/contact.ts';
import type { Operation } from '../../core/operation.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import { STATE_WORDS } from './state-words.ts';

/** Both sides of a change as people read it; empty: there was or will be nothing. */
export type BeforeAndAfter = { before: string; after: string };

/** What a state of either side is called; a state that is none of them is named as it is. */
export function stateText(state: string, language: LetterLanguage): string {
  const { consent, status } = STATE_WORDS[language];
  const words: Readonly<Record<string, string>> = { ...status, ...consent };
  return words[state] ?? state;
}

/** In which words operations are described: the reader's language, and what an opt-out writes here (R10). */
export type Wording = { language: LetterLanguage; optOutValue: ConnectionSettings['optOutValue'] };

/** Says in the reader's words what an operation changes. */
export function describeOperation(operation: Operation, { language, optOutValue }: Wording): BeforeAndAfter {
  const words = STATE_WORDS[language];
  switch (operation.kind) {
    case 'add-member':
      return {
        before: '',
        after: joined([words.status.subscribed, fieldText(operation.fields), tagText(operation.tags, [])]),
      };
    case 'raise-member':
      return {
        before: words.status[operation.from],
        after: joined([words.status.subscribed, fieldText(operation.fields)]),
      };
    case 'update-member':
      return {
        before: changedText(operation.before, operation.after),
        after: changedText(operation.after, operation.before),
      };
    case 'tag-member':
    case 'tag-contact':
      return { before: tagText([], operation.remove), after: tagText(operation.add, []) };
    case 'move-member':
      return { before: operation.from, after: operation.email };
    case 'change-contact-address':
      return { before: operation.email, after: operation.to };
    case 'unsubscribe-member':
      return { before: words.status[operation.from], after: words.status.unsubscribed };
    case 'remove-member':
      return { before: words.status.subscribed, after: words.status.archived };
    case 'write-consent':
      return {
        before: words.consent[operation.from],
        after:
          operation.to === 'no' && optOutValue === 'cancellation' ? words.cancellation : words.consent[operation.to],
      };
    case 'create-contact':
      return {
        before: '',
        after: joined([words.consent.yes, fieldText(operation.fields), tagText(operation.tags, [])]),
      };
  }
}

function fieldText({ salutation, firstName, lastName }: PersonFields): string {
  return [salutation, firstName, lastName].filter(Boolean).join(' ');
}

/** The values of the fields that differ, in one order on both sides. */
function changedText(side: Partial<PersonFields>, other: Partial<PersonFields>): string {
  const fields = PERSON_FIELDS.filter((field) => (side[field] ?? '') !== (other[field] ?? ''));
  return fields.map((field) => side[field] || '–').join(' · ');
}

function tagText(add: readonly string[], remove: readonly string[]): string {
  return [...add.map((tag) => `+ ${tag}`), ...remove.map((tag) => `− ${tag}`)].join(', ');
}

function joined(parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ');
}
