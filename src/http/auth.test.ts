import type { FastifyRequest } from 'fastify';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { admit, SESSION_COOKIE } from './auth.ts';

/** A database that holds nobody's session. */
const db = new Kysely<object>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
const parts = { database: { db } as unknown as Database, clock: { now: () => 0 }, cliToken: 'right' };

const request = (more: { method?: string; headers?: Record<string, string>; cookies?: Record<string, string> }) =>
  ({ method: 'GET', headers: {}, cookies: {}, ...more }) as unknown as FastifyRequest;

const bearer = (token: string) => request({ headers: { authorization: `Bearer ${token}` } });

test('the command line’s token is an administrator', async () => {
  expect(await admit(parts, bearer('right'), 'administrator')).toEqual({ kind: 'cli', role: 'administrator' });
});

test.each(['wrong', 'right ', 'righ', ''])('the token "%s" is nobody', async (token) => {
  const answer = admit(parts, request({ headers: { authorization: `Bearer ${token}x` } }), 'reader');
  await expect(answer).rejects.toMatchObject({ code: 'session.required', status: 401 });
});

test('without a token of the command line no token is one', async () => {
  for (const cliToken of [undefined, '']) {
    await expect(admit({ ...parts, cliToken }, bearer('undefined'), 'reader')).rejects.toMatchObject({ status: 401 });
  }
});

test('a wrong header never falls back to the cookie', async () => {
  const both = request({
    method: 'POST',
    headers: { authorization: 'Bearer wrong' },
    cookies: { [SESSION_COOKIE]: 'token' },
  });
  await expect(admit(parts, both, 'reader')).rejects.toMatchObject({ status: 401 });
});

test('public routes are open, with and without a caller', async () => {
  expect(await admit(parts, request({}), 'public')).toBeUndefined();
  expect(await admit(parts, request({ method: 'POST' }), 'public')).toBeUndefined();
});
