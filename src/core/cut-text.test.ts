import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from './cut-text.ts';

const bytes = (text: string) => new TextEncoder().encode(text).length;

test.each([
  ['', 0, ''],
  ['Ada', 3, 'Ada'],
  ['Ada', 2, 'Ad'],
  ['Ada', 0, ''],
  ['Müller', 2, 'M'],
  ['Müller', 3, 'Mü'],
  ['€uro', 2, ''],
  ['€uro', 3, '€'],
  ['a😀b', 4, 'a'],
  ['a😀b', 5, 'a😀'],
])('cuts %j to %i bytes as %j', (text, maxBytes, cut) => {
  expect(cutText(text, maxBytes)).toBe(cut);
});

test('the cut text is the longest beginning of whole characters that fits, and is not cut again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(60), (text, maxBytes) => {
      const cut = cutText(text, maxBytes);
      expect(text.startsWith(cut)).toBe(true);
      expect(bytes(cut)).toBeLessThanOrEqual(maxBytes);
      const [next = ''] = text.slice(cut.length);
      if (next) expect(bytes(cut + next)).toBeGreaterThan(maxBytes);
      expect(cutText(cut, maxBytes)).toBe(cut);
    }),
  );
});
