import type { ReceivedEvent } from '../db/provider-events.ts';
import type { ConnectionScope } from '../db/scope.ts';

/** Stores a webhook; done when its row is durable (F1). */
export type SaveEvent = (scope: ConnectionScope, event: ReceivedEvent) => Promise<void>;

type Waiting = { event: ReceivedEvent; resolve: () => void; reject: (error: unknown) => void };

/** Most webhooks of one statement, and most characters of their bodies together; a single one may be longer. */
const MOST_EVENTS = 200;
const MOST_CHARACTERS = 2_000_000;

/**
 * Group commit: while a connection's webhooks are being stored, those that come wait and go into the next statement together.
 * One alone is stored at once. Connections do not wait for each other. Where a statement fails, each of its webhooks does, and
 * the provider comes again with all of them.
 *
 * @param saveAll stores all or none
 */
export function createEventGatherer(
  saveAll: (scope: ConnectionScope, events: readonly ReceivedEvent[]) => Promise<void>,
): SaveEvent {
  const queues = new Map<string, Waiting[]>();

  const drain = async (scope: ConnectionScope, queue: Waiting[]) => {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize(queue));
      try {
        await saveAll(
          scope,
          batch.map(({ event }) => event),
        );
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    queues.delete(scope.connectionId);
  };

  return (scope, event) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = { event, resolve, reject };
    const queue = queues.get(scope.connectionId);
    if (queue) queue.push(waiting);
    else {
      const started = [waiting];
      queues.set(scope.connectionId, started);
      void drain(scope, started);
    }
    return promise;
  };
}

function batchSize(queue: readonly Waiting[]): number {
  let characters = 0;
  const end = queue.findIndex(({ event }, index) => {
    characters += event.body.length;
    return index > 0 && (index >= MOST_EVENTS || characters > MOST_CHARACTERS);
  });
  return end === -1 ? queue.length : end;
}
