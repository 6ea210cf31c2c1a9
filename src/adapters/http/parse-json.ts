import type { z } from 'zod';
import { type OutsideSystem, ProviderError } from '../../core/errors.ts';
import type { HttpAnswer } from './http-call.ts';

/**
 * Reads an answer's body.
 *
 * @throws ProviderError kind `unexpected_response` when it is HTML, cut off or of another shape. `mayHaveHappened` is set:
 * a body that cannot be read says nothing about what was carried out, and a read is repeatable anyway.
 */
export function parseJson<T extends z.ZodType>(answer: HttpAnswer, schema: T, system: OutsideSystem): z.output<T> {
  const json = readJson(answer.text);
  if (json === undefined)
    throw unexpected(system, answer, answer.text === '' ? 'empty body' : `not JSON, ${answer.text.length} characters`);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'body'}: ${issue.code}`);
  throw unexpected(system, answer, paths.join('; '));
}

/** Parses JSON; undefined when the text is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unexpected(system: OutsideSystem, answer: HttpAnswer, words: string): ProviderError {
  return new ProviderError({
    system,
    kind: 'unexpected_response',
    code: `${system}.unexpected_response`,
    status: answer.status,
    mayHaveHappened: true,
    words,
  });
}
