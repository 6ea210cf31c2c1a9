import type { FaultPlan } from '../shared/faults.ts';
import type { Simulator } from '../shared/simulator.ts';
import type { ActionFaults } from './action-faults.ts';
import type { Agent } from './agent.ts';
import type { CallCounts } from './counts.ts';
import type { CrmUser } from './entities.ts';
import type { Marketplace } from './marketplace.ts';
import type { NewUser } from './rights.ts';
import type { OnOfficeStore } from './store.ts';
import type { OnOfficeSwitches } from './switches.ts';

/** One customer's onOffice enterprise. */
export type OnOfficeSimulator = Simulator & {
  store: OnOfficeStore;
  /** transport faults; `match` sees `verb resourcetype` of each action of a request in turn */
  faults: FaultPlan;
  /** error codes of single actions */
  actionFaults: ActionFaults;
  /** may be changed at any time */
  switches: OnOfficeSwitches;
  counts: CallCounts;
  agent: Agent;
  marketplace: Marketplace;
  /** the API user with all rights, `DEFAULT_TOKEN` and `DEFAULT_SECRET` */
  apiUser: CrmUser;
  addUser(user: NewUser): CrmUser;
};
