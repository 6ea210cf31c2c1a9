import { fastifySSE } from '@fastify/sse';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';
import { runView } from '../sync/views/run-view.ts';
import type { AppParts } from './app-parts.ts';
import { admit } from './auth.ts';
import { openConnection } from './open-connection.ts';
import type { RunEvent } from './run-events.ts';

/** How often the database is asked for what other processes did, in ms. */
const POLL_MS = 2_000;
/** A round moves many times a second; pages read their overview anew at most this often, in ms. */
const OVERVIEW_MS = 1_000;
/** A stream ends after this long, in ms; the browser opens it anew and is let in anew. */
const LONGEST_STREAM_MS = 600_000;

const Params = z.object({ connectionId: z.string().min(1).max(64) });

/** `GET /api/connections/:connectionId/events`: server-sent events `ready`, `run` (a Run) and `overview` (read it anew). */
export function registerEvents(app: FastifyInstance, parts: AppParts): void {
  const { runEvents, clock, log } = parts;
  // The package's own export is not wrapped, and its routes outside would have no `reply.sse`.
  app.register(fp(fastifySSE));
  app.register(async (scope) => {
    scope.get(
      '/api/connections/:connectionId/events',
      {
        sse: 'only',
        schema: {
          tags: ['connections'],
          description: 'Server-sent events `ready`, `run` and `overview`.',
          params: Params,
        },
        onRequest: async (request) => void (await admit(parts, request, 'reader')),
      },
      async (request, reply) => {
        const { connectionId } = Params.parse(request.params);
        const { store } = await openConnection(parts, connectionId);
        // Before the page is told that the stream is there: what moves from then on is told.
        let sentPulse = await store.tables.pulse.read();
        reply.sse.keepAlive();
        reply.sse.sendHeaders();
        // The headers leave with the first event: the page is to know at once that the stream is there.
        await reply.sse.send({ event: 'ready', data: {} });

        let openRunId: string | undefined;
        let sentRun = '';
        let sentState = '';
        let overviewAt = 0;
        const sendNews = async (isOverviewNew: boolean) => {
          const open = await store.tables.runs.open();
          const run = open ?? (openRunId === undefined ? undefined : await store.tables.runs.get(openRunId));
          openRunId = open?.id;
          const view = run && (await runView(store.tables, run, clock.now()));
          const text = JSON.stringify({ ...view, remainingSeconds: null });
          if (view && text !== sentRun) await reply.sse.send({ event: 'run', data: view });
          sentRun = text;
          const state = `${view?.id} ${view?.state}`;
          const pulse = await store.tables.pulse.read();
          const isUrgent = isOverviewNew || (sentState !== '' && state !== sentState);
          sentState = state;
          // What is not told now is found by the next look: the pulse stays another one than was sent.
          if (!isUrgent && (pulse === sentPulse || clock.now() - overviewAt < OVERVIEW_MS)) return;
          await reply.sse.send({ event: 'overview', data: {} });
          sentPulse = pulse;
          overviewAt = clock.now();
        };

        const send = oneBehindTheOther(sendNews, (error) => {
          log.warn({ connectionId, error: error instanceof Error ? error.name : 'unknown' }, 'Event stream ended');
          reply.sse.close();
        });
        const onEvent = (event: RunEvent) => {
          if (event.connectionId === connectionId) send(event.what === 'overview');
        };
        runEvents.on(onEvent);
        const poll = setInterval(() => send(false), POLL_MS).unref();
        const end = setTimeout(() => reply.sse.close(), LONGEST_STREAM_MS).unref();
        reply.sse.onClose(() => {
          runEvents.off(onEvent);
          clearInterval(poll);
          clearTimeout(end);
        });
        send(false);
      },
    );
  });
}

/** Calls that come while one is running become one more call after it. */
function oneBehindTheOther(
  work: (isUrgent: boolean) => Promise<void>,
  onError: (error: unknown) => void,
): (isUrgent: boolean) => void {
  let isRunning = false;
  let next: boolean | undefined;
  const run = async (isUrgent: boolean) => {
    isRunning = true;
    try {
      await work(isUrgent);
    } catch (error) {
      onError(error);
    }
    isRunning = false;
    if (next === undefined) return;
    const waiting = next;
    next = undefined;
    void run(waiting);
  };
  return (isUrgent) => {
    if (isRunning) next = isUrgent || (next ?? false);
    else void run(isUrgent);
  };
}
