import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readInvalidRows, splitBySize } from './imports.ts';

test('rows are split into bodies below the size, in order and without loss', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40 })), fc.integer({ min: 400, max: 900 }), (rows, maxBytes) => {
      const parts = splitBySize(rows, maxBytes);
      expect(parts.flat()).toEqual(rows);
      for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThanOrEqual(maxBytes + 1);
      for (const [index, part] of parts.entries()) {
        const first = parts[index + 1]?.[0];
        if (first !== undefined) expect(Buffer.byteLength(JSON.stringify([...part, first]))).toBeGreaterThan(maxBytes);
      }
    }),
  );
});

test('nothing to split is no body', () => {
  expect(splitBySize([], 10)).toEqual([]);
});

test.each([
  ['EMAIL\nx@immo-test.de\n', [{ email: 'x@immo-test.de', words: '' }]],
  ['"EMAIL";"REASON"\r\n"X@immo-test.de";"Invalid"\r\n', [{ email: 'x@immo-test.de', words: 'Invalid' }]],
  ['1;x@immo-test.de;bad domain of x@immo-test.de', [{ email: 'x@immo-test.de', words: '1 bad domain of [address]' }]],
  ['', []],
  ['<html>expired</html>', []],
])('the file of refused addresses %j is read', (file, rows) => {
  expect(readInvalidRows(file)).toEqual(rows);
});
