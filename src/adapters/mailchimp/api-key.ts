import { ProviderError } from '../../core/errors.ts';

/** A Mailchimp API key and the data centre that its suffix names. */
export type MailchimpKey = { text: string; dataCenter: string };

/**
 * Reads an API key, `<32 hex characters>-us21`. Only the suffix is checked: nothing else of the key is structured, and it
 * becomes part of a host name.
 *
 * @throws ProviderError kind `auth`, code `mailchimp.key_malformed`
 */
export function parseApiKey(typed: string): MailchimpKey {
  const text = typed.trim();
  const dataCenter = /^[\x21-\x7e]{8,120}-([a-z]{1,4}\d{1,3})$/.exec(text)?.[1];
  if (dataCenter === undefined)
    throw new ProviderError({ system: 'mailchimp', kind: 'auth', code: 'mailchimp.key_malformed' });
  return { text, dataCenter };
}
