import type { Clock } from '../../core/clock.ts';
import type { OutsideSystems } from '../../core/outside-systems.ts';
import { checkCrm } from './check-crm.ts';
import { checkProvider } from './check-provider.ts';
import type { ConnectionInSetUp } from './connection-registry.ts';
import { assertTakenOver } from './take-over.ts';

/**
 * Lets a stopped connection go on (F6): the clock was set, the address allowed or the field activated again. Both sides are
 * checked first, so that it does not stop again at once without a word.
 *
 * @throws UserError `connection.twin`
 * @throws ProviderError with what is still wrong
 */
export async function resumeConnection(
  { systems, clock }: { systems: OutsideSystems; clock: Clock },
  { connection, store, credentials }: ConnectionInSetUp,
): Promise<void> {
  assertTakenOver(connection);
  await checkCrm(systems, credentials.crm);
  await checkProvider(systems, connection.provider, credentials.providerKey);
  const now = clock.now();
  await store.transact(async (tables) => {
    await tables.connection.attentionIsOver();
    await tables.health.set('crm', 'ok', now);
    await tables.health.set('provider', 'ok', now);
    await tables.journal.write('journal.resumed', {}, now);
  });
}
