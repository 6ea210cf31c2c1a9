import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Overview, Run } from './api-types.ts';
import { overviewQuery, runQuery } from './queries.ts';

/** How often the page asks while the stream is down, and how often it makes sure while it is up. */
const POLL_MS = 2_000;
const SAFETY_POLL_MS = 30_000;

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
  for (const name of ['overview', 'journal', 'undelivered']) {
    void client.invalidateQueries({ queryKey: [name, connectionId] });
  }
  void client.invalidateQueries({ queryKey: ['connections'] });
}

/** Listens to the connection's events and keeps the cache up to date; false while the stream is down. */
export function useLive(connectionId: string): boolean {
  const client = useQueryClient();
  const [isUp, setIsUp] = useState(true);
  useEffect(() => {
    const stream = new EventSource(`/api/connections/${encodeURIComponent(connectionId)}/events`);
    stream.addEventListener('open', () => setIsUp(true));
    stream.addEventListener('error', () => setIsUp(false));
    stream.addEventListener('run', ({ data }) => storeRun(client, connectionId, JSON.parse(data)));
    stream.addEventListener('overview', () => refresh(client, connectionId));
    return () => stream.close();
  }, [client, connectionId]);
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
