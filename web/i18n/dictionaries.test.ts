import { readdirSync, readFileSync } from 'node:fs';
import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAILCHIMP_ERROR_CODES } from '../../src/adapters/mailchimp/errors.ts';
import { ONOFFICE_ERROR_CODES } from '../../src/adapters/onoffice/errors.ts';
import { ACTIVITY_KINDS } from '../../src/core/activity.ts';
import { ACTIVITY_KINDS_OF } from '../../src/core/activity-settings.ts';
import { CRM_CONSENTS, MEMBER_STATUSES } from '../../src/core/consent.ts';
import { PERSON_FIELDS } from '../../src/core/contact.ts';
import { JOURNAL_KINDS } from '../../src/core/journal-kind.ts';
import { OPERATION_KINDS } from '../../src/core/operation.ts';
import { MEMBER_REASONS, REASONS, TRYABLE_REASONS } from '../../src/core/reason.ts';
import { SYNC_PHASES, SYNC_RUN_STATES } from '../../src/core/sync-run.ts';
import { WEBHOOK_TOPICS } from '../../src/core/webhook-finding.ts';
import { CSV_WORDS } from '../../src/sync/views/csv-words.ts';
import { STATE_WORDS } from '../../src/sync/views/state-words.ts';
import { noticeText } from '../notice-text.ts';
import { ACTIVITIES_OF, ACTIVITY_ORDER, PERSON_FIELD_ORDER, PHASE_ORDER, TRYABLE_REASON_ORDER } from '../term-order.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { LANGUAGES } from './i18n.ts';
import { it } from './it.ts';

const dictionaries = { de, en, es, fr, it };

/** Every text of a dictionary by its path. */
function textsOf(node: object, path: readonly string[] = []): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'string' ? [[[...path, key].join(' > '), value]] : [...textsOf(value, [...path, key])],
    ),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();

beforeAll(async () => {
  await i18next.init({
    lng: 'de',
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
  });
});

test('every language that the page offers has its dictionary', () => {
  expect(Object.keys(dictionaries)).toEqual(Object.keys(LANGUAGES));
});

describe.each(Object.entries(dictionaries))('%s', (language, dictionary) => {
  const texts = textsOf(dictionary);

  test('it has exactly the keys of the English reference, and each form of its plurals', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const paths = [...textsOf(en).keys()].flatMap((path) =>
      path.endsWith('_other') ? forms.map((form) => path.replace(/other$/, form)) : [path],
    );
    expect([...texts.keys()].sort()).toEqual([...new Set(paths)].sort());
  });

  test('a text has the placeholders of the English one', () => {
    const english = textsOf(en);
    for (const [path, text] of texts) {
      const reference = english.get(path) ?? english.get(path.replace(/_many$/, '_other')) ?? '';
      expect(placeholders(text), path).toEqual(placeholders(reference));
    }
  });

  test('quotation marks and apostrophes are those of the language', () => {
    const foreign = { de: '”«»', en: '„«»', es: '„“”', fr: '„“”', it: '„«»' }[language];
    for (const [path, text] of texts) {
      expect(
        [...text].filter((mark) => `"${foreign}`.includes(mark)),
        path,
      ).toEqual([]);
      expect(text, path).not.toMatch(/\p{L}'\p{L}/u);
    }
  });

  test('no text is empty', () => {
    for (const [path, text] of texts) expect(text.trim(), path).not.toBe('');
  });

  test('everything that the core names has its words', () => {
    expect(Object.keys(dictionary.reasons)).toEqual([...REASONS]);
    expect(Object.keys(dictionary.memberReasons)).toEqual([...MEMBER_REASONS]);
    expect(Object.keys(dictionary.operations).sort()).toEqual([...OPERATION_KINDS].sort());
    expect(Object.keys(dictionary.phases)).toEqual([...SYNC_PHASES]);
    expect(Object.keys(dictionary.runStates).sort()).toEqual([...SYNC_RUN_STATES].sort());
    expect(Object.keys(dictionary.personFields).sort()).toEqual([...PERSON_FIELDS].sort());
    expect(Object.keys(dictionary.webhookTopics)).toEqual([...WEBHOOK_TOPICS]);
    expect(Object.keys(dictionary.held.kinds).sort()).toEqual([...OPERATION_KINDS].sort());
    expect(Object.keys(dictionary.journalPage.kinds)).toEqual(['all', ...JOURNAL_KINDS]);
    expect(Object.keys(dictionary.consents)).toEqual([...CRM_CONSENTS]);
    expect(Object.keys(dictionary.memberStatuses).sort()).toEqual([...MEMBER_STATUSES].sort());
    expect(Object.keys(dictionary.activities).sort()).toEqual([...ACTIVITY_KINDS].sort());
  });

  test('the files for people call everything as the page does', () => {
    const words = CSV_WORDS[language as keyof typeof CSV_WORDS];
    const labels = (named: Record<string, { label: string }>) =>
      Object.fromEntries(Object.entries(named).map(([name, { label }]) => [name, label]));
    expect(words.reason).toEqual(labels(dictionary.reasons));
    expect(words.memberReason).toEqual(labels(dictionary.memberReasons));
    expect(words.kind).toEqual(labels(dictionary.operations));
    expect(words.state).toEqual(dictionary.rowStates);
    expect(words.column).toMatchObject(dictionary.personFields);
    const { status } = STATE_WORDS[language as keyof typeof STATE_WORDS];
    expect({ ...status, absent: dictionary.memberStatuses.absent }).toEqual(dictionary.memberStatuses);
  });

  test('every code of the adapters has a sentence', () => {
    expect(Object.keys(dictionary.errors)).toEqual(
      expect.arrayContaining([...ONOFFICE_ERROR_CODES, ...MAILCHIMP_ERROR_CODES]),
    );
  });

  test('every code that the server throws or reports has a sentence', () => {
    const known = new Set([...Object.keys(dictionary.errors), ...Object.keys(dictionary.journal)]);
    expect(serverCodes().filter((code) => !known.has(code))).toEqual([]);
  });
});

