import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupError } from '../db/backup/read-backup.ts';
import { CommandError } from './command.ts';

/**
 * Writes lines into a compressed file that only its owner may read. What is there under the name is never a half one.
 *
 * @param lines asked for when the file's name is free
 * @throws CommandError when the file exists or cannot be written
 */
export async function writeBackupFile(path: string, lines: () => AsyncIterable<string>): Promise<void> {
  if (existsSync(path)) throw new CommandError(`The file "${path}" exists: choose another name.`);
  const draft = `${path}.part`;
  const withFeed = new Transform({
    writableObjectMode: true,
    transform: (line: string, _, done) => done(null, `${line}\n`),
  });
  try {
    await pipeline(
      Readable.from(lines()),
      withFeed,
      createGzip(),
      createWriteStream(draft, { mode: 0o600, flush: true }),
    );
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw isAboutFiles(error) ? new CommandError(`The file "${path}" cannot be written: ${error.code}.`) : error;
  }
}

/**
 * Reads the lines of a backup's file.
 *
 * @throws CommandError when there is no such file; BackupError when it is not compressed or damaged
 */
export async function* readBackupFile(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const text = createGunzip();
  file.on('error', (error) => text.destroy(error));
  file.pipe(text);
  try {
    yield* linesOf(text);
  } catch (error) {
    if (isAboutFiles(error)) throw new CommandError(`The file "${path}" cannot be read: ${error.code}.`);
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      const sentence = 'The file is damaged, cut off, or no backup of the Newsletter Connector: use another one.';
      throw new BackupError(sentence, { cause: error });
    }
    throw error;
  } finally {
    file.destroy();
    text.destroy();
  }
}

/** Cuts bytes into lines at the line feed alone: other breaks may stand inside a text. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

function isAboutFiles(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code)) && 'syscall' in error;
}
