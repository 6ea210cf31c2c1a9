import type { OutsideSystem } from '../../core/errors.ts';

/** The vendors' public status pages, linked wherever one of them fails (M7). */
export const STATUS_PAGES: Readonly<Record<OutsideSystem, string>> = {
  mailchimp: 'https://status.mailchimp.com',
  brevo: 'https://status.brevo.com',
  onoffice: 'https://onoffice.com/status-news',
};
