// Runs one of the project's tasks on Node 24, whatever Node (20.19 or newer) it is started with, and installs what is
// missing first: `node scripts/run.mjs <task> [arguments]`. Everything after the task's name goes to the task.
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packagesAreInstalled } from './installed-packages.mjs';
import { findNode, installsThePackages } from './node-binary.mjs';
import { buildPageIfChanged } from './web-build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const vitest = join('node_modules', 'vitest', 'vitest.mjs');

/** What each task runs, as arguments of Node; `page`: it needs the page to be built, `database`: it makes new embedded databases. */
const tasks = {
  demo: { command: ['src/cli/main.ts', 'demo'], page: true, database: true },
  dev: { command: ['--watch', '--watch-preserve-output', 'src/cli/main.ts', 'demo'], page: true, database: true },
  test: { command: [vitest, 'run'], page: true, database: true },
  check: { command: ['scripts/check.mjs'] },
  bench: { command: ['bench/run-bench.ts'], database: true },
  simulate: { command: ['lab/run-lab.ts'], database: true },
  package: { command: ['scripts/build-package.mjs'], page: true, database: true },
  boundaries: { command: ['scripts/check-boundaries.mjs'] },
  knip: { command: [join('node_modules', 'knip', 'bin', 'knip.js')] },
  'build-web': { command: [join('node_modules', 'vite', 'bin', 'vite.js'), 'build'] },
};

const [name = '', ...rest] = process.argv.slice(2);
const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
if (task === undefined) stop(`No task is called "${name}". There are: ${Object.keys(tasks).join(', ')}.`);
if (!packagesAreInstalled(root) || findNode(root) === undefined) install();
const node = findNode(root);
if (node === undefined) {
  stop(
    `Node 24.7 or newer is needed, this is ${process.version}, and the package "node" did not bring its binary. ` +
      'Was npm told to ignore install scripts? Allow them and run "npm ci", or use Node 24.7 or newer yourself.',
  );
}
const environment = {
  ...process.env,
  PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};
if (task.page) buildPageIfChanged(root, node);
if (task.database) makeClusterTemplate(node);
run([...task.command, ...rest]);

/** Installs exactly what package-lock.json says; prints npm's words without the complaints about this Node's age. */
function install() {
  if (!installsThePackages(process.version)) {
    stop(`Node 20.19 or newer is needed to install the packages, this is ${process.version}.`);
  }
  console.log('Installing packages (about half a minute; once, and again when package-lock.json changes) …');
  const npm = process.env.npm_execpath;
  const flags = ['ci', '--prefer-offline', '--no-audit', '--no-fund'];
  const [command, arguments_] = npm?.endsWith('js') ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  const done = spawnSync(command, arguments_, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: command === 'npm' && process.platform === 'win32',
  });
  const said = `${done.stderr ?? ''}${done.stdout ?? ''}`.split('\n');
  const shown = said.filter((line) => line.trim() !== '' && !/^npm warn (EBADENGINE|deprecated)/i.test(line));
  console.log(shown.join('\n'));
  if (done.status !== 0) stop(`The packages could not be installed (npm ci: ${done.error?.message ?? 'see above'}).`);
}

/** Makes the template that new embedded databases are copied from; without it each of them takes seconds longer. */
function makeClusterTemplate(node) {
  const done = spawnSync(node, [join('src', 'db', 'make-cluster-template.ts')], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) stop('The template of the embedded database could not be made; see above.');
}

/** Runs Node with the arguments in the project's folder and ends as it ends. */
function run(arguments_) {
  const child = spawn(node, arguments_, { cwd: root, env: environment, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal gives Ctrl-C to the child itself; handing it on would be a second one, which means "at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => stop(`Could not start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
