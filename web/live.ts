import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Overview, Run } from './api-types.ts';
import { openEventStream } from './event-stream.ts';
import { overviewQuery, runQuery } from './queries.ts';

/** How often the page asks while the stream is down, and how often it makes sure while it is up. */
const POLL_MS = 2_000;
const SAFETY_POLL_MS = 30_000;
/** A stream that is back within this time was not lost. */
const GRACE_MS = 4_000;
/** What a connection's work changes on the page. */
const LIVE_QUERIES = [
  'overview',
  'journal',
  'undelivered',
  'unexplained',
  'people',
  'person',
  'held',
  'operations',
  'campaigns',
];

/** After an answer that is no stream it is asked for again this late. */
const REOPEN_MS = 10_000;

const FINISHED: readonly Run['state'][] = ['succeeded', 'failed', 'cancelled'];

export function isFinished(run: Run): boolean {
  return FINISHED.includes(run.state);
}

/** Puts a run into everything that is shown of it. */
export function storeRun(client: QueryClient, connectionId: string, run: Run): void {
  client.setQueryData(runQuery(connectionId, run.id).queryKey, run);
  client.setQueryData(
    overviewQuery(connectionId).queryKey,
    (overview: Overview | undefined) => overview && (isFinished(run) ? overview : { ...overview, runningRun: run }),
  );
  if (isFinished(run)) refresh(client, connectionId);
}

function refresh(client: QueryClient, connectionId: string): void {
  for (const name of LIVE_QUERIES) {
    void client.invalidateQueries({ queryKey: [name, connectionId] });
  }
  void client.invalidateQueries({ queryKey: ['connections'] });
}

/** Listens to the connection's events and keeps the cache up to date; false while the stream is down. */
export function useLive(connectionId: string): boolean {
  const client = useQueryClient();
  const [isUp, setIsUp] = useState(true);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt opens a new stream
  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    const stream = openEventStream(`/api/connections/${encodeURIComponent(connectionId)}/events`);
    let lost: ReturnType<typeof setTimeout> | undefined;
    stream.addEventListener('open', () => {
      clearTimeout(lost);
      lost = undefined;
      setIsUp(true);
    });
    stream.addEventListener('error', () => {
      // the server ends each stream after a while, and the next one is there in a moment
      lost ??= setTimeout(() => setIsUp(false), GRACE_MS);
      // the browser tries again by itself after a cut connection, but not after an answer that is no stream
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(() => setAttempt((n) => n + 1), REOPEN_MS);
    });
    stream.addEventListener('run', ({ data }) => storeRun(client, connectionId, JSON.parse(data)));
    stream.addEventListener('overview', () => refresh(client, connectionId));
    let wasReady = false;
    stream.addEventListener('ready', () => {
      // what happened while there was no stream, nobody told
      if (wasReady) refresh(client, connectionId);
      wasReady = true;
    });
    return () => {
      clearTimeout(retry);
      clearTimeout(lost);
      stream.close();
    };
  }, [client, connectionId, attempt]);
  return isUp;
}

/** The overview, live. */
export function useOverview(connectionId: string) {
  const isLive = useLive(connectionId);
  const query = useQuery({ ...overviewQuery(connectionId), refetchInterval: isLive ? SAFETY_POLL_MS : POLL_MS });
  return { query, isLive };
}

/** One run, live. */
export function useRun(connectionId: string, runId: string) {
  const isLive = useLive(connectionId);
  return useQuery({ ...runQuery(connectionId, runId), refetchInterval: isLive ? SAFETY_POLL_MS : POLL_MS });
}
