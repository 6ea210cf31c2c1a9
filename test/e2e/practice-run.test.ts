import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, '../../src/cli/main.ts');

/** Runs the command line and hands back what it printed and how it ended. */
function runProgram(words: readonly string[]): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('exit', (code) => resolve({ code, output, errors }));
  });
}

const practiceRun = (seed: number) =>
  runProgram(['demo', '--run-once', '--provider', 'mailchimp', '--contacts', '300', '--seed', String(seed)]);

test('a practice run ends with a bridge that adds up, and the same seed gives the same report', async () => {
  const first = await practiceRun(7);
  expect(first, first.errors).toMatchObject({ code: 0 });
  expect(first.output).toContain('The bridge adds up.');
  expect((await practiceRun(7)).output).toBe(first.output);
  const other = await practiceRun(8);
  expect(other, other.errors).toMatchObject({ code: 0 });
  expect(other.output).not.toBe(first.output);
});

test('F8: words that do not fit are named with what they take, and nothing is started', async () => {
  const wrongNumber = await runProgram(['demo', '--run-once', '--contacts', 'many']);
  expect(wrongNumber).toMatchObject({ code: 2, output: '' });
  expect(wrongNumber.errors).toContain('--contacts takes a whole number');
  const wrongCommand = await runProgram(['sink']);
  expect(wrongCommand).toMatchObject({ code: 2 });
  expect(wrongCommand.errors).toContain('There is no command "sink"');
  const wrongOption = await runProgram(['demo', '--colour', 'blue']);
  expect(wrongOption).toMatchObject({ code: 2 });
});
