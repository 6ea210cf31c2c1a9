// Format, lint, types, boundaries, consent writes, dead code, lock file and unit tests, one after the other. Prints a line
// for each that holds and the whole output of each that does not.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (...path) => join('node_modules', ...path);
const tsc = bin('typescript', 'bin', 'tsc');

const steps = [
  { name: 'format and lint', command: [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: [tsc, '-p', '.'] },
  { name: 'types of the page', command: [tsc, '-p', 'tsconfig.web.json'], when: existsSync(join(root, 'web')) },
  { name: 'boundaries', command: ['scripts/check-boundaries.mjs'] },
  { name: 'consent writes', command: ['scripts/check-consent-writes.ts'] },
  { name: 'dead code', command: [bin('knip', 'bin', 'knip.js')] },
  { name: 'lock file', command: ['scripts/check-lock.mjs'] },
  { name: 'unit tests', command: [bin('vitest', 'vitest.mjs'), 'run', '--project', 'unit'] },
];

let failed = 0;
for (const { name, command, when = true } of steps) {
  if (!when) continue;
  const done = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const said = `${done.stdout}${done.stderr}`.trimEnd();
  if (done.status === 0) {
    console.log(`ok      ${name}${name === 'unit tests' ? `: ${done.stdout.trimEnd().split('\n').at(-1)}` : ''}`);
    continue;
  }
  failed += 1;
  console.error(`FAILED  ${name}\n${said}\n`);
}
if (failed > 0) {
  console.error(`${failed} of the checks failed.`);
  process.exit(1);
}
