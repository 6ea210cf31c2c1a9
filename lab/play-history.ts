import { mainEmail } from '../simulators/onoffice/entities.ts';
import type { Database } from '../src/db/database.ts';
import { startRun } from '../src/sync/set-up/start-run.ts';
import { beCalm, CALM_MS, hidesChanges } from './be-calm.ts';
import { readBelongings } from './belongings.ts';
import type { SeenRequest } from './carry-request.ts';
import { doDeed, tellDeed } from './do-deed.ts';
import { isBystander } from './draw-history.ts';
import { fateOf } from './fate-of.ts';
import type { History, Step } from './history.ts';
import { checkActivities } from './invariants/check-activities.ts';
import { checkAgreement } from './invariants/check-agreement.ts';
import { checkIdleHour, checkRepeats } from './invariants/check-budgets.ts';
import { checkConsent } from './invariants/check-consent.ts';
import { checkLanes } from './invariants/check-lanes.ts';
import { checkMails, letMailsArrive } from './invariants/check-mails.ts';
import { checkNames } from './invariants/check-names.ts';
import { checkOptIns } from './invariants/check-opt-ins.ts';
import { checkOrder } from './invariants/check-order.ts';
import { checkRaises } from './invariants/check-raises.ts';
import { readVisited, visitOf } from './invariants/read-visited.ts';
import { createLabWorld, type LabWorld } from './lab-world.ts';
import { cellOf, rowsOf } from './meetings.ts';
import { plantHistory } from './plant-history.ts';
import { awaitQuiet, syncInVain, syncOnce } from './settle-connection.ts';
import type { Stage, Tell } from './stage.ts';
import { watchContacts } from './watch-contacts.ts';

/** What became of a history. `problems`: empty when every invariant held. */
export type Outcome = {
  problems: readonly string[];
  steps: number;
  faults: number;
  requests: number;
  /** virtual ms */
  lastedMs: number;
  /** see `TO_BE_VISITED` */
  visited: ReadonlySet<string>;
};

const MINUTE_MS = 60_000;

/** After so long without the request or commit that a step waits for, it happens anyway. */
const PATIENCE_MS = 4 * MINUTE_MS;

/** Longer than two full syncs of every connection and the rounds after them: what others tell us in between is no echo (R13), in ms. */
const COMPARING_MS = 30 * MINUTE_MS;

/** How often that is waited for: webhooks that come a day late are on their way for a day. */
const MOST_WAITS = 4;

/** Of so many histories one ends with an hour in which nobody does anything. */
const IDLE_HOUR_EVERY = 8;

