import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { fromPglite } from 'pg-boss';
import { fromClusterTemplate } from './cluster-template.ts';
import { lockFolder } from './folder-lock.ts';
import { POSTGRES_SETTINGS } from './initialise-folder.ts';
import { createMutex, holding, type Mutex } from './mutex.ts';
import { pgliteDialect } from './pglite-dialect.ts';
import { pgliteStatements } from './pglite-statements.ts';

/** Statements are SQL text checked by the integration tests; the row types stand at each statement. */
// biome-ignore lint/complexity/noBannedTypes: an empty schema forbids query-builder access to unknown tables
type NoTables = {};

/** Something statements can run on: the database or an open transaction. */
export type Queryable = Kysely<NoTables> | Transaction<NoTables>;

/** What pg-boss runs its statements on. */
export type QueueStore = ReturnType<typeof fromPglite>;

/** The database: embedded PGlite by default, PostgreSQL where `DATABASE_URL` is set. */
export type Database = {
  readonly backend: 'pglite' | 'postgres';
  readonly db: Kysely<NoTables>;
  /** Runs `work` in one transaction; using `db` inside it throws on PGlite instead of hanging. */
  transact<T>(work: (trx: Transaction<NoTables>) => Promise<T>): Promise<T>;
  /** Runs a script of several statements as one implicit transaction. */
  runScript(script: string): Promise<void>;
  /** for pg-boss; undefined on PostgreSQL, where it has its own pool */
  readonly queueStore: QueueStore | undefined;
  readonly url: string | undefined;
  close(): Promise<void>;
};

/** PostgreSQL's number of the type. */
const INT8 = 20;

/** Opens PostgreSQL. The pool's sessions run in UTC and deliver int8 as number. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    options: '-c timezone=UTC',
    types: {
      getTypeParser: (oid, format) => {
        if (oid === INT8) return parseInt8;
        return pg.types.getTypeParser(oid, format);
      },
    },
  });
  // A server restart breaks idle sessions; the pool opens new ones.
  pool.on('error', () => {});
  const db = new Kysely<NoTables>({ dialect: new PostgresDialect({ pool }) });
  return {
    backend: 'postgres',
    db,
    transact: (work) => db.transaction().execute(work),
    runScript: async (script) => {
      await pool.query(script);
    },
    queueStore: undefined,
    url,
    close: () => db.destroy(),
  };
}

/**
 * Opens the embedded database.
 *
 * @param folder where its files are; undefined keeps everything in memory (tests)
 * @throws Error when another process has the folder
 */
export async function openPglite(folder: string | undefined): Promise<Database> {
  if (folder) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = folder ? await lockFolder(folder) : undefined;
  const pglite = await openFolder(folder && join(folder, 'pglite')).catch(async (error: unknown) => {
    await lock?.release();
    throw error;
  });
  const session = createMutex();
  const statements = pgliteStatements(pglite);
  const db = new Kysely<NoTables>({ dialect: pgliteDialect(statements, session) });
  return {
    backend: 'pglite',
    db,
    transact: (work) => db.transaction().execute((trx) => holding(session, () => work(trx))),
    runScript: (script) =>
      exclusively(session, async () => {
        await pglite.exec(script);
        await statements.forget();
      }),
    queueStore: queueStoreOf(pglite, session),
    url: undefined,
    close: async () => {
      await db.destroy();
      await pglite.close();
      await lock?.release();
    },
  };
}

/** Making a new database takes several hundred MB that the process would keep: a child makes it. */
async function openFolder(dataDir: string | undefined): Promise<PGlite> {
  if (dataDir && !existsSync(dataDir)) {
    const program = import.meta.filename.replace(/database\.([jt]s)$/, 'initialise-folder.$1');
    // Made beside its place and moved there whole: a start that was broken off leaves nothing half-made behind.
    const made = `${dataDir}.new`;
    rmSync(made, { recursive: true, force: true });
    await promisify(execFile)(process.execPath, [program, made]);
    renameSync(made, dataDir);
  }
  return PGlite.create({
    ...(dataDir ? { dataDir } : fromClusterTemplate()),
    parsers: { [INT8]: parseInt8 },
    postgresqlconf: POSTGRES_SETTINGS,
  });
}

function queueStoreOf(pglite: PGlite, session: Mutex): QueueStore {
  const store = fromPglite(pglite);
  const listen = store.listen?.bind(store);
  return {
    ...store,
    executeSql: (text, values) => exclusively(session, () => store.executeSql(text, values)),
    ...(listen
      ? {
          listen: (channel, onNotification, onReconnect) =>
            exclusively(session, () => listen(channel, onNotification, onReconnect)),
        }
      : {}),
  };
}

async function exclusively<T>(session: Mutex, work: () => Promise<T>): Promise<T> {
  const release = await session.acquire();
  try {
    return await work();
  } finally {
    release();
    await setImmediate();
  }
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('An int8 beyond 2^53 came out of the database');
  return value;
}
