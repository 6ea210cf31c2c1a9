/** Under it the page runs inside the CRM's frame; the server lets no other address of the page be framed but the two below. */
export const PAGE_INSIDE = '/onoffice/app';

const SIGNED_CALLS = { '/onoffice/activate': 'activation', '/onoffice/service': 'service' } as const;

/** Where the page was opened: in a browser, or inside the CRM by a signed call or going on from one. */
export type Place = 'browser' | 'inside' | 'activation' | 'service';

/** @param path of the page's address */
export function placeOf(path: string): Place {
  if (Object.hasOwn(SIGNED_CALLS, path)) return SIGNED_CALLS[path as keyof typeof SIGNED_CALLS];
  return path === PAGE_INSIDE || path.startsWith(`${PAGE_INSIDE}/`) ? 'inside' : 'browser';
}
