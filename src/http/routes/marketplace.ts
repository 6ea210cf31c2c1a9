import { UserError } from '../../core/errors.ts';
import type { Marketplace, SignedCall } from '../../core/marketplace.ts';
import { Secret } from '../../core/secret.ts';
import { countHeldContacts } from '../../db/contacts.ts';
import { operators } from '../../db/operators.ts';
import { usedCalls } from '../../db/used-calls.ts';
import { activateCustomer, openedActivation } from '../../sync/marketplace/activate-customer.ts';
import { receiveCrmUser } from '../../sync/marketplace/receive-crm-user.ts';
import { openTicket, sealTicket } from '../activation-ticket.ts';
import type { marketplaceRoutes } from '../api/marketplace.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { MARKETPLACE_PATHS } from '../marketplace-paths.ts';
import { activationRegistry, storeVisit } from '../store-activation.ts';
import { languageOf } from './session.ts';

/** Longer than any call is taken after it was made (both ways of our clocks), in ms. */
const MARKS_KEPT_MS = 900_000;

/** What the CRM's signed calls are exchanged for (M27). */
export function marketplaceHandlers(parts: AppParts): Handlers<keyof typeof marketplaceRoutes> {
  const { database, box, clock, systems, language, queue, runEvents } = parts;
  const registry = activationRegistry(parts);

  /** A call is good for once, in whatever order its parameters come. */
  const useUp = async ({ mark }: SignedCall) => {
    const now = clock.now();
    if (!(await usedCalls(database.db).use(mark, now, now + MARKS_KEPT_MS)))
      throw new UserError({ code: 'marketplace.call_used', status: 401 });
  };

  return {
    'POST /api/marketplace/activations': async ({ body }) => {
      const call = marketplaceOf(systems.marketplace).readCall({
        path: MARKETPLACE_PATHS.activation,
        query: body.query,
      });
      const opened = openedActivation(call);
      await useUp(call);
      return {
        ticket: sealTicket(box, opened, clock.now()),
        customerName: opened.customer.name,
        isRenewal: (await registry.ofCustomer(opened.customer.id)) !== undefined,
        privacyUrl: parts.privacyUrl ?? null,
        language: call.language ?? language,
      };
    },

    'POST /api/marketplace/activations/confirm': async ({ body }) => {
      const marketplace = marketplaceOf(systems.marketplace);
      const opened = openTicket(box, body.ticket, clock.now());
      await activateCustomer({ marketplace, registry }, opened, new Secret(body.apiKey));
      return {};
    },

    'POST /api/marketplace/sessions': async ({ body }) => {
      const marketplace = marketplaceOf(systems.marketplace);
      const call = marketplace.readCall({ path: MARKETPLACE_PATHS.service, query: body.query });
      const activation = await registry.ofCustomer(call.customer.id);
      if (!activation) throw new UserError({ code: 'marketplace.not_activated', status: 403 });
      await useUp(call);
      const { tenantId } = activation;
      const known = await operators(database.db).crmUser(tenantId, call.userId);
      const visit = await receiveCrmUser(marketplace, activation, call, {
        name: known?.name,
        role: known?.role,
        heldContacts: await countHeldContacts(database.db, tenantId),
      });
      const { token, language: ofAccount, resumed } = await storeVisit(parts, tenantId, call, visit);
      for (const connectionId of resumed) {
        await queue.wake(connectionId);
        runEvents.emit({ connectionId, what: 'overview' });
      }
      return {
        token,
        session: {
          operator: { name: visit.name, role: visit.role },
          language: languageOf(ofAccount),
          crmCustomer: activation.customer.name,
        },
      };
    },
  };
}

/** @throws UserError 404 where this installation is no service of the Marketplace */
function marketplaceOf(marketplace: Marketplace | undefined): Marketplace {
  if (!marketplace) throw new UserError({ code: 'not_found', status: 404 });
  return marketplace;
}
