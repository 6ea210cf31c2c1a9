import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEmailAddress } from './email-address.ts';

test.each([
  ['ada@example.org', 'ada@example.org'],
  ['Ada.Lovelace@Example.ORG', 'ada.lovelace@example.org'],
  ['  ada@example.org\r\n', 'ada@example.org'],
  ['\u00a0ada@example.org\u00a0', 'ada@example.org'],
  ['JÖRG@MÜLLER.DE', 'jörg@müller.de'],
  ['jo\u0308rg@mu\u0308ller.de', 'jörg@müller.de'],
  ['info@xn--mller-kva.de', 'info@xn--mller-kva.de'],
  ["o'neill+news_2@sub-domain.example.co.uk", "o'neill+news_2@sub-domain.example.co.uk"],
  ['1@2.de', '1@2.de'],
  ['a@b.museum', 'a@b.museum'],
  [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
])('reads %j as one address', (text, address) => {
  expect(parseEmailAddress(text)).toBe(address);
});

test.each([
  [''],
  [' '],
  ['ada'],
  ['@example.org'],
  ['ada@'],
  ['ada@@example.org'],
  ['ada@example'],
  ['ada@example.org, bob@example.org'],
  ['ada@example.org;bob@example.org'],
  ['ada@example.org bob@example.org'],
  ['Ada <ada@example.org>'],
  ['mailto:ada@example.org'],
  ['"ada lovelace"@example.org'],
  ['ada lovelace@example.org'],
  ['.ada@example.org'],
  ['ada.@example.org'],
  ['ada..lovelace@example.org'],
  ['ada@.example.org'],
  ['ada@example..org'],
  ['ada@example.org.'],
  ['ada@-example.org'],
  ['ada@example-.org'],
  ['ada@exa_mple.org'],
  ['ada@[127.0.0.1]'],
  ['ada@127.0.0.1'],
  ['ada\u0000@example.org'],
  ['ada@exa\tmple.org'],
  [`${'a'.repeat(65)}@example.org`],
  [`ada@${'a'.repeat(64)}.org`],
  [`a@${'a.'.repeat(130)}de`],
])('refuses %j', (text) => {
  expect(parseEmailAddress(text)).toBeUndefined();
});

test('two spellings of one letter are the same address, also where only the small letter has a code of its own', () => {
  expect(parseEmailAddress('H\u0331@example.org')).toBe(parseEmailAddress('\u1e96@example.org'));
});

const nearlyAnAddress = fc
  .tuple(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('@', '@', '', '@@'),
    fc.string({ unit: 'grapheme', maxLength: 10 }),
    fc.constantFrom('.de', '.Ä', '.', ''),
  )
  .map((parts) => parts.join(''));

test('never throws, and what it reads it reads again as the same', () => {
  fc.assert(
    fc.property(fc.oneof(nearlyAnAddress, fc.emailAddress(), fc.string({ unit: 'binary' })), (text) => {
      const address = parseEmailAddress(text);
      if (address !== undefined) expect(parseEmailAddress(address)).toBe(address);
    }),
    { numRuns: 2000 },
  );
});

test('case and surrounding blanks make no other address', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (text) => {
      expect(parseEmailAddress(` ${text.toUpperCase()} `)).toBe(parseEmailAddress(text));
    }),
  );
});
