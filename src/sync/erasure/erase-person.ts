import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/connection.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { UserError } from '../../core/errors.ts';
import type { ConsentEntry } from '../../db/consent-records.ts';
import type { PersonKeys } from '../../db/personal-data.ts';
import type { ErasedHow, MemberErasure } from '../consent-gate/erase-member.ts';
import { leavingEntry } from '../leaving-entry.ts';
import type { SyncParts } from '../sync-parts.ts';

/** What a tenant's data access does for an erasure. */
export type ErasableTenant = {
  keysOf(who: AskedPerson): Promise<PersonKeys>;
  isRaiseOnItsWay(keys: PersonKeys, now: number): Promise<boolean>;
  /** Books first and erases then, in one transaction; a raise that has begun meanwhile stops it. */
  erase(keys: PersonKeys, optOuts: readonly ConsentEntry[], now: number): Promise<void>;
};

export type AskedPerson = { email: string } | { contactId: string };

/** One connection of the tenant; `sync` undefined: its provider cannot be asked now. */
export type ErasableConnection = {
  connection: Pick<Connection, 'id'>;
  sync: Pick<SyncParts, 'connection' | 'provider' | 'gate'> | undefined;
};

/** What became of the person at the provider of each connection. `unreached`: nobody could be asked there. */
export type ErasureOutcome = { connectionId: string; outcome: MemberErasure | 'unreached' };

/**
 * Erases a person on his request (R14, section 13): out of every audience first, then out of all that is stored for the
 * tenant. An erasure is an opt-out: what stays is its hash, so that neither a Yes that the CRM still says nor a contact that is
 * imported anew subscribes him again. Repeatable; where a provider fails, nothing was erased.
 *
 * @throws UserError 409 `erasure.raise_on_its_way`, `erasure.refused`
 * @throws ProviderError
 */
export async function erasePerson(
  parts: { tenant: ErasableTenant; connections: readonly ErasableConnection[]; clock: Clock },
  asked: { person: AskedPerson; connectionId: string; how: ErasedHow },
): Promise<ErasureOutcome[]> {
  const { tenant, connections, clock } = parts;
  const keys = await tenant.keysOf(asked.person);
  if (await tenant.isRaiseOnItsWay(keys, clock.now())) throw raiseOnItsWay();
  const outcomes: ErasureOutcome[] = [];
  for (const { connection, sync } of connections) {
    const outcome = sync ? await eraseAtProvider(sync, keys, asked.how) : 'unreached';
    outcomes.push({ connectionId: connection.id, outcome });
  }
  await tenant.erase(keys, optOutsOf(keys, asked.connectionId), clock.now());
  return outcomes;
}

/** A raise that arrives after everything about it was forgotten could not be taken back (R4). */
export function raiseOnItsWay(): UserError {
  return new UserError({ code: 'erasure.raise_on_its_way', status: 409 });
}

/** Every address of the person; the gravest of what became of them counts. */
async function eraseAtProvider(
  { connection: { audienceId, mapping }, provider, gate }: NonNullable<ErasableConnection['sync']>,
  { emails }: PersonKeys,
  how: ErasedHow,
): Promise<MemberErasure> {
  let outcome: MemberErasure = 'absent';
  for (const email of emails as readonly EmailAddress[]) {
    const member = await provider.readMember(audienceId, email, mapping);
    const getsMail = member?.status === 'subscribed' || member?.status === 'pending';
    if (how === 'suppress' && !getsMail) continue;
    const erased = await gate.eraseMember(email, how);
    if (erased === 'refused') throw new UserError({ code: 'erasure.refused', status: 409 });
    if (erased !== 'absent') outcome = erased;
  }
  return outcome;
}

/** For every address and for every contact that holds it (R1). */
function optOutsOf({ emails, contactIds }: PersonKeys, connectionId: string): ConsentEntry[] {
  const holders = contactIds.length > 0 ? contactIds : [undefined];
  return emails.flatMap((email) =>
    holders.map((contactId) =>
      leavingEntry(connectionId, {
        email,
        contactId,
        at: '',
        from: '',
        source: 'person',
        evidence: { request: 'erasure' },
      }),
    ),
  );
}
