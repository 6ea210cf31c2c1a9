import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import './provided-context.ts';

/** A database of its own for one test file. */
export type FreshDatabase = {
  url: string;
  /** Removes the database, also under open connections. */
  drop(): Promise<void>;
};

/**
 * Creates an empty database (UTF-8, locale C.UTF-8) on the PostgreSQL that runs for the tests. For tests of the projects
 * `integration` and `contract`; a test file asks once and calls `drop` in `afterAll`.
 */
export async function freshPostgresUrl(): Promise<FreshDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `drop database if exists ${name} with (force)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
