import type { FaultPlan } from '../shared/faults.ts';
import type { Simulator } from '../shared/simulator.ts';
import type { AdminActor, PersonActor } from './actors.ts';
import type { RequestCounts } from './api.ts';
import type { CampaignActor } from './campaigns.ts';
import type { Account, ApiKey } from './entities.ts';
import type { AccountSettings, BrevoStore, KeySettings } from './store.ts';
import type { BrevoSwitches } from './switches.ts';
import type { World } from './world.ts';

/** The people of one account. */
export type Actors = { person: PersonActor; admin: AdminActor; campaign: CampaignActor };

/** Brevo in memory: API, people, campaigns and webhooks. */
export type BrevoSimulator = Simulator &
  Actors & {
    readonly store: BrevoStore;
    readonly faults: FaultPlan;
    /** may be changed at any time */
    readonly switches: BrevoSwitches;
    readonly counts: RequestCounts;
    /** ms of latency by route (`POST /contacts/import`); `*` is for all others */
    readonly latencyMs: Map<string, number>;
    /** what the parts of the simulator work on; for seeds */
    readonly world: World;
    /** the account of the default API key; `person`, `admin` and `campaign` are its people */
    readonly account: Account;
    /** the default API key */
    readonly apiKey: string;
    addAccount(settings?: AccountSettings): Account;
    /** adds a key, to the default account if none is named */
    addKey(settings?: KeySettings, account?: Account): ApiKey;
    /** the people of another account */
    actorsOf(account: Account): Actors;
  };
