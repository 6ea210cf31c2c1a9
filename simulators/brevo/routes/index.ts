import type { Route } from '../call.ts';
import { accountRoutes } from './account.ts';
import { attributeRoutes } from './attributes.ts';
import { campaignRoutes } from './campaigns.ts';
import { contactWriteRoutes } from './contact-writes.ts';
import { contactRoutes } from './contacts.ts';
import { doubleOptInRoutes } from './double-opt-in.ts';
import { exportRoutes } from './exports.ts';
import { folderRoutes } from './folders.ts';
import { importRoutes } from './imports.ts';
import { listRoutes } from './lists.ts';
import { membershipRoutes } from './memberships.ts';
import { processRoutes } from './processes.ts';
import { webhookRoutes } from './webhooks.ts';

/** All routes; those that name a noun stand before those that take an identifier in its place. */
export const ROUTES: readonly Route[] = [
  ...accountRoutes,
  ...folderRoutes,
  ...listRoutes,
  ...membershipRoutes,
  ...attributeRoutes,
  ...importRoutes,
  ...exportRoutes,
  ...doubleOptInRoutes,
  ...contactRoutes,
  ...contactWriteRoutes,
  ...processRoutes,
  ...webhookRoutes,
  ...campaignRoutes,
];
