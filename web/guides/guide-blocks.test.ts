import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NEW_ATTRIBUTES } from '../../src/adapters/brevo/attribute-names.ts';
import { NEW_FIELDS } from '../../src/adapters/mailchimp/field-names.ts';
import { type GuideBlock, guideBlocks } from './guide-blocks.ts';

const folder = new URL('../../docs/guides/', import.meta.url);
const guides = readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const);

/** What a reader sees of a block, code aside. */
function textOf(block: GuideBlock): string {
  if (block.kind === 'code') return '';
  if (block.kind === 'heading') return block.text;
  const spans = block.kind === 'list' ? block.items.flat() : block.spans;
  return spans.map((span) => (span.kind === 'code' ? '' : span.text)).join('');
}

test('headings, paragraphs, lists and code are told apart, and so is what stands in running text', () => {
  expect(
    guideBlocks('# A\n\nText **bold**\nand `code`.\n\n1. one\n   more\n2. [two](https://x.test)\n\n```sh\na\n\nb\n```'),
  ).toEqual([
    { kind: 'heading', level: 1, text: 'A' },
    {
      kind: 'paragraph',
      spans: [
        { kind: 'text', text: 'Text ' },
        { kind: 'strong', text: 'bold' },
        { kind: 'text', text: ' and ' },
        { kind: 'code', text: 'code' },
        { kind: 'text', text: '.' },
      ],
    },
    {
      kind: 'list',
      isOrdered: true,
      items: [[{ kind: 'text', text: 'one more' }], [{ kind: 'link', text: 'two', href: 'https://x.test' }]],
    },
    { kind: 'code', text: 'a\n\nb' },
  ]);
});

test('the guides are there for the marketing person in German, English and Spanish, for the administrator in two', () => {
  expect(guides.map(([file]) => file)).toEqual([
    ...['administrator.de.md', 'administrator.en.md'],
    ...['marketing.de.md', 'marketing.en.md', 'marketing.es.md'],
  ]);
});

test.each(guides)('no mark of %s remains when it is read, and it links to the outside only', (_file, markdown) => {
  for (const block of guideBlocks(markdown)) {
    expect(textOf(block)).not.toMatch(/[*`#[\]]|^- /);
    const spans = block.kind === 'paragraph' ? block.spans : block.kind === 'list' ? block.items.flat() : [];
    for (const span of spans) if (span.kind === 'link') expect(span.href).toMatch(/^https:/);
  }
});

test.each(['de', 'en', 'es'] as const)('M6: the %s snippets greet by the fields that we create', (language) => {
  const markdown = guides.find(([file]) => file === `marketing.${language}.md`)?.[1] ?? '';
  const snippets = guideBlocks(markdown).flatMap((block) => (block.kind === 'code' ? [block.text] : []));
  const { salutation, letterSalutation, lastName } = NEW_FIELDS[language];
  const attributes = NEW_ATTRIBUTES[language];
  expect(snippets[0]).toBe(`*|${letterSalutation.tag}|*`);
  expect(snippets[1]).toContain(`*|IF:${salutation.tag}=`);
  expect(snippets[1]).toContain(`*|${lastName.tag}|*`);
  expect(snippets[2]).toBe(`{{ contact.${attributes.letterSalutation} }}`);
  expect(snippets[3]).toContain(`{% if contact.${attributes.salutation} == `);
  expect(snippets[3]).toContain(`{{ contact.${attributes.lastName} }}`);
});
