import type { Route } from '../call.ts';
import { accountRoutes } from './account.ts';
import { bulkMemberRoutes } from './bulk-members.ts';
import { listRoutes } from './lists.ts';
import { memberTagRoutes } from './member-tags.ts';
import { memberRoutes } from './members.ts';
import { mergeFieldRoutes } from './merge-fields.ts';
import { segmentRoutes } from './segments.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every route below `/3.0`. */
export const ROUTES: readonly Route[] = [
  ...accountRoutes,
  ...listRoutes,
  ...bulkMemberRoutes,
  ...mergeFieldRoutes,
  ...memberRoutes,
  ...memberTagRoutes,
  ...segmentRoutes,
  ...webhookRoutes,
];
