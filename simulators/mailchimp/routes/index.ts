import type { Route } from '../call.ts';
import { accountRoutes } from './account.ts';
import { batchRoutes } from './batches.ts';
import { bulkMemberRoutes } from './bulk-members.ts';
import { campaignRoutes } from './campaigns.ts';
import { listRoutes } from './lists.ts';
import { memberActivityRoutes } from './member-activity.ts';
import { memberTagRoutes } from './member-tags.ts';
import { memberRoutes } from './members.ts';
import { mergeFieldRoutes } from './merge-fields.ts';
import { reportRoutes } from './reports.ts';
import { searchMemberRoutes } from './search-members.ts';
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
  ...memberActivityRoutes,
  ...campaignRoutes,
  ...reportRoutes,
  ...batchRoutes,
  ...searchMemberRoutes,
];
