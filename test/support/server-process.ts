import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient, createApiClient } from '../../src/cli/api-client.ts';
import { SERVER_FILE } from '../../src/start.ts';

/** The real program as a process of its own, so that it can be killed. */
export type ServerProcess = {
  call: ApiClient;
  origin: string;
  pid: number;
  output(): string;
  kill(): Promise<void>;
  stop(): Promise<void>;
};

const program = join(import.meta.dirname, '../../src/cli/main.ts');

/** Starts `serve` on a data folder and waits until it answers. @throws Error with the program's output when it ends instead */
export async function startServerProcess(
  dataFolder: string,
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  // Left behind by a killed server: it would lead to a port that nobody listens on.
  const serverFile = join(dataFolder, SERVER_FILE);
  rmSync(serverFile, { force: true });
  const child = spawn(process.execPath, [program, 'serve'], {
    env: { ...process.env, ...environment, DATA_FOLDER: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('is ready') && existsSync(serverFile)) resolve();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('exit', () => reject(new Error(`The server ended: ${output}`)));
  });
  await ready;
  const server = JSON.parse(readFileSync(serverFile, 'utf8')) as { origin: string; token: string };
  return {
    call: createApiClient(server),
    origin: server.origin,
    pid: child.pid ?? 0,
    output: () => output,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
