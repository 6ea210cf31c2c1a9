import type { MailchimpSimulator } from '../simulators/mailchimp/index.ts';
import { parseLaneName } from '../src/jobs/lane-name.ts';
import { isRead, type SeenRequest } from './carry-request.ts';
import type { LabTime } from './lab-time.ts';
import type { MortalEngine } from './mortal-engine.ts';

/** One process at work on one lane. */
export type LaneTurn = { lane: string; worker: MortalEngine };

/**
 * A request as its lane sent it. `at`: ms; `changesBefore`: of consent at Mailchimp, when it was sent, and when it arrived; `shows`:
 * whom its answer shows.
 */
export type SentRequest = {
  turn: LaneTurn;
  seen: SeenRequest;
  at: number;
  changesBefore: { sending: number; arriving: number };
  shows: Reading['of'] | undefined;
};

/**
 * A reading at Mailchimp by which a member was seen as he was: his own, or one of everybody. `changes`: so many changes of consent
 * it could show; `heardAt`: ms.
 */
export type Reading = { of: 'everybody' | { hash: string }; changes: number; heardAt: number };

/** Somebody whom a request of ours raised at Mailchimp, with the lane that still was its worker's when the answer came. Times in ms. */
export type HeardRaise = { email: string; sentAt: number; heardAt: number; turn: LaneTurn };

/** A write at Mailchimp by a lane. */
export type LaneWrite = { call: string; at: number; turn: LaneTurn };

/** Who works on which lane, and what he writes: seen from outside, where requests leave the process. */
export type LaneWatch = {
  begin(lane: string, worker: MortalEngine): LaneTurn;
  /** @param turn undefined: no lane sends it */
  send(turn: LaneTurn | undefined, seen: SeenRequest, url: string): SentRequest | undefined;
  /** It is carried out next. */
  arrive(sent: SentRequest | undefined): void;
  /** @param isWhole the answer came as the system gave it; `isGranted`: it is no refusal */
  hear(sent: SentRequest | undefined, isWhole: boolean, isGranted: boolean): void;
  /** Somebody else begins to work on the audience of a connection (F9). @param isThere whether it shows by a hook still */
  meetTwin(connectionId: string, isThere: () => boolean): void;
  /** A person lets this copy go on. */
  takeOver(connectionId: string): void;
  /** A database of before knows no marks and finds nobody by them: from now on nothing is claimed of twins. */
  forgetTwins(): void;
  raises: HeardRaise[];
  readings: Reading[];
  writes: LaneWrite[];
  /** what no worker may do (F9), in sentences */
  wrongs: string[];
};

/** A twin that nobody has looked for since it came; that the process of now will find when it looks; and that was found. */
type TwinState = { isThere: () => boolean; unseenBy: MortalEngine | undefined } | { foundAt: number };

const HOOK_LISTING = /^GET .*\/webhooks$/;

/** Begins to watch. */
export function watchLanes(time: LabTime, mailchimp: MailchimpSimulator): LaneWatch {
  const holders = new Map<string, { turn: LaneTurn; since: number }>();
  const twins = new Map<string, TwinState>();
  let newest: MortalEngine | undefined;
  let hasGoneBack = false;
  const watch: LaneWatch = {
    raises: [],
    readings: [],
    writes: [],
    wrongs: [],
    begin(lane, worker) {
      const turn = { lane, worker };
      holders.set(lane, { turn, since: time.now() });
      newest = worker;
      return turn;
    },
    send(turn, seen, url) {
      if (!turn) return undefined;
      const at = time.now();
      const changes = mailchimp.store.consentHistory.length;
      const changesBefore = { sending: changes, arriving: changes };
      const sent: SentRequest = { turn, seen, at, changesBefore, shows: shownBy(url, seen) };
      if (isRead(seen)) return sent;
      if (seen.system === 'mailchimp') watch.writes.push({ call: seen.call, at, turn });
      const holder = holders.get(turn.lane);
      if (holder && holder.turn.worker !== turn.worker && holder.since < at)
        watch.wrongs.push(`F9: a worker that had lost its lane sent ${seen.system} ${seen.call}`);
      const twin = twins.get(parseLaneName(turn.lane).connectionId);
      if (twin && 'foundAt' in twin && twin.foundAt < at)
        watch.wrongs.push(`F9: beside a twin that it had found it sent ${seen.system} ${seen.call}`);
      return sent;
    },
    arrive(sent) {
      if (sent) sent.changesBefore.arriving = mailchimp.store.consentHistory.length;
    },
    hear(sent, isWhole, isGranted) {
      if (!sent || !isWhole) return;
      const { turn, seen } = sent;
      const { connectionId, lane } = parseLaneName(turn.lane);
      const twin = twins.get(connectionId);
      const looks = isGranted && lane === 'main' && HOOK_LISTING.test(seen.call);
      // Hooks are looked at for twins at each start, before anything else.
      if (looks && twin && 'isThere' in twin && twin.unseenBy !== turn.worker && twin.isThere())
        twins.set(connectionId, { foundAt: time.now() });
      if (sent.shows)
        watch.readings.push({ of: sent.shows, changes: sent.changesBefore.arriving, heardAt: time.now() });
      if (seen.system !== 'mailchimp' || isRead(seen) || holders.get(turn.lane)?.turn !== turn) return;
      const raised = mailchimp.store.consentHistory
        .slice(sent.changesBefore.sending)
        .filter(
          ({ to, apiKey, previousEmail }) => to === 'subscribed' && apiKey === mailchimp.apiKey && !previousEmail,
        );
      for (const { email } of raised)
        if (seen.body.toLowerCase().includes(email))
          watch.raises.push({ email, sentAt: sent.at, heardAt: time.now(), turn });
    },
    meetTwin(connectionId, isThere) {
      if (!hasGoneBack) twins.set(connectionId, { isThere, unseenBy: newest });
    },
    takeOver(connectionId) {
      twins.delete(connectionId);
    },
    forgetTwins() {
      twins.clear();
      hasGoneBack = true;
    },
  };
  return watch;
}

function shownBy(url: string, { system, call }: SeenRequest): Reading['of'] | undefined {
  if (system !== 'mailchimp' || !call.startsWith('GET ')) return undefined;
  const hash = /\/members\/([0-9a-f]{32})$/.exec(call)?.[1];
  if (hash !== undefined) return { hash };
  // What changed since, and the archived ones, are asked for apart.
  const isOfEverybody = call.endsWith('/members') && !/since_last_changed|status=/.test(url);
  return isOfEverybody ? 'everybody' : undefined;
}
