import { ConfigError } from '../config.ts';
import { programVersion } from '../start.ts';
import { ApiError } from './api-client.ts';
import type { Command } from './command.ts';
import { CommandError } from './command.ts';
import { backup } from './commands/backup.ts';
import { connect } from './commands/connect.ts';
import { consent } from './commands/consent.ts';
import { demo } from './commands/demo.ts';
import { explain } from './commands/explain.ts';
import { person } from './commands/person.ts';
import { restore } from './commands/restore.ts';
import { serve } from './commands/serve.ts';
import { status } from './commands/status.ts';
import { sync } from './commands/sync.ts';
import { tenant } from './commands/tenant.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  serve,
  demo,
  connect,
  sync,
  status,
  consent,
  backup,
  restore,
  explain,
  person,
  tenant,
};

/**
 * The command line.
 *
 * @returns exit code: 0 done, 1 it did not work, 2 the words of the call are off
 */
export async function runCli(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const [name, ...rest] = words;
  if (name === '--version' || name === '-v') {
    console.log(programVersion());
    return 0;
  }
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command) {
    const isHelp = name === undefined || name === 'help' || name === '--help' || name === '-h';
    if (!isHelp) console.error(`There is no command "${name}".\n`);
    (isHelp ? console.log : console.error)(helpText());
    return isHelp ? 0 : 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(`newsletter-connector ${name} ${command.usage}\n\n${command.doc}`);
    return 0;
  }
  try {
    return await command.run(rest, environment);
  } catch (error) {
    return explainFailure(error);
  }
}

function helpText(): string {
  const lines = Object.entries(COMMANDS).map(
    ([name, { usage, doc }]) => `  ${name} ${usage}\n      ${doc.split('\n')[0]}`,
  );
  return `newsletter-connector <command>\n\n${lines.join('\n')}\n\n  --version\n\nEvery command explains itself with --help.`;
}

function explainFailure(error: unknown): number {
  if (error instanceof CommandError) {
    console.error(error.message);
    return 2;
  }
  if (error instanceof ConfigError) {
    console.error(error.message);
    return 2;
  }
  if (error instanceof ApiError) {
    console.error(`${error.message}${error.field ? ` (${error.field})` : ''} [${error.code}]`);
    if (error.statusPage) console.error(`Status page: ${error.statusPage}`);
    return 1;
  }
  // Options that do not exist and the like: node's own parser says what is wrong.
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    console.error(error.message);
    return 2;
  }
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
}
