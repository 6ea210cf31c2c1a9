import type { z } from 'zod';
import { activityRoutes } from './activity.ts';
import { campaignRoutes } from './campaigns.ts';
import { connectionRoutes } from './connections.ts';
import { consentRecordRoutes } from './consent-record.ts';
import { contactRoutes } from './contacts.ts';
import { marketplaceRoutes } from './marketplace.ts';
import { operatorRoutes } from './operators.ts';
import { peopleRoutes } from './people.ts';
import { privacyRoutes } from './privacy.ts';
import { runRoutes } from './runs.ts';
import { sessionRoutes } from './session.ts';
import { tagRoutes } from './tags.ts';

/** Who may call a route: everybody, or an operator with at least this role. */
export type Access = 'public' | 'reader' | 'editor' | 'administrator';

/** What a route takes and answers; server and page are typed by it (U8). */
export type RouteSchema = {
  access: Access;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response: z.ZodType;
};

/** Every JSON route of the HTTP API, by method and path. */
export const routes = {
  ...sessionRoutes,
  ...marketplaceRoutes,
  ...connectionRoutes,
  ...campaignRoutes,
  ...runRoutes,
  ...contactRoutes,
  ...operatorRoutes,
  ...peopleRoutes,
  ...privacyRoutes,
  ...activityRoutes,
  ...consentRecordRoutes,
  ...tagRoutes,
} as const satisfies Record<string, RouteSchema>;

export type Routes = typeof routes;
