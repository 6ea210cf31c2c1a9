import type { ProviderName } from './mailing-provider.ts';

/**
 * Whose an API key obviously is; undefined where its look tells nothing, for no provider promises one (fact sheet Brevo 1.1,
 * fact sheet Mailchimp 1).
 */
export function providerOfKey(apiKey: string): ProviderName | undefined {
  const text = apiKey.trim();
  if (/^xkeysib-/i.test(text)) return 'brevo';
  if (/^[0-9a-f]{32}-us\d{1,3}$/i.test(text)) return 'mailchimp';
  return undefined;
}
