import { drawOne, type Random } from '../../simulators/shared/random.ts';
import { UserError } from '../../src/core/errors.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { decideHeld } from '../../src/sync/changes/decide-held.ts';
import { enterOptIn } from '../../src/sync/opt-in/enter-opt-in.ts';
import { approveRun } from '../../src/sync/set-up/approve-run.ts';
import { pauseConnection, unpauseConnection } from '../../src/sync/set-up/pause-connection.ts';
import { startRun } from '../../src/sync/set-up/start-run.ts';
import type { LabConnection } from '../lab-world.ts';
import type { Stage } from '../stage.ts';
import { type Cast, drawContact, drawWeighed } from './cast.ts';

/** What the user of the connector does on its page. */
export type OperatorDeed = { who: 'operator'; at: ProviderName } & (
  | { does: 'starts-sync'; asksFirst: boolean }
  | { does: 'approves' | 'pauses' | 'goes-on' }
  | { does: 'answers-held'; decision: 'carry-out' | 'drop' | 'put-back' }
  | { does: 'enters-opt-in'; contact: number; setsField: boolean }
);

/** What is done, and how often. */
export const OPERATOR_DEEDS = {
  'starts-sync': 4,
  approves: 3,
  pauses: 1,
  'goes-on': 2,
  'answers-held': 3,
  'enters-opt-in': 2,
} as const;

export function drawOperatorDeed(random: Random, cast: Cast): OperatorDeed {
  const who = 'operator' as const;
  const at = drawOne(random, cast.providers);
  const does = drawWeighed(random, OPERATOR_DEEDS);
  switch (does) {
    case 'starts-sync':
      return { who, at, does, asksFirst: random() < 0.2 };
    case 'answers-held':
      return { who, at, does, decision: drawOne(random, ['carry-out', 'drop', 'put-back'] as const) };
    case 'enters-opt-in':
      return { who, at, does, contact: drawContact(random, cast), setsField: random() < 0.5 };
    default:
      return { who, at, does };
  }
}

/** Does it; what the page would refuse with a sentence for people is not done. */
export async function doOperatorDeed(stage: Stage, deed: OperatorDeed): Promise<OperatorDeed | undefined> {
  const connection = stage.world.connections.find(({ provider }) => provider === deed.at);
  // The page is served by the server that does the rest.
  if (!connection || !stage.world.engine()) return undefined;
  try {
    const isDone = await act(stage, connection, deed);
    stage.world.looksSoon();
    return isDone ? deed : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function act(stage: Stage, labConnection: LabConnection, deed: OperatorDeed): Promise<boolean> {
  const { world } = stage;
  const { store } = labConnection;
  const clock = { now: world.time.now };
  const connection = await world.row(labConnection);
  const parts = { connection, store, clock };
  switch (deed.does) {
    case 'starts-sync':
      await startRun(parts, { id: world.newId(), asksFirst: deed.asksFirst });
      return true;
    case 'approves': {
      const run = await store.tables.runs.open();
      if (run?.state !== 'awaiting-approval') return false;
      await approveRun(parts, run.id);
      return true;
    }
    case 'pauses':
      await pauseConnection(parts);
      return true;
    case 'goes-on':
      await unpauseConnection(parts);
      return true;
    case 'answers-held': {
      const [waiting] = await store.tables.held.counts();
      if (!waiting) return false;
      const { question, kind } = waiting;
      if (deed.decision === 'put-back') stage.hasPutBack = true;
      return (await decideHeld(parts, { question, kind, upTo: clock.now() }, deed.decision)) > 0;
    }
    case 'enters-opt-in': {
      const id = stage.contactIds[deed.contact % stage.contactIds.length] ?? 0;
      const at = world.time.now();
      const typed = {
        person: 'Eva Muster',
        how: 'by telephone',
        givenAt: new Date(at).toISOString(),
        operator: 'Operator',
      };
      await enterOptIn({ store, clock }, String(id), typed, { setsField: deed.setsField });
      stage.enteredOptIns.push({ contactId: id, at });
      return true;
    }
  }
}

export function tellOperatorDeed(deed: OperatorDeed): string {
  const where = `at the connection with ${deed.at}`;
  switch (deed.does) {
    case 'starts-sync':
      return `The user starts a full sync ${where}${deed.asksFirst ? ' with a preview' : ''}`;
    case 'answers-held':
      return `The user answers what waits ${where}: ${deed.decision}`;
    case 'enters-opt-in':
      return `The user enters an opt-in of contact ${deed.contact} ${where}${deed.setsField ? ' and has Yes set' : ''}`;
    default:
      return `The user ${deed.does.replace('-', ' ')} ${where}`;
  }
}