test('no French line begins with a lone mark', () => {
  for (const [path, text] of textsOf(fr)) expect(text, path).not.toMatch(/ [:;!?»%]|[«°] /);
});

test('the page shows everything in an order of its own, leaving nothing out', () => {
  expect([...PERSON_FIELD_ORDER].sort()).toEqual([...PERSON_FIELDS].sort());
  expect([...ACTIVITY_ORDER]).toEqual([...ACTIVITY_KINDS]);
  expect(ACTIVITIES_OF).toEqual(ACTIVITY_KINDS_OF);
  expect([...PHASE_ORDER]).toEqual([...SYNC_PHASES]);
  expect([...TRYABLE_REASON_ORDER]).toEqual([...TRYABLE_REASONS]);
});

test('a notice is said in the language of the page, with its parameters', () => {
  expect(noticeText({ code: 'session.required' })).toBe(de.errors['session.required']);
  expect(noticeText({ code: 'journal.approved' })).toBe(de.journal['journal.approved']);
  expect(noticeText({ code: 'input.invalid', params: { field: 'apiKey' } })).toContain('apiKey');
  const missing = noticeText({ code: 'webhook.events_missing', params: { topics: 'unsubscribed,something-new' } });
  expect(missing).toBe(`${de.errors['webhook.events_missing']}: ${de.webhookTopics.unsubscribed}, something-new`);
});

test('an answer to what was held is said with the words of its kind and decision', () => {
  const params = { count: 30, kind: 'remove-member', question: 'brake', decision: 'carry-out' };
  const text = noticeText({ code: 'journal.held_decided', params });
  expect(text).toContain(de.operations['remove-member'].label);
  expect(text).toContain(de.held.answered['carry-out']);
});

test('a code without a text is shown as it is', () => {
  expect(noticeText({ code: 'something.new' })).toContain('something.new');
});

/** Codes written down in the server's own folders: `code: 'a.b'`, the journal's, and those with an English text there. */
function serverCodes(): string[] {
  const folders = ['http', 'sync', 'jobs', 'db'];
  const files = folders.flatMap((folder) => filesUnder(new URL(`../../src/${folder}/`, import.meta.url)));
  const codes = files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const texts = file.pathname.endsWith('/error-texts.ts') ? source.matchAll(/^ {2}'?([\w.]+)'?: '/gm) : [];
    return [...source.matchAll(/\bcode: '([\w.]+)'/g), ...source.matchAll(/'(journal\.\w+)'/g), ...texts].map(
      ([, code]) => code,
    );
  });
  return [...new Set(codes)].filter((code) => code !== undefined).sort();
}

function filesUnder(folder: URL): URL[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => new URL(`file://${entry.parentPath}/${entry.name}`));
}
