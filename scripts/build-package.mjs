// Builds dist/, what the package ships: the repository's folders with the TypeScript compiled and everything else as it
// is, so that a path relative to a source file means the same in both.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const isSource = (path) => /[.]tsx?$/.test(path);

rmSync(dist, { recursive: true, force: true });
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const done = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (done.status !== 0) process.exit(1);
for (const folder of ['src', 'simulators', 'migrations', 'web/dist']) {
  const from = join(root, folder);
  if (existsSync(from)) cpSync(from, join(dist, folder), { recursive: true, filter: (path) => !isSource(path) });
}
const { name, version, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ name, version, type }, undefined, 2)}\n`);
