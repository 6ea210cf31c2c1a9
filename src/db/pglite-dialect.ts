import { setImmediate } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Mutex } from './mutex.ts';
import type { PgliteStatements } from './pglite-statements.ts';

/**
 * Kysely over PGlite with the one session handed out to one user at a time. Kysely's own dialect lets a query of somebody
 * else slip into an open transaction, and a loop of awaited PGlite queries never returns to the event loop: here every
 * session has the lock, and every query yields.
 */
export function pgliteDialect(statements: PgliteStatements, session: Mutex): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PgliteDriver(statements, session),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PgliteDriver implements Driver {
  readonly #statements: PgliteStatements;
  readonly #session: Mutex;
  readonly #releases = new WeakMap<DatabaseConnection, () => void>();

  constructor(statements: PgliteStatements, session: Mutex) {
    this.#statements = statements;
    this.#session = session;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const release = await this.#session.acquire();
    const connection = new PgliteConnection(this.#statements);
    this.#releases.set(connection, release);
    return connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).end('commit');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).end('rollback');
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#releases.get(connection)?.();
  }

  async destroy(): Promise<void> {}
}

class PgliteConnection implements DatabaseConnection {
  readonly #statements: PgliteStatements;
  /** A transaction begins with its first statement: both are one call. */
  #begins = false;

  constructor(statements: PgliteStatements) {
    this.#statements = statements;
  }

  async begin(): Promise<void> {
    this.#begins = true;
    await setImmediate();
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    if (!this.#begins) await this.executeQuery(CompiledQuery.raw(how));
    else {
      this.#begins = false;
      await setImmediate();
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const begins = this.#begins;
    this.#begins = false;
    const { rows, affectedRows } = await this.#statements.run<R>(query.sql, query.parameters, { begins });
    await setImmediate();
    return affectedRows === undefined ? { rows } : { rows, numAffectedRows: BigInt(affectedRows) };
  }

  // biome-ignore lint/correctness/useYield: PGlite has no cursors; long reads go by keyset pages
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('PGlite cannot stream: read by keyset pages');
  }
}

function own(connection: DatabaseConnection): PgliteConnection {
  if (!(connection instanceof PgliteConnection)) throw new Error('A connection of somebody else');
  return connection;
}
