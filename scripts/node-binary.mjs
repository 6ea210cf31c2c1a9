import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Oldest Node that runs the product: `crypto.argon2` came with 24.7. */
const OLDEST_TO_RUN = [24, 7];
/** Oldest Node whose npm installs everything; older ones refuse packages for good. */
const OLDEST_TO_INSTALL = [20, 19];

/**
 * @param {string} version such as `v24.21.0` or `24.21.0`
 * @returns {boolean} whether it runs the product
 */
export const runsTheProduct = (version) => isAtLeast(version, OLDEST_TO_RUN);

/**
 * @param {string} version such as `v20.19.0`
 * @returns {boolean} whether it can install the packages, Node 24 among them
 */
export const installsThePackages = (version) => isAtLeast(version, OLDEST_TO_INSTALL);

/**
 * The Node that everything is run with: the one among the project's packages, else the one that runs this, if it is
 * new enough. Asked for by path, because a shell remembers where it found `node` first.
 *
 * @param {string} root the project's folder
 * @returns {string | undefined} path of the binary; undefined when neither will do
 */
export function findNode(root) {
  const packaged = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (runsTheProduct(versionOf(packaged))) return packaged;
  return runsTheProduct(process.version) ? process.execPath : undefined;
}

function versionOf(binary) {
  try {
    return execFileSync(binary, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

function isAtLeast(version, [major, minor]) {
  const [, itsMajor, itsMinor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [undefined, 0, 0];
  return Number(itsMajor) > major || (Number(itsMajor) === major && Number(itsMinor) >= minor);
}
