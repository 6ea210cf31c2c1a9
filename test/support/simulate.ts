import { execFile } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../lab/run-lab.ts');

/** Plays histories as `npm run simulate` does, in processes of its own. @returns its exit code and all that it said */
export function simulate(words: readonly string[], signal: AbortSignal): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...words], { signal, maxBuffer: 2 ** 26 }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, said: out + err }),
    );
  });
}
