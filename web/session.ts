import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from './api.ts';
import { changeLanguage, followLanguage, type PageLanguage } from './i18n/i18n.ts';
import { sessionQuery } from './queries.ts';

/** What the person who is logged in may do; the server decides, the page only hides what it would refuse. */
export function usePermissions(): { mayEdit: boolean; mayAdminister: boolean } {
  const role = useQuery(sessionQuery).data?.operator.role;
  return { mayEdit: role === 'administrator' || role === 'editor', mayAdminister: role === 'administrator' };
}

/** The customer of the CRM inside whose Marketplace the page runs; undefined in a browser. */
export function useCrmCustomer(): string | undefined {
  return useQuery(sessionQuery).data?.crmCustomer;
}

/** Shows the page in the language of the account that is logged in; one that has none is shown the browser's. */
export function useAccountLanguage(): void {
  const language = useQuery(sessionQuery).data?.language;
  useEffect(() => {
    if (language) void followLanguage(language);
  }, [language]);
}

/** Chooses the page's language, in this browser and for the account that is logged in (U7). */
export function useLanguageChoice(): (language: PageLanguage) => void {
  const client = useQueryClient();
  const keep = useMutation({
    mutationFn: (language: PageLanguage) => call('PUT /api/session/language', { body: { language } }),
  });
  return (language) => {
    void changeLanguage(language);
    if (!client.getQueryData(sessionQuery.queryKey)) return;
    client.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, language });
    keep.mutate(language);
  };
}
