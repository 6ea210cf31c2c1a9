import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+49 241 1', "'+49 241 1"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['a=b', 'a=b'],
  ['', ''],
])('the cell %j becomes %j: no spreadsheet takes it for a formula', (text, cell) => {
  expect(csvLine([text])).toBe(`${cell}\r\n`);
});

test('commas, quotes and line breaks stay inside their cell', () => {
  expect(csvLine(['Muster, "Eva"', 'a\r\nb', 7, null])).toBe('"Muster, ""Eva""","a\r\nb",7,\r\n');
});

test('whatever the cells hold, the line has as many cells and none begins a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (cells) => {
      const read = readLine(csvLine(cells));
      expect(read).toHaveLength(cells.length);
      for (const [index, cell] of read.entries()) {
        expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        expect([cells[index], `'${cells[index]}`]).toContain(cell);
      }
    }),
  );
});

/** Reads one line of RFC 4180. */
function readLine(line: string): string[] {
  const cells = [...`,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)];
  return cells.map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"')));
}
