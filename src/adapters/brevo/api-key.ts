import { ProviderError } from '../../core/errors.ts';

/**
 * Reads an API key. Brevo promises nothing about its look, so only what could not travel in a header is refused here.
 *
 * @throws ProviderError kind `auth`, code `brevo.key_missing` or `brevo.key_invalid`
 */
export function parseApiKey(typed: string): string {
  const text = typed.trim();
  if (text === '') throw new ProviderError({ system: 'brevo', kind: 'auth', code: 'brevo.key_missing' });
  if (!/^[\x21-\x7e]{1,400}$/.test(text))
    throw new ProviderError({ system: 'brevo', kind: 'auth', code: 'brevo.key_invalid' });
  return text;
}
