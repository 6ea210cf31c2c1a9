import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder that is held is refused by its name, under every path that leads to it', async () => {
  const lock = await lockFolder(folder);
  symlinkSync(folder, join(folder, 'link'));
  for (const path of [folder, `${folder}/`, join(folder, 'link'), relative(process.cwd(), folder)]) {
    await expect(lockFolder(path)).rejects.toThrow(`The data folder ${path} is in use`);
  }
  await lock.release();
});

test('a folder that was given up can be had again', async () => {
  for (let round = 0; round < 3; round += 1) await (await lockFolder(folder)).release();
});

test('two folders do not hinder each other', async () => {
  const inner = join(folder, 'inner');
  mkdirSync(inner);
  const locks = [await lockFolder(folder), await lockFolder(inner)];
  for (const lock of locks) await lock.release();
});

test('of many who ask at once one gets the folder', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  const got = asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  expect(got).toHaveLength(1);
  await got[0]?.release();
});

test('another process holds the folder until it is killed', async () => {
  const module = new URL('./folder-lock.ts', import.meta.url).href;
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { lockFolder } from ${JSON.stringify(module)};
       await lockFolder(${JSON.stringify(folder)});
       setInterval(() => {}, 60_000);
       console.log('locked');`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  await expect(lockFolder(folder)).rejects.toThrow('in use');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await lockFolder(folder)).release();
});
