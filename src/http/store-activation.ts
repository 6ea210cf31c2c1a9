import { randomUUID } from 'node:crypto';
import type { SignedCall } from '../core/marketplace.ts';
import { activations } from '../db/activations.ts';
import { connectionRow, connections } from '../db/connections.ts';
import type { Queryable } from '../db/database.ts';
import { health } from '../db/health.ts';
import { journal } from '../db/journal.ts';
import { operators } from '../db/operators.ts';
import { secrets } from '../db/secrets.ts';
import { crmAccountHash } from '../jobs/read-crm-credentials.ts';
import type { ActivationRegistry } from '../sync/marketplace/activation-registry.ts';
import type { CrmVisit } from '../sync/marketplace/receive-crm-user.ts';
import type { AppParts } from './app-parts.ts';
import { openCrmSession } from './auth.ts';

type StoreParts = Pick<AppParts, 'database' | 'box' | 'clock' | 'randomBytes'>;

/** Why a connection may stand still until somebody opens us in the CRM. */
const CURED_BY_CLAIM: ReadonlySet<string> = new Set([
  'onoffice.claim_outdated',
  'onoffice.credentials_invalid',
  'onoffice.user_inactive',
]);

/** The registry of activations on the database. */
export function activationRegistry(parts: StoreParts): ActivationRegistry {
  const { database, box, clock } = parts;
  return {
    ofCustomer: (customerId) => activations(database.db, box).ofCustomer(customerId),
    store: (activation) =>
      database.transact(async (trx) => {
        const book = activations(trx, box);
        const now = clock.now();
        const known = await book.ofCustomer(activation.customer.id);
        const tenantId = known?.tenantId ?? randomUUID();
        if (!known) await connections(trx).addTenant(tenantId, activation.customer.name || activation.customer.id, now);
        const tokenHash = crmAccountHash(box, activation.token.reveal());
        await book.save({ ...activation, tenantId }, tokenHash);
        if (!known) return;
        const former = crmAccountHash(box, known.token.reveal());
        for (const { id, state } of await connections(trx).ofCrmAccount(tenantId, former)) {
          const scope = { tenantId, connectionId: id };
          await connectionRow(trx, scope).saveCrmAccount(tokenHash);
          // One that was ended has no keys; it is only known by them when it is made again (U7).
          if (state === 'disconnected') continue;
          const vault = secrets(trx, scope, box);
          await vault.put('crm-token', activation.token);
          await vault.put('crm-secret', activation.secret);
          await journal(trx, scope).write('journal.keys_renewed', {}, now);
        }
      }),
  };
}

/**
 * Lets a user of the CRM in: he is noted with his role, his claim is kept if background work may be done by it, and connections
 * that waited for one go on.
 *
 * @returns his session's token, his language and the connections that go on
 */
export function storeVisit(
  parts: StoreParts,
  tenantId: string,
  call: SignedCall,
  visit: CrmVisit,
): Promise<{ token: string; language: string | null; resumed: string[] }> {
  const { database, box, clock } = parts;
  return database.transact(async (trx) => {
    const now = clock.now();
    const book = operators(trx);
    const user = { tenantId, crmUserId: call.userId, name: visit.name, role: visit.role };
    await book.saveCrmUser({ ...user, id: randomUUID(), language: call.language ?? null }, now);
    const stored = await book.crmUser(tenantId, call.userId);
    if (!stored) throw new Error('who was just noted is there');
    const isKept =
      visit.isTrusted && (await activations(trx, box).keepClaim(tenantId, call.claim, call.userId, call.calledAt));
    return {
      token: await openCrmSession(parts, trx, stored.id),
      language: stored.language,
      resumed: isKept ? await resumeAll(parts, trx, tenantId) : [],
    };
  });
}

async function resumeAll({ box, clock }: StoreParts, trx: Queryable, tenantId: string): Promise<string[]> {
  const activation = await activations(trx, box).ofTenant(tenantId);
  if (!activation) return [];
  const now = clock.now();
  const resumed: string[] = [];
  for (const { id, state } of await connections(trx).ofCrmAccount(
    tenantId,
    crmAccountHash(box, activation.token.reveal()),
  )) {
    if (state !== 'attention') continue;
    const scope = { tenantId, connectionId: id };
    const crm = (await health(trx, scope).all()).find(({ system }) => system === 'crm');
    if (crm?.state !== 'failing' || !crm.notice || !CURED_BY_CLAIM.has(crm.notice.code)) continue;
    await connectionRow(trx, scope).attentionIsOver();
    await health(trx, scope).set('crm', 'ok', now);
    await journal(trx, scope).write('journal.resumed', {}, now);
    resumed.push(id);
  }
  return resumed;
}
