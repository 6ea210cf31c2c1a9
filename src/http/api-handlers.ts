import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Routes } from './api/routes.ts';
import type { Caller } from './auth.ts';

export type RouteKey = keyof Routes;

type Taken<K extends RouteKey, Part extends string> =
  Routes[K] extends Record<Part, infer S extends z.ZodType> ? z.output<S> : undefined;

/** One call of a route, checked against its schema. */
export type ApiCall<K extends RouteKey> = {
  params: Taken<K, 'params'>;
  query: Taken<K, 'query'>;
  body: Taken<K, 'body'>;
  /** who calls; undefined only on public routes */
  caller: Caller | undefined;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** Handlers of some routes; all of them together must cover every route, which the compiler checks. */
export type Handlers<K extends RouteKey = RouteKey> = {
  [P in K]: (call: ApiCall<P>) => Promise<z.input<Routes[P]['response']>>;
};
