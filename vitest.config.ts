import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './test/support/closing-line-reporter.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 7)) {
  throw new Error(
    `The tests need Node 24.7 or newer, this is ${process.version}: "npm test -- <files>" runs them on the Node among the ` +
      'packages, and so does vitest with node_modules/.bin first in PATH.',
  );
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    reporters: [['default', { summary: false }], new ClosingLineReporter()],
    // But for the browser's, files share a worker with what it has loaded: they keep nothing in modules, and take a third less time.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,simulators,web,scripts,test/support}/**/*.test.{ts,tsx}'],
          isolate: false,
          exclude: ['web/dist/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          isolate: false,
          globalSetup: ['test/support/postgres-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          isolate: false,
          globalSetup: ['test/support/postgres-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/chromium-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
