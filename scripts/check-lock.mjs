// Fails when package-lock.json would not install everywhere: when it names the host a package came from, or when an
// optional package (a binary for some platform) is asked for without an entry of its own; `npm ci` refuses such a file.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lock = join(dirname(dirname(fileURLToPath(import.meta.url))), 'package-lock.json');
const { packages } = JSON.parse(readFileSync(lock, 'utf8'));

const withHost = Object.keys(packages).filter((path) => packages[path].resolved !== undefined);
const missing = Object.entries(packages).flatMap(([path, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !isLocked(path, name))
    .map((name) => `${name}, asked for by ${path || 'package.json'}`),
);
const problems = [
  ...withHost.map((path) => `${path} has the field "resolved": is omit-lockfile-registry-resolved in .npmrc in force?`),
  ...missing.map((what) => `${what}, has no entry: pin its parent to a version whose packages all exist`),
];
if (problems.length > 0) {
  console.error(problems.map((problem) => `package-lock.json: ${problem}`).join('\n'));
  process.exit(1);
}
console.log(`package-lock.json: ${Object.keys(packages).length} packages, no host named, every platform's there`);

/** Looks for a package the way Node does: below the one that asks, then in each folder above. */
function isLocked(path, name) {
  if (packages[path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`] !== undefined) return true;
  if (path === '') return false;
  const above = path.lastIndexOf('/node_modules/');
  return isLocked(above === -1 ? '' : path.slice(0, above), name);
}
