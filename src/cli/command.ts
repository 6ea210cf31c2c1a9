import type { ProviderName } from '../core/mailing-provider.ts';

/** One command of the command line. */
export type Command = {
  /** options, as shown in the help */
  usage: string;
  /** what it does; the first line is shown in the list */
  doc: string;
  /** @returns the exit code */
  run(words: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<number>;
};

/** The words of a call are off; the message says which and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Reads the name of a provider from `--provider`. @throws CommandError */
export function providerName(text: string): ProviderName {
  if (text === 'mailchimp' || text === 'brevo') return text;
  throw new CommandError(`--provider takes mailchimp or brevo, not "${text}".`);
}

/** Reads a whole number from an option. @throws CommandError */
export function wholeNumber(option: string, text: string, range: { from: number; to: number }): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < range.from || value > range.to) {
    throw new CommandError(`--${option} takes a whole number from ${range.from} to ${range.to}, not "${text}".`);
  }
  return value;
}
