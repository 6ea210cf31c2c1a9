import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../core/secret.ts';
import { createSecretBox } from './secret-box.ts';

const PLACE = 'tenant/connection/crm-token';
const box = createSecretBox(Buffer.alloc(32, 7));

test('what was sealed opens at its place, whatever characters it has', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'grapheme' }), (text, place) => {
      expect(box.open(box.seal(new Secret(text), place), place).reveal()).toBe(text);
    }),
  );
});

test('the same secret is sealed differently each time, and never in clear', () => {
  const sealed = Array.from({ length: 200 }, () => box.seal(new Secret('a-token-of-onoffice'), PLACE));
  expect(new Set(sealed).size).toBe(200);
  expect(new Set(sealed.map((text) => text.split('.')[2])).size).toBe(200);
  for (const text of sealed) {
    expect(text).not.toContain('a-token-of-onoffice');
    expect(text).not.toContain(Buffer.from('a-token-of-onoffice').toString('base64'));
  }
});

test('a sealed text does not open at another place', () => {
  const sealed = box.seal(new Secret('key'), PLACE);
  for (const place of ['', 'tenant/connection/crm-secret', 'tenant/other/crm-token', 'other/connection/crm-token']) {
    expect(() => box.open(sealed, place)).toThrow('sealed with another key, or was changed');
  }
});

test('a sealed text does not open with another key', () => {
  const other = createSecretBox(Buffer.alloc(32, 8));
  expect(() => other.open(box.seal(new Secret('key'), PLACE), PLACE)).toThrow(/sealed with another key.*crm-token/);
});

test('a sealed text of which one character was changed does not open', () => {
  const sealed = box.seal(new Secret('a key of Mailchimp'), PLACE);
  for (let at = 0; at < sealed.length; at += 1) {
    for (const character of ['A', 'B', '+', '=', '.', ' ']) {
      if (sealed[at] === character) continue;
      const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
      expect(() => box.open(changed, PLACE), changed).toThrow('was changed');
    }
  }
});

test.each(['', 'k1', 'k1...', 'k2.AAAA.AAAA.AAAA', 'plain text'])('%j was never sealed', (text) => {
  expect(() => box.open(text, PLACE)).toThrow('was changed');
});

test('a cut or lengthened text does not open', () => {
  const sealed = box.seal(new Secret('key'), PLACE);
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => box.open(sealed.slice(0, length), PLACE)).toThrow('was changed');
  }
  expect(() => box.open(`${sealed}.AAAA`, PLACE)).toThrow('was changed');
});

test('a shortened authentication tag is refused', () => {
  const [id, iv, body, tag = ''] = box.seal(new Secret('key'), PLACE).split('.');
  const short = Buffer.from(tag, 'base64').subarray(0, 4).toString('base64');
  expect(() => box.open([id, iv, body, short].join('.'), PLACE)).toThrow('was changed');
});

test('a refusal names the place and nothing of the secret', () => {
  const sealed = box.seal(new Secret('key'), PLACE);
  expect(() => box.open(sealed, 'a/b/c')).toThrow('(a/b/c)');
  expect(() => box.open(sealed, 'a/b/c')).not.toThrow(sealed);
});

test('a hash depends on purpose, value and key, and on nothing else', () => {
  const other = createSecretBox(Buffer.alloc(32, 8));
  expect(box.hash('hook', 'value')).toBe(createSecretBox(Buffer.alloc(32, 7)).hash('hook', 'value'));
  const hashes = [
    box.hash('hook', 'value'),
    box.hash('hooks', 'value'),
    box.hash('hook', 'values'),
    box.hash('', 'hookvalue'),
    other.hash('hook', 'value'),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

test.each([0, 16, 31, 33])('a master key of %i bytes is refused', (length) => {
  expect(() => createSecretBox(Buffer.alloc(length))).toThrow('32 bytes');
});
