import { createHash } from 'node:crypto';
import { realpathSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that nobody else may open while it is held. */
export type FolderLock = { release(): Promise<void> };

/**
 * Locks a data folder for this process: PGlite has no lock of its own and two processes on one folder lose rows. A local
 * socket is used, which the system frees when the process dies.
 *
 * @throws Error when another process holds the folder
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24);
  const path =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\newsletter-connector-${name}`
      : join(tmpdir(), `newsletter-connector-${name}.sock`);
  const server = await listen(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    if (await isAlive(path)) {
      throw new Error(`The data folder ${folder} is in use by another newsletter-connector: stop it first`);
    }
    unlinkSync(path);
    return listen(path);
  });
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
