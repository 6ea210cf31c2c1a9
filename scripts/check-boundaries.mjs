// Checks the import table of .dependency-cruiser.mjs. Fails as well when the tool has not seen every source file: with
// a parser it does not know it sees none and finds nothing wrong.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import ruleSet from '../.dependency-cruiser.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const folders = ['src', 'simulators', 'web', 'test', 'lab'].filter((folder) => existsSync(folder));
const sources = folders
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name).replaceAll('\\', '/')))
  .filter((name) => /(?<![.]d)[.]tsx?$/.test(name) && !name.startsWith('web/dist/'));

const { options, ...rules } = ruleSet;
const { output } = await cruise(
  folders,
  { ...options, validate: true, ruleSet: rules },
  options.enhancedResolveOptions,
);

// A type fetched by `import('…').Name` is an import that the tool does not see.
const hidden = sources.filter((name) =>
  /\bimport\(\s*['"][^'"]+['"]\s*\)\s*\.\s*(?!then\b|catch\b|finally\b)\w|typeof import\(/.test(
    readFileSync(name, 'utf8'),
  ),
);

const seen = new Set(output.modules.map(({ source }) => source));
const unseen = sources.filter((name) => !seen.has(name));
const comments = new Map(rules.forbidden.map(({ name, comment }) => [name, comment]));
for (const { rule, from, to, cycle } of output.summary.violations) {
  const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(' -> ');
  console.error(`${from} -> ${path}\n    ${rule.name}: ${comments.get(rule.name)}`);
}
if (sources.length === 0) console.error('There are no source files: the check has looked in the wrong place.');
if (unseen.length > 0) console.error(`Not looked at: ${unseen.join(', ')}`);
if (hidden.length > 0) console.error(`Write "import type" instead of "import('…').Name": ${hidden.join(', ')}`);
const problems = output.summary.violations.length + unseen.length + hidden.length;
if (problems > 0 || sources.length === 0) process.exit(1);
console.log(`${sources.length} files keep to the import table (${output.summary.totalDependenciesCruised} imports).`);
