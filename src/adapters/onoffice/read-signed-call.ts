import { UserError } from '../../core/errors.ts';
import type { SignedCall } from '../../core/marketplace.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import { Secret } from '../../core/secret.ts';
import { cleanText } from './schema.ts';
import { isSignedUrl, parseQuery } from './signed-url.ts';

/** How far a call may be from our clock, in ms; no window is documented (fact sheet 5.4). */
export const CALL_TOLERANCE_MS = 300_000;

const LANGUAGES: Readonly<Record<string, LetterLanguage>> = { DEU: 'de', ENG: 'en', ESP: 'es', ITA: 'it', FRA: 'fr' };

/**
 * Reads a signed call of the Marketplace; nothing in it is looked at before the signature has proved it.
 *
 * @param url our address as onOffice knows it
 * @param now ms since 1970
 * @throws UserError see `Marketplace.readCall`
 */
export function readSignedCall(url: string, query: string, providerSecret: Secret, now: number): SignedCall {
  const parameters = parseQuery(query);
  if (!parameters || !isSignedUrl(url, parameters, providerSecret.reveal()))
    throw new UserError({ code: 'marketplace.signature_invalid', status: 401 });
  const seconds = parameters.get('timestamp') ?? '';
  const calledAt = /^\d{1,12}$/.test(seconds) ? Number(seconds) * 1000 : Number.NaN;
  if (!(Math.abs(now - calledAt) <= CALL_TOLERANCE_MS))
    throw new UserError({ code: 'marketplace.call_outdated', status: 401 });
  const needed = (name: string): string => {
    const value = cleanText(parameters.get(name));
    if (value === '')
      throw new UserError({ code: 'marketplace.call_incomplete', status: 400, params: { field: name } });
    return value;
  };
  const token = parameters.get('apiToken');
  const language = (parameters.get('language') ?? parameters.get('UserLanguage') ?? '').toUpperCase();
  return {
    customer: { id: needed('customerWebId'), name: cleanText(parameters.get('customerName')) },
    userId: needed('userId'),
    claim: inBase64(needed('apiClaim')),
    calledAt,
    mark: needed('signature'),
    language: LANGUAGES[language],
    activation: token === undefined ? undefined : { token: inBase64(token), cacheId: needed('parameterCacheId') },
  };
}

/** A plus sign that came unencoded was decoded to a space; tokens and claims have none. */
function inBase64(text: string): Secret {
  return new Secret(text.replaceAll(' ', '+'));
}
