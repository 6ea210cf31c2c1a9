import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Routes } from '../http/api/routes.ts';
import type { ErrorAnswer } from '../http/api/shared.ts';
import { SERVER_FILE } from '../start.ts';
import { CommandError } from './command.ts';

/** The server refused a call; `message` is its English sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly field: string | undefined;
  readonly statusPage: string | undefined;

  constructor(error: z.output<typeof ErrorAnswer>['error']) {
    super(error.message);
    this.code = error.code;
    this.field = error.field;
    this.statusPage = error.statusPage;
  }
}

type InputOf<R, K extends string> = R extends Record<K, z.ZodType> ? { [name in K]: z.input<R[K]> } : object;
type Input<K extends keyof Routes> = InputOf<Routes[K], 'params'> &
  InputOf<Routes[K], 'query'> &
  InputOf<Routes[K], 'body'>;

/** Calls one route of the API, typed by its schema. @throws ApiError */
export type ApiClient = <K extends keyof Routes>(route: K, input: Input<K>) => Promise<z.output<Routes[K]['response']>>;

/** Where a server of this machine is and what opens it. */
type Server = { origin: string; token: string };

/** Makes a client for a server of this machine. */
export function createApiClient(server: Server): ApiClient {
  return async (route, input) => {
    const { params, query, body } = input as { params?: object; query?: object; body?: unknown };
    const [method, pattern] = String(route).split(' ');
    const path = Object.entries(params ?? {}).reduce(
      (text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(String(value))),
      pattern ?? '',
    );
    const search = new URLSearchParams(
      Object.fromEntries(Object.entries(query ?? {}).map(([name, value]) => [name, String(value)])),
    );
    const answer = await fetch(`${server.origin}${path}${search.size > 0 ? `?${search}` : ''}`, {
      method: method ?? 'GET',
      headers: {
        authorization: `Bearer ${server.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content: unknown = await answer.json();
    if (!answer.ok) throw new ApiError((content as z.output<typeof ErrorAnswer>).error);
    // Both ends are typed by the same schema, and the server has checked its answer by it.
    return content as z.output<Routes[typeof route]['response']>;
  };
}

/**
 * Hands on a file of the API as it comes, piece by piece.
 *
 * @throws ApiError
 */
export async function* downloadFile(server: Server, path: string): AsyncGenerator<Uint8Array> {
  const answer = await fetch(`${server.origin}${path}`, { headers: { authorization: `Bearer ${server.token}` } });
  if (!answer.ok) throw new ApiError(((await answer.json()) as z.output<typeof ErrorAnswer>).error);
  if (answer.body) yield* answer.body;
}

/** A client for the server that runs on this machine, found by its data folder. @throws CommandError when none runs */
export function runningServer(dataFolder: string): ApiClient {
  return createApiClient(findServer(dataFolder));
}

/** Finds the server that runs on this machine by its data folder. @throws CommandError when none runs */
export function findServer(dataFolder: string): Server {
  try {
    return JSON.parse(readFileSync(join(dataFolder, SERVER_FILE), 'utf8')) as Server;
  } catch {
    throw new CommandError(
      `No server runs on the data folder "${dataFolder}". Start it with "newsletter-connector serve", or set DATA_FOLDER.`,
    );
  }
}
