import { expect, test } from 'vitest';
import { createMessageWriter, readAnswer } from './pglite-messages.ts';

/** A message as PostgreSQL sends it. */
const message = (type: string, content: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
};

test('executions are bound, executed and ended in one piece, however long their values', () => {
  const write = createMessageWriter();
  const long = 'ü🏠'.repeat(20_000);
  for (const value of ['', 'a', long, 'é']) {
    const written = Buffer.from(
      write([
        { statement: 's1', values: [] },
        { statement: 's20', values: [null, value] },
      ]),
    );
    const types: string[] = [];
    for (let at = 0; at < written.length; at += 1 + written.readInt32BE(at + 1))
      types.push(String.fromCharCode(written[at] ?? 0));
    expect(types.join('')).toBe('BEBES');
    const second = written.subarray(written.indexOf('s20'));
    // Name, no formats, two values: NULL, then the text.
    expect(second.readInt16BE(6)).toBe(2);
    expect(second.readInt32BE(8)).toBe(-1);
    expect(second.subarray(16, 16 + second.readInt32BE(12)).toString()).toBe(value);
  }
});

test('of several executions the last one’s answer is read, and an error in any of them is told', () => {
  const row = (text: string) => message('D', Buffer.from(`\0\u0001\0\0\0${String.fromCharCode(text.length)}${text}`));
  const bound = message('2', Buffer.alloc(0));
  const done = (tag: string) => message('C', Buffer.from(`${tag}\0`));
  const columns = [{ name: 'is', parse: (text: string) => text === 't' }];
  const answer = Buffer.concat([bound, row('x'), done('SELECT 1'), bound, row('t'), row('f'), done('SELECT 2')]);
  expect(readAnswer(answer, columns)).toEqual({ rows: [{ is: true }, { is: false }], tag: 'SELECT 2' });
  expect(readAnswer(Buffer.concat([bound, message('E', Buffer.from('\0'))]), columns)).toBeUndefined();
});
