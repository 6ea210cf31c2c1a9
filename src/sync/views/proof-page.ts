import type { LetterLanguage } from '../../core/salutation.ts';
import type { ProofView } from './proof-view.ts';
import { type ProofWords, proofWords } from './proof-words.ts';

const STYLE = `
  :root { color-scheme: light; }
  body { font: 15px/1.5 system-ui, 'Segoe UI', Roboto, 'Open Sans', Arial, sans-serif; color: #1a1a1a; background: #fff;
    max-width: 48rem; margin: 0 auto; padding: 2rem 1rem; }
  h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
  h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
  h3 { font-size: 1rem; margin: 0 0 .5rem; }
  dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .2rem 1rem; margin: 0; }
  dt { color: #4a4a4a; }
  dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
  ol { list-style: none; margin: 0; padding: 0; }
  li, .check { border: 1px solid #c4c4c4; border-radius: 6px; padding: .9rem 1rem; margin: 0 0 .8rem; }
  .check { margin: 0; }
  .check p { margin: 0; }
  .broken { border-color: #a80000; color: #a80000; font-weight: 600; }
  .mono { margin-top: .6rem; font: 12px/1.5 ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace; }
  .small { font-size: .87rem; color: #4a4a4a; }
  @media (max-width: 32rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } }
  @media print {
    @page { margin: 18mm 16mm; }
    body { font-size: 10.5pt; max-width: none; padding: 0; }
    li, .check { break-inside: avoid; }
    .mono { font-size: 8pt; }
  }
`;

/**
 * The proof sheet as a page of its own, to be printed: no script, no reference to anything outside.
 *
 * @param nonce of its content security policy, for the one style sheet
 */
export function proofPage(proof: ProofView, language: LetterLanguage, nonce: string): string {
  const words = proofWords(language);
  const { contact, changes, issuedAt } = proof;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(words.title)}</title>
<style nonce="${escaped(nonce)}">${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(words.title)}</h1>
<p>${escaped(words.intro)}</p>
${list([
  [words.contact, contact.name || words.noName],
  [words.contactNumber, contact.contactId],
  [words.email, contact.email],
  [words.issuedAt, instant(issuedAt, language)],
])}
<h2>${escaped(words.changes)}</h2>
${changes.length === 0 ? `<p>${escaped(words.noChanges)}</p>` : `<ol>${changes.map((change) => changeItem(change, words, language)).join('')}</ol>`}
<h2>${escaped(words.check)}</h2>
${checkBox(proof, words, language)}
<p class="small">${escaped(words.explanation)}</p>
</main>
</body>
</html>
`;
}

function changeItem(change: ProofView['changes'][number], words: ProofWords, language: LetterLanguage): string {
  const { words: said, evidence, number, hash, previousHash, contactId, email, happenedAt, learnedAt } = change;
  const who = [email, contactId === null ? '' : `${words.contactNumber} ${contactId}`].filter(Boolean).join(', ');
  return `<li>
<h3>${escaped(`${words.place} ${number}${words.colon}${said.effect}`)}</h3>
${list([
  [words.concerns, who || words.erased],
  [words.from, said.from || '–'],
  [words.to, said.to || '–'],
  [words.source, said.source],
  [words.happenedAt, happenedAt === null ? words.unknownTime : instant(happenedAt, language)],
  [words.learnedAt, instant(learnedAt, language)],
  [words.evidence, evidence.map(({ name, text }) => `${name}${words.colon}${text}`).join('\n') || '–'],
  [words.wrote, said.wrote || '–'],
  [words.verdict, said.verdict],
])}
${list(
  [
    [words.hash, hash],
    [words.previousHash, previousHash],
  ],
  'mono',
)}
</li>`;
}

function checkBox({ check }: ProofView, words: ProofWords, language: LetterLanguage): string {
  const number = (value: number) => new Intl.NumberFormat(language).format(value);
  const isWhole = check.brokenAt === null;
  const sentence = isWhole
    ? words.whole(number(check.count))
    : words.broken(number(check.brokenAt ?? 0), words.how[check.how ?? 'altered']);
  return `<div class="check${isWhole ? '' : ' broken'}"><p>${escaped(sentence)}</p>${list([[words.head, check.head]], 'mono')}</div>`;
}

function list(rows: readonly (readonly [string, string])[], className = ''): string {
  const items = rows.map(([name, text]) => `<dt>${escaped(name)}</dt><dd>${escaped(text)}</dd>`).join('');
  return `<dl${className ? ` class="${className}"` : ''}>${items}</dl>`;
}

/** An instant in UTC, which everybody can compare with another system's log. */
function instant(at: string, language: LetterLanguage): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  return `${format.format(new Date(at))} UTC`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
