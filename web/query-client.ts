import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api.ts';

/** A fresh cache. A 401 anywhere empties the session, and with that the page shows the login. */
export function createPageQueryClient(): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 401) client.setQueryData(['session'], null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status in QUIET),
      },
    },
  });
  return client;
}

/** Answers that asking again will not change. */
const QUIET = { 400: true, 401: true, 403: true, 404: true, 409: true, 422: true, 429: true };
