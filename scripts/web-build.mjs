import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the built page depends on: its own sources, what it imports from the server, and the packages. */
const SOURCES = ['web', 'vite.config.ts', 'src/core', 'src/http/api', 'package-lock.json'];

/**
 * Builds the page into web/dist when what it is made of has changed since the last build. Does nothing while there is
 * no page. Ends the process when the build fails.
 *
 * @param {string} root the project's folder
 * @param {string} node path of the Node to build with
 */
export function buildPageIfChanged(root, node) {
  if (!existsSync(join(root, 'web', 'index.html'))) return;
  const noted = join(root, 'node_modules', '.cache', 'newsletter-connector', 'page-sources.sha256');
  const current = hashOf(root);
  const built = existsSync(join(root, 'web', 'dist', 'index.html'));
  if (built && existsSync(noted) && readFileSync(noted, 'utf8') === current) return;
  console.log('Building the page …');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const done = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) {
    console.error('The page could not be built; see above.');
    process.exit(1);
  }
  mkdirSync(dirname(noted), { recursive: true });
  writeFileSync(noted, current);
}

function hashOf(root) {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesIn(root, source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(root, path) {
  if (path === 'web/dist' || !existsSync(join(root, path))) return [];
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((entry) => filesIn(root, `${path}/${entry}`));
}
