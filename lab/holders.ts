import { LAB_START } from './lab-world.ts';
import type { Stage } from './stage.ts';

/** Whom a statement is about: an address or a contact's record number. */
export type Identity = `address ${string}` | `contact ${number}`;

/** An address and all contacts that have it as main one at an instant. */
export function holders(stage: Stage, email: string, at: number): Identity[] {
  const contacts = [...stage.mains].filter(([id]) => mainsAt(stage, id, at).includes(`address ${email}`));
  return [`address ${email}`, ...contacts.map(([id]): Identity => `contact ${id}`)];
}

/**
 * As `holders`, without contacts that an agent gave the address and took it off again before everything was in order: nobody can be
 * sure to have read them with it, and what is unknown goes along with nobody (R7).
 */
export function knownHolders(stage: Stage, email: string, at: number): Identity[] {
  const { calmAt, world } = stage;
  const calms = [calmAt.findLast((one) => one <= at) ?? LAB_START, calmAt.find((one) => one > at) ?? world.time.now()];
  const known = calms.flatMap((calm) => holders(stage, email, calm));
  return holders(stage, email, at).filter((identity) => known.includes(identity));
}

/** As `holders` now, without contacts that the rules leave out: what is theirs alone speaks for nobody (M17, M18). */
export function eligibleHolders(stage: Stage, email: string, at: number): Identity[] {
  const { addresses } = stage.world.crm.store;
  return holders(stage, email, at).filter((identity) => {
    if (!identity.startsWith('contact ')) return true;
    const values = addresses.get(Number(identity.slice('contact '.length)))?.values;
    return values !== undefined && values.Privat !== '1' && values.Status !== '0';
  });
}

/** The main address that a contact has at an instant, if it is one. */
export function mainsAt(stage: Stage, contactId: number, at: number): Identity[] {
  const email = (stage.mains.get(contactId) ?? []).findLast((main) => main.at <= at)?.email ?? '';
  // Of what is no address nothing can be kept.
  return email.includes('@') ? [`address ${email}`] : [];
}

/** Whether the CRM ever listed a contact with the main address that it has at an instant: else nobody knows that it had it. */
export function isListedWithMain({ mains, world }: Stage, contactId: number, at: number): boolean {
  const all = mains.get(contactId) ?? [];
  const place = all.findLastIndex((main) => main.at <= at);
  const since = all[place]?.at ?? 0;
  const until = all[place + 1]?.at ?? Infinity;
  return world.contactsListedAt.some((listed) => listed >= since && listed < until);
}
