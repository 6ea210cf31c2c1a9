import { describe, expect, test } from 'vitest';
import { isSignedUrl, parseQuery } from './signed-url.ts';

const SECRET = 'provider-secret-1';

/** The three vectors of fact sheet 5.4. */
const VECTORS: readonly (readonly [name: string, canonical: string, signature: string])[] = [
  [
    'activation',
    'https://connector.example/onoffice/activate?apiClaim=ab%2Bc%2Fd%3D%3D_-x&apiToken=0123456789abcdef0123456789abcdef&customerName=muster+gmbh&customerWebId=a1b2c3d4-0000-4000-8000-000000000001&parameterCacheId=6802c44a-7ac0-4210-a3d4-e5581e3fa0b6&timestamp=1750000000&userId=17',
    'ec8a3ad7e1420f545a821ee4357bbde2c3e0996f399ed9508ef36cfdda4a1933',
  ],
  [
    'webhook, with an umlaut and an ampersand',
    'https://connector.example/onoffice/webhook/address?addressId=10505&apiClaim=claim-2&customerName=M%C3%BCller+%26+S%C3%B6hne&customerWebId=a1b2c3d4-0000-4000-8000-000000000001&groupId=225&parameterCacheId=6802c44a-7ac0-4210-a3d4-e5581e3fa0b6&timestamp=1750000100&userId=17',
    '1a94ed58d7b253d4962bf18e5ae015261e7d364c198bf69ba1b8a38211837701',
  ],
  [
    'capitals sorted first, * and ~ encoded',
    'https://connector.example/s?UserLanguage=ENG&addressId=10505&apiClaim=a%2Ab%7Ec+d&customerName=muster&customerWebId=cw-1&timestamp=1750000200&userId=17',
    '3fb02996255fb0d9f212ef922fdd8504ccbb73e0263aa78b246d0591783d22d5',
  ],
];

/** Base and decoded parameters of a vector, as a request brings them. */
function called(canonical: string, signature: string): [string, Map<string, string>] {
  const [url = '', query = ''] = canonical.split('?');
  return [url, new Map([...new URLSearchParams(query), ['signature', signature]])];
}

describe('signatures of the Marketplace', () => {
  test.each(VECTORS)('the vector "%s" passes, in any order of its parameters', (_, canonical, signature) => {
    const [url, parameters] = called(canonical, signature);
    expect(isSignedUrl(url, parameters, SECRET)).toBe(true);
    expect(isSignedUrl(url, new Map([...parameters].reverse()), SECRET)).toBe(true);
    // The port is no part of it.
    expect(isSignedUrl(url.replace('.example', '.example:8443'), parameters, SECRET)).toBe(true);
  });

  test.each(VECTORS)('"%s" fails when anything else is changed', (_, canonical, signature) => {
    const [url, parameters] = called(canonical, signature);
    const change = (name: string, value: string) => new Map([...parameters, [name, value]]);
    expect(isSignedUrl(url.replace('https', 'http'), parameters, SECRET)).toBe(false);
    expect(isSignedUrl(`${url}/`, parameters, SECRET)).toBe(false);
    expect(isSignedUrl(url.replace('connector', 'other'), parameters, SECRET)).toBe(false);
    expect(isSignedUrl(url, parameters, 'provider-secret-2')).toBe(false);
    for (const name of parameters.keys()) {
      const without = new Map([...parameters].filter(([other]) => other !== name));
      expect(isSignedUrl(url, without, SECRET), `without ${name}`).toBe(false);
      expect(isSignedUrl(url, change(name, `${parameters.get(name)}0`), SECRET), `${name} changed`).toBe(false);
    }
    expect(isSignedUrl(url, change('more', '1'), SECRET)).toBe(false);
    expect(isSignedUrl(url, change('signature', signature.toUpperCase()), SECRET)).toBe(false);
    expect(isSignedUrl(url, change('signature', ''), SECRET)).toBe(false);
  });

  test('a plus sign may be signed encoded or as it is', () => {
    const [, canonical, encoded] = VECTORS[0] ?? ['', '', ''];
    const [url, parameters] = called(canonical, encoded);
    // HMAC of the same URL with `ab+c` instead of `ab%2Bc`.
    const literal = '60610b5a4da91749fef23a7195e40e82a89b4b1837573748dbd976aac5672a4d';
    expect(isSignedUrl(url, new Map([...parameters, ['signature', literal]]), SECRET)).toBe(true);
  });

  test('a name that stands twice is no query that was signed', () => {
    expect(parseQuery('a=1&b=2')).toEqual(new Map(Object.entries({ a: '1', b: '2' })));
    expect(parseQuery('userId=17&userId=19')).toBeUndefined();
  });
});
