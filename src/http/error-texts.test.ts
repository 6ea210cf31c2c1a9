import { expect, test } from 'vitest';
import { MAILCHIMP_ERROR_CODES } from '../adapters/mailchimp/errors.ts';
import { ONOFFICE_ERROR_CODES } from '../adapters/onoffice/errors.ts';
import { errorText } from './error-texts.ts';

test.each([...MAILCHIMP_ERROR_CODES, ...ONOFFICE_ERROR_CODES])('%s has a sentence', (code) => {
  expect(errorText(code, { words: 'Feld' })).not.toMatch(/^The request failed|\{|\?$/);
});

test('a code without a sentence is named', () => {
  expect(errorText('brevo.unheard_of', {})).toContain('brevo.unheard_of');
});
