import type { z } from 'zod';
import { invalid, missing, notFound, outOfRange } from './api-error.ts';
import type { Caller } from './auth.ts';
import type { Cause, List } from './entities.ts';
import { causedBy, type World } from './world.ts';

/** One authenticated request on its way to its route. */
export type Call = Caller & {
  world: World;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** parsed JSON; undefined: no body */
  body: unknown;
  /** length of the body in bytes */
  bodyBytes: number;
  /** scheme, host and port the caller used */
  origin: string;
};

/** What a route answers: 200 with a body, 204 without, or what it says itself. */
export type Answer = Record<string, unknown> | Answered | Response | undefined;

/** An answer with a status of its own. */
export class Answered {
  readonly status: number;
  readonly body: Record<string, unknown> | undefined;

  constructor(status: number, body?: Record<string, unknown>) {
    this.status = status;
    this.body = body;
  }
}

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** below `/v3`, with `{names}` for parameters */
  path: string;
  serve(call: Call): Answer | Promise<Answer>;
};

/** Reads the body by a schema. Throws ApiError 400 for the first thing that does not fit. */
export function readBody<Schema extends z.ZodType>(call: Call, schema: Schema): z.infer<Schema> {
  if (call.body === undefined) throw missing('Request body is missing');
  const read = schema.safeParse(call.body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') || 'body';
  if (issue?.code === 'invalid_type' && /received undefined/.test(issue.message)) throw missing(`${field} is missing`);
  throw invalid(`${field} is not valid`);
}

/** The cause of a change this call makes. */
export function apiCause(call: Call, more: Partial<Cause> = {}): Cause {
  return causedBy(call.world, 'api', { apiKey: call.key.key, apiKeyName: call.key.name, ...more });
}

/** A number of the path. Throws ApiError 400. */
export function readId(call: Call, name: string): number {
  const text = call.params[name] ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  throw invalid(`${name} should be a valid integer`);
}

/** The list of the path. Throws ApiError 404. */
export function listOfPath(call: Call): List {
  const list = call.account.lists.get(readId(call, 'listId'));
  if (!list) throw notFound('List ID does not exist');
  return list;
}

/** Checks that lists exist. Throws ApiError 400. */
export function checkLists(call: Call, listIds: readonly number[]): void {
  for (const id of listIds) if (!call.account.lists.has(id)) throw invalid(`List ID ${id} does not exist`);
}

/** Which part of a collection is asked for. Throws ApiError 400 for more than the endpoint gives. */
export function readPage(query: URLSearchParams, limits: { usual: number; max: number }) {
  const limit = readNumber(query, 'limit') ?? limits.usual;
  const offset = readNumber(query, 'offset') ?? 0;
  if (limit > limits.max) throw outOfRange(`Limit exceeds max value of ${limits.max}`);
  const sort = query.get('sort') ?? 'desc';
  if (sort !== 'asc' && sort !== 'desc') throw invalid('sort should be one of asc, desc');
  return { descending: sort === 'desc', slice: <T>(all: readonly T[]): T[] => all.slice(offset, offset + limit) };
}

/** A whole number of the query. Throws ApiError 400. */
export function readNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw invalid(`${name} should be a valid integer`);
}

/** Numbers of a parameter that is repeated. Throws ApiError 400. */
export function readNumbers(query: URLSearchParams, name: string): number[] | undefined {
  const texts = query.getAll(name).flatMap((text) => text.split(','));
  if (texts.length === 0) return undefined;
  if (!texts.every((text) => /^\d+$/.test(text))) throw invalid(`${name} should be an array of integers`);
  return texts.map(Number);
}

/** An instant of the query in ms. Throws ApiError 400, also for a zone whose plus was not encoded. */
export function readInstant(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw invalid(`Invalid ${name} format, should be YYYY-MM-DDTHH:mm:ss.SSSZ`);
  return at;
}
