import { queryOptions } from '@tanstack/react-query';
import { ApiError, call } from './api.ts';

/** What the program is; the same for everybody. */
export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: () => call('GET /api/about'),
  staleTime: 60_000,
});

/** Who is logged in; null: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () =>
    call('GET /api/session').catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: async () => (await call('GET /api/connections')).connections,
});

export const overviewQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['overview', connectionId],
    queryFn: () => call('GET /api/connections/:connectionId/overview', { params: { connectionId } }),
  });

export const journalQuery = (connectionId: string, before?: string) =>
  queryOptions({
    queryKey: ['journal', connectionId, before ?? ''],
    queryFn: async () =>
      (await call('GET /api/connections/:connectionId/journal', { params: { connectionId }, query: { before } }))
        .entries,
  });

export const fieldsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['fields', connectionId],
    queryFn: () => call('GET /api/connections/:connectionId/fields', { params: { connectionId } }),
  });

export const settingsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['settings', connectionId],
    queryFn: () => call('GET /api/connections/:connectionId/settings', { params: { connectionId } }),
  });

export const runQuery = (connectionId: string, runId: string) =>
  queryOptions({
    queryKey: ['run', connectionId, runId],
    queryFn: () => call('GET /api/connections/:connectionId/runs/:runId', { params: { connectionId, runId } }),
  });

export const previewQuery = (connectionId: string, runId: string) =>
  queryOptions({
    queryKey: ['preview', connectionId, runId],
    queryFn: () => call('GET /api/connections/:connectionId/runs/:runId/preview', { params: { connectionId, runId } }),
  });
