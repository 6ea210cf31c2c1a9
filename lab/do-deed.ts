import { doAdminDeed, tellAdminDeed } from './actors/admin.ts';
import { doAgentDeed, tellAgentDeed } from './actors/agent.ts';
import { doChanceDeed, tellChanceDeed } from './actors/chance.ts';
import { doOperatorDeed, tellOperatorDeed } from './actors/operator.ts';
import { doSubscriberDeed, tellSubscriberDeed } from './actors/subscriber.ts';
import type { Deed } from './history.ts';
import type { Stage } from './stage.ts';

/**
 * Does a deed, if it can be done as things are. One that names somebody with whom it cannot is done with the next one it can.
 *
 * @returns the deed as it was done; undefined: it was not
 */
export function doDeed(stage: Stage, deed: Deed): Deed | undefined | Promise<Deed | undefined> {
  switch (deed.who) {
    case 'agent':
      return doAgentDeed(stage, deed);
    case 'subscriber':
      return doSubscriberDeed(stage, deed);
    case 'admin':
      return doAdminDeed(stage, deed);
    case 'operator':
      return doOperatorDeed(stage, deed);
    case 'chance':
      return doChanceDeed(stage, deed);
  }
}

/** A deed in a sentence. */
export function tellDeed(deed: Deed): string {
  switch (deed.who) {
    case 'agent':
      return tellAgentDeed(deed);
    case 'subscriber':
      return tellSubscriberDeed(deed);
    case 'admin':
      return tellAdminDeed(deed);
    case 'operator':
      return tellOperatorDeed(deed);
    case 'chance':
      return tellChanceDeed(deed);
  }
}
