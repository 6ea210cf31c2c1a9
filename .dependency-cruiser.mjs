/** Everybody but the core, the page and the simulators may use these three's types: the parts are handed in. */
const HANDED_IN = ['providers', 'config', 'log'];

/**
 * Who may import whom. Each row names a part by its files, the parts it may import, and those it may import types from;
 * a part may always import itself, and packages where no other rule forbids them. Tests, bench and lab stand outside: they
 * may import everything, and nothing imports them. The first row that matches a file owns it.
 */
const parts = {
  core: { files: '^src/core/', may: [], mayUseTypesOf: [] },
  'adapters-http': { files: '^src/adapters/http/', may: ['core'] },
  onoffice: { files: '^src/adapters/onoffice/', may: ['core', 'adapters-http'] },
  mailchimp: { files: '^src/adapters/mailchimp/', may: ['core', 'adapters-http'] },
  brevo: { files: '^src/adapters/brevo/', may: ['core', 'adapters-http'] },
  providers: {
    files: '^src/adapters/providers[.]ts$',
    may: ['core', 'adapters-http', 'onoffice', 'mailchimp', 'brevo'],
  },
  config: { files: '^src/config[.]ts$', may: ['core'] },
  log: { files: '^src/log[.]ts$', may: ['core'] },
  db: { files: '^src/db/', may: ['core'] },
  sync: { files: '^src/sync/', may: ['core'], mayUseTypesOf: ['db', 'jobs', ...HANDED_IN] },
  jobs: { files: '^src/jobs/', may: ['core', 'db', 'sync'] },
  http: { files: '^src/http/', may: ['core', 'db', 'sync', 'jobs'] },
  web: { files: '^web/', may: [], mayUseTypesOf: ['core', 'api-schemas'] },
  'practice-mode': { files: '^src/cli/commands/demo[^/]*[.]ts$', may: ['program', 'simulators'] },
  'composition-root': {
    files: '^src/(start[.]ts$|free-port[.]ts$|local-keys[.]ts$|alive-file[.]ts$|cli/)',
    may: ['program'],
  },
  simulators: { files: '^simulators/', may: [], mayUseTypesOf: [] },
};

/** Names for sets of files that rows point to but that are not rows themselves. */
const targets = {
  ...Object.fromEntries(Object.entries(parts).map(([name, { files }]) => [name, files])),
  program: '^src/',
  'api-schemas': '^src/http/api/',
};

const OURS = '^(src|web|simulators|test|bench|lab|scripts|bin)/';
const TESTS = '^(test|bench|lab)/|[.]test[.]tsx?$';

const filesOf = (names) => names.map((name) => targets[name]);

const filesOfRowsAbove = (name) => filesOf(Object.keys(parts).slice(0, Object.keys(parts).indexOf(name)));

const rowRules = Object.entries(parts).flatMap(([name, { files, may, mayUseTypesOf = HANDED_IN }]) => {
  const from = { path: files, pathNot: [TESTS, ...filesOfRowsAbove(name)] };
  const allowed = [files, ...filesOf(may)];
  const forTypes = filesOf(mayUseTypesOf);
  const sentence = `${name} may import ${may.join(', ') || 'nothing of ours'}; types only: ${mayUseTypesOf.join(', ') || 'none'}.`;
  return [
    {
      name: `${name}-imports-only-what-the-table-allows`,
      comment: sentence,
      severity: 'error',
      from,
      to: { path: OURS, pathNot: [...allowed, ...forTypes] },
    },
    ...(forTypes.length === 0
      ? []
      : [
          {
            name: `${name}-imports-only-types-of-some`,
            comment: sentence,
            severity: 'error',
            from,
            to: { path: forTypes, pathNot: allowed, dependencyTypesNot: ['type-only'] },
          },
        ]),
  ];
});

export default {
  forbidden: [
    ...rowRules,
    {
      name: 'every-file-has-a-row',
      comment: 'A file outside the table would be free to import anything: give its part a row.',
      severity: 'error',
      from: { path: '^(src|web|simulators)/', pathNot: [TESTS, ...Object.values(parts).map(({ files }) => files)] },
      to: {},
    },
    {
      name: 'core-imports-no-package-at-run-time',
      comment: 'The core is pure: no I/O, no clock, no packages. Of Node itself it may use the hashes.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: TESTS },
      to: { pathNot: ['^src/core/', '^(node:)?crypto$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-one-imports-a-test',
      comment: 'Tests and what supports them are no part of the product.',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one idea, or a third one is hidden in them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'What is imported must exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts', '.css'],
    },
  },
};
