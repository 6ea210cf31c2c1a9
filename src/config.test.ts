import { expect, test } from 'vitest';
import { ConfigError, readConfig, SETTINGS } from './config.ts';

/** What the readers of a wrong environment are told. */
function problems(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

test('nothing has to be set', () => {
  expect(readConfig({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    publicUrl: undefined,
    trustProxy: 0,
    dataFolder: 'data',
    databaseUrl: undefined,
    masterKey: undefined,
    installationId: undefined,
    roles: ['web', 'worker'],
    language: 'de',
    logLevel: 'info',
    onOfficeProviderSecret: undefined,
    onOfficeOrigins: ['https://smart.onoffice.de', 'https://beta.smart.onoffice.de'],
    privacyUrl: undefined,
    onOfficeUrl: undefined,
    mailchimpUrl: undefined,
    onOfficeRequestsPerSecond: 2,
  });
});

test('every setting reaches its place', () => {
  expect(
    readConfig({
      PORT: '9000',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://newsletter.example/path//',
      TRUST_PROXY: '2',
      DATA_FOLDER: '/var/lib/connector',
      DATABASE_URL: 'postgresql://me@db.example/connector',
      MASTER_KEY: 'AB'.repeat(32),
      INSTALLATION_ID: '0123456789ABCDEF',
      ROLES: 'worker',
      LANGUAGE: 'it',
      LOG_LEVEL: 'debug',
      ONOFFICE_PROVIDER_SECRET: 'provider-secret',
      ONOFFICE_ORIGINS: 'https://crm.example, http://127.0.0.1:8081',
      PRIVACY_URL: 'https://newsletter.example/privacy',
      ONOFFICE_URL: 'http://127.0.0.1:1/api.php',
      MAILCHIMP_URL: 'http://127.0.0.1:2/3.0/',
      ONOFFICE_REQUESTS_PER_SECOND: '0.5',
    }),
  ).toEqual({
    port: 9000,
    host: '0.0.0.0',
    publicUrl: 'https://newsletter.example/path',
    trustProxy: 2,
    dataFolder: '/var/lib/connector',
    databaseUrl: 'postgresql://me@db.example/connector',
    masterKey: 'AB'.repeat(32),
    installationId: '0123456789abcdef',
    roles: ['worker'],
    language: 'it',
    logLevel: 'debug',
    onOfficeProviderSecret: 'provider-secret',
    onOfficeOrigins: ['https://crm.example', 'http://127.0.0.1:8081'],
    privacyUrl: 'https://newsletter.example/privacy',
    onOfficeUrl: 'http://127.0.0.1:1/api.php',
    mailchimpUrl: 'http://127.0.0.1:2/3.0',
    onOfficeRequestsPerSecond: 0.5,
  });
});

test.each(['', ' ', '\t\n'])('an empty value %j counts as not set', (empty) => {
  const environment = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, empty]));
  expect(readConfig(environment)).toEqual(readConfig({}));
});

const WRONG = {
  PORT: ['65536', '-1', '80.5', 'http'],
  PUBLIC_URL: ['newsletter.example', 'ftp://newsletter.example'],
  TRUST_PROXY: ['-1', 'true', '1.5'],
  DATABASE_URL: ['mysql://db.example/x', 'db.example'],
  MASTER_KEY: ['abc', 'g'.repeat(64), 'a'.repeat(65)],
  INSTALLATION_ID: ['abc', 'g'.repeat(16), 'a'.repeat(17)],
  ROLES: ['web,', 'web;worker', 'everything'],
  LANGUAGE: ['fi'],
  LOG_LEVEL: ['loud'],
  ONOFFICE_URL: ['api.onoffice.example'],
  MAILCHIMP_URL: ['api.mailchimp.example'],
  ONOFFICE_REQUESTS_PER_SECOND: ['0', '-2', 'many', 'Infinity'],
} as const satisfies Partial<Record<keyof typeof SETTINGS, readonly string[]>>;

const WRONG_VALUES = Object.entries(WRONG).flatMap(([name, values]) => values.map((value) => [name, value] as const));

test.each(WRONG_VALUES)('%s=%s is refused by its name, with what it takes', (name, value) => {
  const message = problems({ [name]: value });
  expect(message.split('\n')).toHaveLength(2);
  expect(message).toContain(`${name}: `);
  expect(message).toContain(SETTINGS[name as keyof typeof SETTINGS].doc);
});

test('all problems are named at once', () => {
  const message = problems(Object.fromEntries(Object.entries(WRONG).map(([name, [value]]) => [name, value])));
  for (const name of Object.keys(WRONG)) expect(message).toContain(`\n  ${name}: `);
  expect(message.split('\n')).toHaveLength(1 + Object.keys(WRONG).length);
});

test('a refusal never repeats the value of a secret', () => {
  const message = problems({ MASTER_KEY: 'not-a-key-but-secret', DATABASE_URL: 'mysql://me:hunter2@db.example/x' });
  expect(message).not.toMatch(/not-a-key-but-secret|hunter2/);
});
