import type { z } from 'zod';
import type { Person } from '../http/api/people.ts';

type PersonAnswer = z.output<typeof Person>;

/** A person as lines for a terminal (U4). */
export function personLines(person: PersonAnswer): string[] {
  const { contacts, member, nextRun, refusal, history, past } = person;
  return [
    person.email || 'No usable address',
    '',
    'onOffice:',
    ...(contacts.length === 0 ? ['  no contact with this main address'] : contacts.flatMap(contactLines)),
    'Provider:',
    member
      ? `  ${member.status}, ${member.name || 'no name'}${tagged(member.tags)}, changed ${member.changedAt || 'unknown'}`
      : '  not in the audience',
    ...(member?.url ? [`  ${member.url}`] : []),
    ...(refusal ? [`  refused before: ${plain(refusal.reason)}${quoted(refusal.words)}`] : []),
    'The next run:',
    ...nextLines(nextRun),
    'Record of consent, newest first:',
    ...(history.length === 0 ? ['  nothing'] : history.flatMap(changeLines)),
    'Done before, newest first:',
    ...(past.length === 0
      ? ['  nothing']
      : past.map(
          ({ at, kind, state, ...change }) => `  ${at}  ${kind} ${state}${fromTo(change)}${quoted(change.words)}`,
        )),
  ];
}

function contactLines(contact: PersonAnswer['contacts'][number]): string[] {
  const marks = [
    contact.isPrivate ? 'private' : '',
    contact.isArchived ? 'archived' : '',
    contact.isReadable ? '' : 'no longer readable',
    contact.asksYes ? 'to be set to yes, as entered by hand' : '',
  ].filter(Boolean);
  const state = [`Newsletter: ${contact.consent}`, ...marks].join(', ');
  const { base } = contact;
  return [
    `  no. ${contact.contactId}  ${contact.name || 'no name'}, ${state}${tagged(contact.tags)}`,
    base
      ? `    last agreed on: Newsletter ${base.consent}, member ${base.status}${tagged(base.tags)}`
      : '    both sides have not agreed on anything yet',
  ];
}

function nextLines({ operations, held, reasons, memberReason }: PersonAnswer['nextRun']): string[] {
  const lines = [
    ...operations.map(({ kind, why, ...change }) => `  ${kind}${fromTo(change)}\n    because: ${why}`),
    ...held.map(
      ({ kind, state, ...change }) =>
        `  ${kind}${fromTo(change)}, ${state === 'asked' ? 'waits for an answer' : 'is not wanted'}`,
    ),
    ...reasons.map(
      ({ contactId, reason, words }) =>
        `  contact ${contactId} does not receive the newsletter: ${plain(reason)}${quoted(words)}`,
    ),
    ...(memberReason === null ? [] : [`  the member counts as: ${plain(memberReason)}`]),
  ];
  return lines.length === 0 ? ['  does nothing: both sides agree'] : lines;
}

function changeLines({ number, learnedAt, happenedAt, isAllowed, words, evidence }: PersonAnswer['history'][number]) {
  const when = happenedAt === null ? `learned ${learnedAt}` : `happened ${happenedAt}, learned ${learnedAt}`;
  const refused = isAllowed ? '' : ` (${words.verdict})`;
  return [
    `  ${number}. ${words.effect}: ${words.from || '–'} → ${words.to || '–'}, by ${words.source}${refused}`,
    `    ${[when, words.wrote, ...evidence.map(({ name, text }) => `${name}: ${text}`)].filter(Boolean).join(' · ')}`,
  ];
}

function fromTo({ before, after }: { before: string; after: string }): string {
  return before || after ? `: ${before || '–'} → ${after || '–'}` : '';
}

function tagged(tags: readonly string[]): string {
  return tags.length === 0 ? '' : ` [${tags.join(', ')}]`;
}

function quoted(words: string): string {
  return words === '' ? '' : ` ("${words}")`;
}

/** A code in words: reasons are written with underscores. */
function plain(code: string): string {
  return code.replaceAll('_', ' ');
}
