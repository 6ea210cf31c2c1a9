import type { FaultPlan } from '../shared/faults.ts';
import type { Simulator } from '../shared/simulator.ts';
import type { AdminActor, PersonActor } from './actors.ts';
import type { RequestCounts } from './api.ts';
import type { AudienceSettings } from './audience.ts';
import type { CampaignActor } from './campaigns.ts';
import type { Account, Audience } from './entities.ts';
import type { AccountSettings, MailchimpStore } from './store.ts';
import type { MailchimpSwitches } from './switches.ts';
import type { World } from './world.ts';

/** A Mailchimp account centre in memory: API, people, campaigns and webhooks. */
export type MailchimpSimulator = Simulator & {
  readonly store: MailchimpStore;
  readonly faults: FaultPlan;
  /** may be changed at any time */
  readonly switches: MailchimpSwitches;
  readonly counts: RequestCounts;
  /** ms of latency by route (`POST /lists/{list_id}`); `*` is for all others */
  readonly latencyMs: Map<string, number>;
  readonly person: PersonActor;
  readonly admin: AdminActor;
  readonly campaign: CampaignActor;
  /** what the parts of the simulator work on; for seeds */
  readonly world: World;
  readonly dataCenter: string;
  /** the account of the default API key */
  readonly account: Account;
  /** the default API key */
  readonly apiKey: string;
  addAccount(settings?: AccountSettings): Account;
  /** makes an audience as the agency would in Mailchimp's pages */
  addAudience(settings: AudienceSettings, account?: Account): Audience;
};
