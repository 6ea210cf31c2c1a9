import { expect, test } from 'vitest';
import { providerOfKey } from './provider-of-key.ts';

test.each([
  ['0123456789abcdef0123456789abcdef-us21', 'mailchimp'],
  [' 0123456789ABCDEF0123456789ABCDEF-US7 ', 'mailchimp'],
  [`xkeysib-${'0f'.repeat(32)}-AbCdEfGh12345678`, 'brevo'],
  [`xkeysib-${'0f'.repeat(16)}-us21`, 'brevo'],
  [`xsmtpsib-${'0f'.repeat(32)}-AbCdEfGh`, undefined],
  ['0123456789abcdef0123456789abcdef', undefined],
  ['anything-us21', undefined],
  ['', undefined],
])('%j is a key of %s', (key, provider) => {
  expect(providerOfKey(key)).toBe(provider);
});
