import type { SimulatorClock } from '../../shared/clock.ts';
import type { Actor, CrmUser } from '../entities.ts';
import type { Action, ActionResult } from '../envelope.ts';
import type { Marketplace } from '../marketplace.ts';
import type { OnOfficeStore } from '../store.ts';
import type { OnOfficeSwitches } from '../switches.ts';

/** What an action works with. */
export type ActionContext = {
  store: OnOfficeStore;
  switches: OnOfficeSwitches;
  clock: SimulatorClock;
  marketplace: Marketplace;
  /** whose token came */
  apiUser: CrmUser;
  /** whose rights count: the claim's user, else the API user */
  user: CrmUser;
  actor: Actor;
  /** of the CRM's own application */
  origin: string;
};

/** Carries out one kind of action; throws ActionError. */
export type ActionHandler = (context: ActionContext, action: Action) => ActionResult;

/** The answer of modify and do: one record with id 0 (fact sheet 1.4). */
export function success(key: 'success' | 'result' = 'success'): ActionResult {
  return { cacheable: false, count: null, records: [{ id: 0, type: '', elements: { [key]: 'success' } }] };
}
