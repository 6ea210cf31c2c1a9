import type { BrevoClient } from './brevo-client.ts';
import { type BlockCause, blockCause } from './contact-state.ts';
import { isNotFound } from './errors.ts';
import { BREVO_LIMITS } from './limits.ts';
import { type ContactAnswer, ContactDetailsAnswer } from './schema.ts';

const DAY_MS = 86_400_000;

/** Looks up why contacts of a listing are blocked; the listing itself does not say. */
export type BlockCauses = (contacts: readonly ContactAnswer[]) => Promise<ReadonlyMap<number, BlockCause>>;

/**
 * Makes the lookup: one call for each blocked contact, and none where it could tell nothing. Blocking changes a contact, so
 * one that has not changed for longer than the statistics reach has no cause on record. An opt-out that was found is kept
 * until the contact changes; a hard bounce is not, because a complaint may have joined it.
 */
export function createBlockCauses(client: BrevoClient): BlockCauses {
  const optOuts = new Map<number, string>();
  return async (contacts) => {
    // A day more than documented: where Brevo's days begin is not known.
    const since = client.clock.now() - (BREVO_LIMITS.statisticsDays + 1) * DAY_MS;
    const causes = new Map<number, BlockCause>();
    await Promise.all(
      contacts
        .filter(({ emailBlacklisted, modifiedAt }) => emailBlacklisted && !(Date.parse(modifiedAt) < since))
        .map(async ({ id, modifiedAt }) => {
          const cause = optOuts.get(id) === modifiedAt ? 'opt-out' : await lookUp(client, id);
          if (cause === 'opt-out') optOuts.set(id, modifiedAt);
          causes.set(id, cause);
        }),
    );
    return causes;
  };
}

async function lookUp(client: BrevoClient, contactId: number): Promise<BlockCause> {
  try {
    const details = await client.ask(
      { method: 'GET', route: '/contacts/{contactId}', path: { contactId } },
      ContactDetailsAnswer,
    );
    return blockCause(details.statistics);
  } catch (error) {
    if (isNotFound(error)) return 'opt-out';
    throw error;
  }
}
