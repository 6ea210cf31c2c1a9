/** Where the CRM's Marketplace calls us; each address is part of what it signs. */
export const MARKETPLACE_PATHS = {
  activation: '/onoffice/activate',
  service: '/onoffice/service',
  webhook: '/onoffice/webhook',
} as const;

/** Under it the page runs inside the CRM's frame. */
export const PAGE_INSIDE = '/onoffice/app';
