import type { z } from 'zod';
import type { Caller } from './auth.ts';
import type { Audience, Campaign, Cause, Member } from './entities.ts';
import { notFound, schemaProblem } from './problem.ts';
import { causedBy, type World } from './world.ts';

/** One authenticated request on its way to its route. */
export type Call = Caller & {
  world: World;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** parsed JSON; undefined: no body */
  body: unknown;
  /** scheme, host and port the caller used */
  origin: string;
  /** carries out another call of the same caller without a connection; used by `/batches` */
  perform(operation: { method: string; path: string; query: URLSearchParams; body: string }): Promise<Performed>;
};

/** What one operation of a batch answered; `body` is JSON, empty after a 204. */
export type Performed = { status: number; body: string };

/** What a route answers; without a body it is a 204. */
export type Answer = Record<string, unknown> | undefined;

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** below `/3.0`, with `{names}` for parameters */
  path: string;
  serve(call: Call): Answer | Promise<Answer>;
};

/** Reads the body by a schema; problems name their fields as the API does. */
export function readBody<Schema extends z.ZodType>(call: Call, schema: Schema): z.infer<Schema> {
  const read = schema.safeParse(call.body ?? {});
  if (read.success) return read.data;
  throw schemaProblem(read.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })));
}

/** The cause of a change this call makes. */
export function apiCause(call: Call): Cause {
  return causedBy(call.world, 'api', { apiKey: call.apiKey });
}

/** The audience of the path, if it is the caller's. Throws Problem 404. */
export function listOf(call: Call): Audience {
  const list = call.world.store.lists.get(call.params.list_id ?? '');
  if (list?.accountId !== call.account.id) throw notFound();
  return list;
}

/** The member of the path by hash, plain address or contact id. */
export function memberOf(call: Call, list: Audience): Member | undefined {
  return list.members.find(call.params.subscriber_hash ?? '');
}

/** The member of the path. Throws Problem 404. */
export function knownMemberOf(call: Call, list: Audience): Member {
  const member = memberOf(call, list);
  if (!member) throw notFound();
  return member;
}

/** The campaign of the path, if it is the caller's. Throws Problem 404. */
export function campaignOf(call: Call): Campaign {
  const campaign = call.world.store.campaigns.get(call.params.campaign_id ?? '');
  if (campaign?.accountId !== call.account.id) throw notFound();
  return campaign;
}

/** A page of a collection: `count` is 10 unless told and never more than 1000 (fact sheet 1.3). */
export function pageOf<Element>(query: URLSearchParams, all: readonly Element[]): Element[] {
  const count = Math.min(readNumber(query, 'count', 10), 1000);
  const offset = readNumber(query, 'offset', 0);
  return all.slice(offset, offset + count);
}

function readNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  if (/^\d+$/.test(text)) return Number(text);
  throw schemaProblem([{ field: name, message: 'Value must be a non-negative integer' }]);
}

/** An instant of the query in ms. Throws Problem 400 if it is no time. */
export function readInstant(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  // A plus that the caller did not encode arrives as a space.
  const plussed = text.replace(/ (\d\d:?\d\d)$/, '+$1');
  const at = Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(plussed) ? plussed : `${plussed.replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) throw schemaProblem([{ field: name, message: 'Value must be a valid date and time' }]);
  return at;
}

/** `true` and `1` are true. */
export function readFlag(query: URLSearchParams, name: string): boolean {
  return ['true', '1'].includes(query.get(name) ?? '');
}

/** A value of the query that must be one of a few. Throws Problem 400. */
export function readChoice<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const found = choices.find((choice) => choice === text);
  if (found) return found;
  throw schemaProblem([{ field: name, message: `Value must be one of: ${choices.join(', ')}` }]);
}

/** The short form of `_links` that the simulator gives. */
export function links(href: string): { rel: string; href: string; method: string }[] {
  return [{ rel: 'self', href, method: 'GET' }];
}
