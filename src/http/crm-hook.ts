import type { FastifyInstance } from 'fastify';
import { UserError } from '../core/errors.ts';
import { activations } from '../db/activations.ts';
import { hurryCrmPolls } from '../db/sync-cursors.ts';
import { CRM_TOLD_POLL_MS } from '../sync/changes/poll-crm.ts';
import type { AppParts } from './app-parts.ts';
import { MARKETPLACE_PATHS } from './marketplace-paths.ts';
import { createWakeSoon } from './wake-soon.ts';

/**
 * The CRM's own webhook (M27): a signed GET when a contact was saved there. It names no values and opens nothing: the customer's
 * next poll is due at once (F4). A claim it brings replaces an older one of the same person.
 */
export function registerCrmHook(app: FastifyInstance, parts: AppParts): void {
  const { database, box, clock, systems, log, queue } = parts;
  const { marketplace } = systems;
  if (!marketplace) return;
  const wakeSoon = createWakeSoon(queue, (error) => log.warn({ err: error }, 'Lane could not be woken'));

  app.get(MARKETPLACE_PATHS.webhook, { schema: { hide: true } }, async (request, reply) => {
    const call = marketplace.readCall({
      path: MARKETPLACE_PATHS.webhook,
      query: request.url.slice(request.url.indexOf('?') + 1),
    });
    const book = activations(database.db, box);
    const activation = await book.ofCustomer(call.customer.id);
    if (!activation) throw new UserError({ code: 'marketplace.not_activated', status: 403 });
    const { tenantId, claim } = activation;
    for (const id of await hurryCrmPolls(database.db, tenantId, clock.now(), CRM_TOLD_POLL_MS)) wakeSoon(id);
    // Of others it is not known here how much they see.
    if (claim?.userId === call.userId && claim.givenAt < call.calledAt)
      await book.keepClaim(tenantId, call.claim, call.userId, call.calledAt);
    return reply.code(204).send();
  });
}
