import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './core/secret.ts';
import { createLog, REDACTED_FIELDS } from './log.ts';

const ADDRESS = 'ada.lovelace@example.org';
const API_KEY = '0123456789abcdef0123456789abcdef-us21';

/** The lines of a log as one text. */
function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('debug', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

test('a secret prints as [redacted] in JSON, templates, inspections and log lines', () => {
  const secret = new Secret(API_KEY);
  const logged = written((log) => log.info({ secret, deep: { providerKey: secret } }, `with ${secret}`));
  for (const text of [JSON.stringify({ secret }), `${secret}`, inspect({ secret }), logged]) {
    expect(text).toContain('[redacted]');
    expect(text).not.toContain(API_KEY);
  }
});

test.each(REDACTED_FIELDS)('a field named %s is cut out wherever it stands', (name) => {
  const value = 'must not be seen';
  const text = written((log) => {
    log.info({ [name]: value, one: { [name]: value, two: { [name]: value, three: { [name]: value } } } });
    log.info({ list: [{ [name]: value }], request: { headers: { [name]: value } } });
  });
  expect(text).not.toContain(value);
  expect(text.match(/\[redacted\]/g)).toHaveLength(6);
});

test('addresses and keys in messages of others are masked', () => {
  const text = written((log) => {
    log.warn({ words: `${ADDRESS} has signed up to a lot of lists` }, `key ${API_KEY} refused`);
    log.error(new Error(`duplicate of ${ADDRESS} with xkeysib-0a1b-Zz9`));
    log.error('jürgen.müller@bücher.example is no address');
  });
  expect(text).not.toMatch(/lovelace|jürgen|bücher|0123456789abcdef|0a1b/);
  expect(text).toContain('[address] has signed up to a lot of lists');
});

test('names of packages in a stack are no addresses', () => {
  const error = new Error('broken');
  error.stack = 'Error: broken\n at /app/node_modules/@electric-sql/pglite/dist/index.js:1:2 (pglite@0.5.16/node)';
  expect(written((log) => log.error({ err: error }))).toContain('@electric-sql/pglite/dist/index.js');
});

test.each(['err', 'error'])(
  'of an error under %s its kind, words and causes are written, never values of rows',
  (name) => {
    const cause = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      detail: 'Key (name)=(Ada Lovelace) already exists.',
      parameters: ['Ada Lovelace'],
    });
    const text = written((log) => log.error({ [name]: new Error('the page was not stored', { cause }) }, 'Run failed'));
    const line = JSON.parse(text);
    expect(line[name]).toMatchObject({
      type: 'Error',
      message: 'the page was not stored',
      cause: { message: 'duplicate key value', code: '23505' },
    });
    expect(text).not.toContain('Lovelace');
  },
);

test('a circle of causes ends', () => {
  const error = new Error('round');
  error.cause = error;
  expect(written((log) => log.error({ err: error }))).toContain('round');
});

test('lines below the level are not written', () => {
  const lines: string[] = [];
  const log = createLog('error', { write: (line) => void lines.push(line) });
  log.warn('not me');
  log.error('me');
  expect(lines).toHaveLength(1);
});
