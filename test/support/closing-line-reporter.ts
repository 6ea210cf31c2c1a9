import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/** What the closing line is made of. */
export type TestCounts = { passed: number; failed: number };

/** The part of Vitest's test modules that is counted. */
export type CountedModule = {
  state(): string;
  children: { allTests(state: 'passed' | 'failed'): Iterable<unknown> };
};

/**
 * Counts the tests of a run. A file that failed although none of its tests did (it could not be read, a hook failed) and
 * an error outside of any test count as one failure each, so that "0 failed" means that nothing went wrong.
 */
export function countTests(modules: readonly CountedModule[], errorsOutsideTests: number): TestCounts {
  const counts = { passed: 0, failed: errorsOutsideTests };
  for (const module of modules) {
    const failed = [...module.children.allTests('failed')].length;
    counts.passed += [...module.children.allTests('passed')].length;
    counts.failed += failed === 0 && module.state() === 'failed' ? 1 : failed;
  }
  return counts;
}

/** The closing line; a run that ends badly without a failure to count (a set-up broke, nothing to run) has one. */
export function closingLine({ passed, failed }: TestCounts, exitCode: number): string {
  return `${passed} passed, ${exitCode !== 0 && failed === 0 ? 1 : failed} failed`;
}

/**
 * Makes `N passed, N failed` the last line of a run: written when the process ends, after everything else. It also keeps the
 * exit code honest: a library of the test database ends the process with 0 whatever the tests said.
 */
export class ClosingLineReporter implements Reporter {
  private counts: TestCounts = { passed: 0, failed: 0 };
  private isGood = false;

  onInit(): void {
    process.on('exit', (exitCode) => {
      const honestCode = exitCode === 0 && !this.isGood ? 1 : exitCode;
      process.exitCode = honestCode;
      process.stdout.write(`${closingLine(this.counts, honestCode)}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): void {
    this.counts = countTests(modules, errors.length);
    this.isGood = reason === 'passed' && this.counts.failed === 0 && this.counts.passed > 0;
  }
}
