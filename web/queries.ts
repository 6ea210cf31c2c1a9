import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ApiError, call } from './api.ts';
import type { Reason } from './api-types.ts';
import type { PageLanguage } from './i18n/i18n.ts';

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

/** The journal, newest first, page by page until an empty one. */
export const journalPages = (connectionId: string) =>
  infiniteQueryOptions({
    queryKey: ['journal', connectionId],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) =>
      (
        await call('GET /api/connections/:connectionId/journal', {
          params: { connectionId },
          query: { before: pageParam },
        })
      ).entries,
    getNextPageParam: (page) => page.at(-1)?.id,
  });

export type UndeliveredFilter = { reason: Reason | undefined; search: string };

/** Contacts with a reason, page by page. */
export const undeliveredPages = (connectionId: string, { reason, search }: UndeliveredFilter) =>
  infiniteQueryOptions({
    queryKey: ['undelivered', connectionId, reason ?? '', search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call('GET /api/connections/:connectionId/undelivered', {
        params: { connectionId },
        query: { reason, search: search === '' ? undefined : search, after: pageParam },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
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

export const previewQuery = (connectionId: string, runId: string, language: PageLanguage) =>
  queryOptions({
    queryKey: ['preview', connectionId, runId, language],
    queryFn: () =>
      call('GET /api/connections/:connectionId/runs/:runId/preview', {
        params: { connectionId, runId },
        query: { language },
      }),
  });
