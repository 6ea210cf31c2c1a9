import { useQuery } from '@tanstack/react-query';
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
