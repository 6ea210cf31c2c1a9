import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationPage } from '../../scripts/write-configuration.ts';
import { MAILCHIMP_ERROR_CODES } from '../../src/adapters/mailchimp/errors.ts';
import { ONOFFICE_ERROR_CODES } from '../../src/adapters/onoffice/errors.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** What stands in backticks at the start of each row of a page's tables. */
const rowNames = (page: string) => [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
}

/** Codes written down in the server's own folders: `code: 'a.b'`, those of the journal, and those with an English text there. */
function serverCodes(): string[] {
  return ['http', 'sync', 'jobs', 'db', 'core']
    .flatMap((folder) => filesUnder(join('src', folder), '.ts'))
    .flatMap((file) => {
      const source = read(file);
      const texts = file.endsWith('error-texts.ts') ? source.matchAll(/^ {2}'?([\w.]+)'?:(?= |$)/gm) : [];
      return [...source.matchAll(/\bcode: '([\w.]+)'/g), ...source.matchAll(/'(journal\.\w+)'/g), ...texts];
    })
    .map(([, code]) => code ?? '');
}

test('every dependency has one line of reason, and no line is left over', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const named = rowNames(read('docs/dependencies.md'));
  expect(named).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
});

test('the page of settings is the one that scripts/write-configuration.ts writes', () => {
  expect(read('docs/configuration.md')).toBe(configurationPage());
});

test('every code that a person can meet has a line, and no line is left over', () => {
  const codes = new Set([...MAILCHIMP_ERROR_CODES, ...ONOFFICE_ERROR_CODES, ...serverCodes()]);
  expect(rowNames(read('docs/errors.md')).sort()).toEqual([...codes].sort());
});

/** Relative targets of all documents that lead nowhere; a picture's link begins with an exclamation mark. */
function brokenLinks(pattern: RegExp): string[] {
  const documents = [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...['docs', 'simulators'].flatMap((folder) => filesUnder(folder, '.md')),
  ];
  return documents.flatMap((document) =>
    [...read(document).matchAll(pattern)]
      .map(([, target]) => target ?? '')
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(document), target)))
      .map((target) => `${document}: ${target}`),
  );
}

test('every relative link in a document leads to a file', () => {
  expect(brokenLinks(/(?<!!)\[[^\]]*\]\(([^)\s#]+)[^)]*\)/g)).toEqual([]);
});

test.skipIf(!existsSync(join(root, 'docs', 'screenshots')))('every picture in a document is there', () => {
  expect(brokenLinks(/!\[[^\]]*\]\(([^)\s#]+)[^)]*\)/g)).toEqual([]);
});
