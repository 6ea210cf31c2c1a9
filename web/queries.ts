import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ApiError, call } from './api.ts';
import type { EndedOperation, HeldGroup, MemberReason, OperationKind, Reason } from './api-types.ts';
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

/** Accounts of the people who use the page; for administrators. */
export const operatorsQuery = queryOptions({
  queryKey: ['operators'],
  queryFn: async () => (await call('GET /api/operators')).operators,
});

/** The onOffice customers of the installation; for administrators. */
export const tenantsQuery = queryOptions({
  queryKey: ['tenants'],
  queryFn: async () => (await call('GET /api/tenants')).tenants,
});

export const overviewQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['overview', connectionId],
    queryFn: () => call('GET /api/connections/:connectionId/overview', { params: { connectionId } }),
  });

export type JournalKind = 'syncs' | 'changes' | 'opt-outs' | 'alarms' | 'settings';

/** Entries of a full page of the journal. */
const JOURNAL_PAGE = 50;

/** The journal, newest first, page by page. */
export const journalPages = (connectionId: string, kind?: JournalKind) =>
  infiniteQueryOptions({
    queryKey: ['journal', connectionId, kind ?? ''],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) =>
      (
        await call('GET /api/connections/:connectionId/journal', {
          params: { connectionId },
          query: { before: pageParam, kind },
        })
      ).entries,
    getNextPageParam: (page) => (page.length < JOURNAL_PAGE ? undefined : page.at(-1)?.id),
    placeholderData: keepPreviousData,
  });

export type OperationFilter = {
  search: string;
  kind: OperationKind | undefined;
  state: EndedOperation['state'] | undefined;
};

/** What was done to people, newest first, page by page. */
export const operationPages = (connectionId: string, filter: OperationFilter, language: PageLanguage) =>
  infiniteQueryOptions({
    queryKey: ['operations', connectionId, filter.search, filter.kind ?? '', filter.state ?? '', language],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call('GET /api/connections/:connectionId/operations', {
        params: { connectionId },
        query: { ...filter, search: filter.search === '' ? undefined : filter.search, after: pageParam, language },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** What waits for an answer, each group with its first people. */
export const heldQuery = (connectionId: string, language: PageLanguage) =>
  queryOptions({
    queryKey: ['held', connectionId, language],
    queryFn: () => call('GET /api/connections/:connectionId/held', { params: { connectionId }, query: { language } }),
  });

/** Tags that wait for an answer. */
export const askedTagsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['held', connectionId, 'tags'],
    queryFn: async () =>
      (await call('GET /api/connections/:connectionId/asked-tags', { params: { connectionId } })).tags,
  });

/** More of a group, after the people that came with it. */
export const heldPages = (connectionId: string, group: HeldGroup, language: PageLanguage) =>
  infiniteQueryOptions({
    queryKey: ['held', connectionId, language, group.question, group.kind, group.next],
    initialPageParam: group.next ?? undefined,
    queryFn: ({ pageParam }) =>
      call('GET /api/connections/:connectionId/held/changes', {
        params: { connectionId },
        query: { question: group.question, kind: group.kind, after: pageParam, language },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
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

export type UnexplainedFilter = { reason: MemberReason | undefined; search: string };

/** Active members that no contact with Yes explains, page by page. */
export const unexplainedPages = (connectionId: string, { reason, search }: UnexplainedFilter) =>
  infiniteQueryOptions({
    queryKey: ['unexplained', connectionId, reason ?? '', search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call('GET /api/connections/:connectionId/unexplained-members', {
        params: { connectionId },
        query: { reason, search: search === '' ? undefined : search, after: pageParam },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** People of both sides, page by page; a search that found nobody yet may go on. */
export const peoplePages = (connectionId: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['people', connectionId, search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call('GET /api/connections/:connectionId/people', {
        params: { connectionId },
        query: { search: search === '' ? undefined : search, after: pageParam },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Everything about one person. @param person an address, or the record number of a contact */
export const personQuery = (connectionId: string, person: string, language: PageLanguage) =>
  queryOptions({
    queryKey: ['person', connectionId, person, language],
    queryFn: () =>
      call('GET /api/connections/:connectionId/people/:person', {
        params: { connectionId, person },
        query: { language },
      }),
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

/** A contact in the CRM's own application; null where the CRM tells no address. It may become another one, so it is not kept long. */
export const contactUrlQuery = (connectionId: string, contactId: string) =>
  queryOptions({
    queryKey: ['contact-url', connectionId, contactId],
    queryFn: async () =>
      (
        await call('GET /api/connections/:connectionId/contacts/:contactId/crm-url', {
          params: { connectionId, contactId },
        })
      ).url,
    staleTime: 600_000,
    retry: false,
  });

/** Campaigns, the newest first, page by page. */
export const campaignPages = (connectionId: string) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', connectionId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call('GET /api/connections/:connectionId/campaigns', { params: { connectionId }, query: { before: pageParam } }),
    getNextPageParam: (page) => page.next ?? undefined,
    // a campaign is long work, and the numbers move meanwhile
    refetchInterval: 10_000,
  });

/** What the customer's CRM can call an activity. */
export const activityTypesQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['activity-types', connectionId],
    queryFn: () => call('GET /api/connections/:connectionId/activity-types', { params: { connectionId } }),
  });

/** What disconnecting would be about; read anew each time it is asked. */
export const audienceEndQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['audience-end', connectionId],
    queryFn: () => call('GET /api/connections/:connectionId/audience-end', { params: { connectionId } }),
    staleTime: 0,
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