/** Plays a history in an empty database and checks every invariant after each act. */
export async function playHistory(
  history: History,
  database: Database,
  tell: Tell = () => {},
  onStage: (stage: Stage) => void = () => {},
): Promise<Outcome> {
  let contactIds: number[] = [];
  const world = await createLabWorld(history, database, (sims) => {
    contactIds = plantHistory(sims, history);
  });
  const noticed: string[] = [];
  const stage: Stage = {
    world,
    addresses: history.addresses,
    contactIds,
    bystanders: bystandersAmong(world),
    backup: undefined,
    openForms: new Map(),
    enteredOptIns: [],
    weather: { nextFate: undefined, nextCommit: 'commits', outages: [], hooksFineAt: 0 },
    restoredAt: 0,
    backedUpAt: 0,
    restoredFromAt: 0,
    hasPutBack: false,
    ...watchContacts(world, (sentence) => noticed.push(sentence)),
    calmAt: [],
    belongings: readBelongings(world),
    requests: new Map(),
    noticed,
  };
  onStage(stage);
  const startedAt = world.time.now();
  const counts = { steps: 0, faults: 0 };
  const visited = new Set<string>();
  globalThis.onMeeting = (meeting) => {
    visited.add(cellOf(meeting));
    for (const row of rowsOf(meeting)) visited.add(row);
  };
  const end = (problems: readonly string[]): Outcome => ({
    problems,
    ...counts,
    requests: world.counts.requests,
    lastedMs: world.time.now() - startedAt,
    visited,
  });
  try {
    const night = hidesChanges(history);
    if (history.startsEarly) await startFirstSyncs(stage);
    else await beCalm(stage, tell, { hasNight: false });
    let problems = history.startsEarly ? [] : await checkAll(stage, history, visited);
    for (const act of history.acts) {
      if (problems.length > 0) return end(problems);
      await playAct(stage, act, tell, counts, visited);
      for (const what of await readVisited(stage)) visited.add(what);
      await beCalm(stage, tell, { hasNight: night });
      problems = await checkAll(stage, history, visited);
    }
    if (problems.length > 0) return end(problems);
    // A webhook that is on its way would tell the second full sync what the first one could not know.
    for (let waits = 0; waits < MOST_WAITS && !world.isStill(world.time.now() + COMPARING_MS); waits += 1)
      await awaitQuiet(stage, COMPARING_MS);
    tell(world.time.now(), 'Everything is compared');
    for (const connection of world.connections) {
      await syncOnce(stage, connection);
      problems.push(...(await syncInVain(stage, connection)));
    }
    // What the comparison of one connection wrote into the CRM is read by the others afterwards.
    const hasWritten = [...stage.requests.keys()].some((key) => /^onoffice (create|modify) address/.test(key));
    if (world.connections.length > 1 && hasWritten) await awaitQuiet(stage, CALM_MS);
    problems.push(...(await checkAll(stage, history, visited, { isCompared: true })));
    if (problems.length > 0) return end(problems);
    if (await letMailsArrive(stage)) {
      tell(world.time.now(), 'Newsletters have been read');
      problems.push(...(await checkMails(stage)));
      return end(problems);
    }
    if (history.seed % IDLE_HOUR_EVERY !== 0) return end(problems);
    tell(world.time.now(), 'An idle hour');
    problems.push(...(await checkIdleHour(stage)));
    return end(problems);
  } catch (error) {
    return end([`broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]);
  }
}

function bystandersAmong({ crm }: LabWorld): Set<number> {
  const records = [...crm.store.addresses.values()];
  return new Set(records.filter((record) => isBystander(mainEmail(record))).map(({ id }) => id));
}

async function checkAll(
  stage: Stage,
  history: History,
  visited: Set<string>,
  { isCompared }: { isCompared: boolean } = { isCompared: false },
): Promise<string[]> {
  for (const what of await readVisited(stage)) visited.add(what);
  noticeBelongings(stage);
  const problems = [
    ...stage.noticed,
    ...checkRepeats(stage),
    ...(await checkConsent(stage, history)),
    ...(await checkRaises(stage, history)),
    ...(await checkOptIns(stage, history)),
    ...(await checkOrder(stage)),
    ...(await checkAgreement(stage, { isCompared })),
    ...(await checkActivities(stage)),
    ...(await checkLanes(stage)),
    ...(isCompared ? await checkNames(stage) : []),
  ];
  stage.calmAt.push(stage.world.time.now());
  stage.requests.clear();
  return problems;
}

/** R11: between two deeds nobody but the product can have touched what is none of ours. */
function noticeBelongings({ world, belongings, noticed }: Stage): void {
  const found = readBelongings(world);
  if (found === belongings) return;
  const at = [...found].findIndex((sign, place) => sign !== belongings[place]);
  const from = Math.max(0, at - 100);
  noticed.push(`R11: not ours, and changed: ${belongings.slice(from, at + 100)} became ${found.slice(from, at + 100)}`);
}

async function playAct(
  stage: Stage,
  act: readonly Step[],
  tell: Tell,
  counts: { steps: number; faults: number },
  visited: Set<string>,
): Promise<void> {
  const { world } = stage;
  let waiting = [...act];
  let requests = 0;
  let commits = 0;
  let since = world.time.now();
  const take = (fits: (step: Step) => boolean): Step | undefined => {
    const [next] = waiting;
    if (!next || !fits(next)) return undefined;
    waiting = waiting.slice(1);
    requests = 0;
    commits = 0;
    since = world.time.now();
    return next;
  };
  const play = async ({ deed }: Step) => {
    noticeBelongings(stage);
    // What waits for the answer is not there any more when it was given.
    if (deed.who === 'operator' && deed.does === 'answers-held')
      for (const what of await readVisited(stage)) visited.add(what);
    const done = await doDeed(stage, deed);
    stage.belongings = readBelongings(stage.world);
    counts.steps += done ? 1 : 0;
    counts.faults += done?.who === 'chance' ? 1 : 0;
    if (done) visited.add(visitOf(done));
    tell(world.time.now(), done ? tellDeed(done) : `${tellDeed(deed)} (cannot be done)`);
  };
  world.onRequest = async (seen) => {
    requests += 1;
    const step = take(({ when }) => {
      if ('beforeCall' in when) return isCall(seen, when.beforeCall);
      return 'beforeRequest' in when && when.beforeRequest <= requests;
    });
    if (step) await play(step);
    return fateOf(stage, seen, tell);
  };
  world.fateOfCommit = () => {
    commits += 1;
    const step = take(({ when }) => 'atCommit' in when && when.atCommit <= commits);
    if (step?.deed.who === 'chance') void play(step);
    const fate = stage.weather.nextCommit;
    stage.weather.nextCommit = 'commits';
    return fate;
  };
  while (waiting.length > 0) {
    const [next] = waiting;
    const patience = next && 'afterMs' in next.when ? next.when.afterMs : PATIENCE_MS;
    const dueAt = since + patience;
    await world.live(Math.min(dueAt, world.time.now() + 30_000));
    if (world.time.now() < since + patience || waiting[0] !== next) continue;
    const step = take(() => true);
    if (step) await play(step);
  }
}

/** @param words verb and a part of what it is about */
function isCall({ call }: SeenRequest, words: string): boolean {
  const [verb = '', about = ''] = words.split(' ');
  return call.startsWith(`${verb} `) && call.includes(about);
}

/** Begins the first full syncs; the user's deeds, or the calm after the act, approve of their previews. */
async function startFirstSyncs({ world }: Stage): Promise<void> {
  for (const connection of world.connections) {
    const { store } = connection;
    const clock = { now: world.time.now };
    await startRun({ connection: await world.row(connection), store, clock }, { id: world.newId(), asksFirst: false });
  }
}
