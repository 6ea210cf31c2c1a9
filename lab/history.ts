import type { ProviderName } from '../src/core/mailing-provider.ts';
import type { PlantedContact } from '../test/support/plant.ts';
import type { AdminDeed } from './actors/admin.ts';
import type { AgentDeed } from './actors/agent.ts';
import type { ChanceDeed } from './actors/chance.ts';
import type { OperatorDeed } from './actors/operator.ts';
import type { SubscriberDeed } from './actors/subscriber.ts';
import type { WorldSetting } from './lab-world.ts';

/**
 * `left-and-off`: had left, and was archived or taken off the list later; `elsewhere`: known, and in no audience of ours; `gone`:
 * deleted for good. What a provider does not know it does not hold.
 */
export type EarlyStanding =
  | 'subscribed'
  | 'unsubscribed'
  | 'off'
  | 'left-and-off'
  | 'bounced'
  | 'unconfirmed'
  | 'elsewhere'
  | 'gone';

/** Who is in the audience before anything is connected. */
export type EarlyMember = { provider: ProviderName; email: string; standing: EarlyStanding };

/**
 * When something happens: so many ms after the deed before, or right before the nth request or commit since then, or right before the
 * next request whose `call` has this verb and is about this, such as `PATCH /members/`.
 */
export type Moment = { afterMs: number } | { beforeRequest: number } | { beforeCall: string } | { atCommit: number };

/** What somebody does, or what goes wrong. */
export type Deed = AgentDeed | SubscriberDeed | AdminDeed | OperatorDeed | ChanceDeed;

export type Step = { when: Moment; deed: Deed };

/** Everything that makes a history; the same one replays bit for bit. */
export type History = WorldSetting & {
  contacts: readonly PlantedContact[];
  members: readonly EarlyMember[];
  /** addresses that deeds name */
  addresses: readonly string[];
  /** the first act begins while the first sync is on its way, and somebody has to approve of that */
  startsEarly: boolean;
  /** after each act the weather is fine and nobody does anything for a while; then everything has to be in order */
  acts: readonly (readonly Step[])[];
};
