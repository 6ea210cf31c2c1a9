import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LetterLanguage, letterSalutation } from './salutation.ts';

const LANGUAGES: readonly LetterLanguage[] = ['de', 'en', 'es', 'it', 'fr'];

function letter(language: LetterLanguage, salutation: string, lastName: string, own = ''): string {
  return letterSalutation({ salutation, letterSalutation: own, firstName: 'Ada', lastName }, language);
}

test.each([
  ['de', 'Herr', 'Sehr geehrter Herr Müller,'],
  ['de', 'Frau', 'Sehr geehrte Frau Müller,'],
  ['de', 'Eheleute', 'Sehr geehrte Eheleute Müller,'],
  ['de', 'Familie', 'Sehr geehrte Familie Müller,'],
  ['de', 'Firma', 'Sehr geehrte Damen und Herren,'],
  ['de', '', 'Sehr geehrte Damen und Herren,'],
  ['en', 'Mr.', 'Dear Mr Müller,'],
  ['en', 'ms', 'Dear Ms Müller,'],
  ['en', ' FRAU ', 'Dear Ms Müller,'],
  ['en', 'Company', 'Dear Sir or Madam,'],
  ['es', 'Herr', 'Estimado Sr. Müller:'],
  ['es', 'Frau', 'Estimada Sra. Müller:'],
  ['it', 'Herr', 'Gentile Sig. Müller,'],
  ['it', 'Familie', 'Gentile famiglia Müller,'],
  ['fr', 'Frau', 'Madame Müller,'],
  ['fr', '', 'Madame, Monsieur,'],
] as const)('M6: %s greets %j as %j', (language, salutation, expected) => {
  expect(letter(language, salutation, 'Müller')).toBe(expected);
});

test("M6: the CRM's own letter salutation goes before every other", () => {
  for (const language of LANGUAGES) expect(letter(language, 'Herr', 'Müller', ' Liebe Ada, ')).toBe('Liebe Ada,');
});

test('M6: without a last name nobody is greeted by half a name', () => {
  for (const language of LANGUAGES) expect(letter(language, 'Herr', '  ')).toBe(letter(language, '', 'Müller'));
});

test('M6: any salutation and any name make one whole greeting, with the name as it is spelled', () => {
  const anyText = fc.oneof(fc.string(), fc.constantFrom('Herr', 'constructor', '__proto__', '$&', '{name}'));
  fc.assert(
    fc.property(fc.constantFrom(...LANGUAGES), anyText, anyText, (language, salutation, lastName) => {
      const greeting = letter(language, salutation, lastName);
      expect(greeting).toMatch(/[,:]$/);
      if (greeting !== letter(language, '', '')) expect(greeting).toContain(lastName.trim());
    }),
  );
});
