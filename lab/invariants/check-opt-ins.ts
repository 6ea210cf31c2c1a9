import type { Consent } from '../../simulators/brevo/entities.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import type { Saying } from '../happening.ts';
import type { History } from '../history.ts';
import { eligibleHolders, type Identity } from '../holders.ts';
import { ownList } from '../own-audience.ts';
import { sayingsOf } from '../sayings.ts';
import type { Stage } from '../stage.ts';
import { consentHistories } from '../true-time.ts';
import { activeMembers, readersInCrm, readShown } from './read-standing.ts';

/** Stamps of two systems are whole seconds. */
const TIE_MS = 1_100;

/** What an agent changed so long before may not have been carried over, in ms. */
const ON_THE_WAY_MS = 5 * 60_000;

/** What we sent so long after a sign-up was under way before anybody could hear of it, in ms. */
const UNDER_WAY_MS = 1_000;

/** Whoever changes his mind more often within a day is left alone (F7). */
const FEW_CHANGES = 3;

/** Why an active member's contact may say something else than Yes, and is left so (R5, R9). */
const LEFT_SO = /^(member_of_|second_address|unknown_member|resubscribed_elsewhere)/;

/**
 * No opt-in is lost, by what the simulators saw people do: whose last word is a sign-up at a provider, newer than every opt-out, he
 * is a contact that says Yes, unless it is shown why not.
 *
 * @returns what is wrong, in sentences
 */
export async function checkOptIns(stage: Stage, history: History): Promise<string[]> {
  const now = stage.world.time.now();
  const sayings = sayingsOf(stage, history);
  const readers = readersInCrm(stage);
  const problems: string[] = [];
  for (const connection of stage.world.connections) {
    const { provider } = connection;
    const shown = await readShown(stage, connection);
    for (const { email, raisedBy, raisedAt } of activeMembers(stage, provider)) {
      if (raisedBy !== 'person' && raisedBy !== 'admin') continue;
      if (shown.held.has(email) || readers.some((reader) => reader.email === email)) continue;
      const holders = eligibleHolders(stage, email, now);
      const reason = shown.members.get(email);
      const isLeftSo =
        reason !== undefined && LEFT_SO.test(reason) && !(reason === 'unknown_member' && holders.length > 1);
      if (isLeftSo || !isLastWord(sayings, holders, raisedAt)) continue;
      problems.push(
        `opt-in: ${email} signed up at ${provider} (${raisedBy} ${stamp(raisedAt)}, shown as ${reason ?? 'fine'}), and no contact says Yes: ${holders.join(', ')}`,
      );
    }
  }
  return [...problems, ...(await undone(stage, history, sayings))];
}

/** Sign-ups that we took back although nobody had said or changed anything since. */
async function undone(stage: Stage, history: History, sayings: readonly Saying[]): Promise<string[]> {
  const firstCalm = stage.calmAt[0];
  const rows = await Promise.all(stage.world.connections.map((connection) => stage.world.row(connection)));
  // From when the data may be old, who had left counts as gone after whoever came back before (F9).
  const hasGoneBack = stage.restoredAt > 0 || rows.some(({ wentBack }) => wentBack);
  if (firstCalm === undefined || hasGoneBack) return [];
  const now = stage.world.time.now();
  const problems: string[] = [];
  for (const connection of stage.world.connections) {
    const { provider } = connection;
    const shown = await readShown(stage, connection);
    const active = new Set(activeMembers(stage, provider).map(({ email }) => email));
    for (const { email, at } of takenBack(stage, provider)) {
      if (at < firstCalm || active.has(email) || shown.held.has(email)) continue;
      if ((stage.touchedAt.get(email) ?? 0) > at - ON_THE_WAY_MS) continue;
      const holders = eligibleHolders(stage, email, now);
      const contacts = holders.filter((one) => one.startsWith('contact '));
      const isShown = contacts.some((one) => shown.contacts.has(Number(one.slice('contact '.length))));
      // An opt-out that is heard of after the sign-up that followed it wins (R4).
      const heardFrom = at - ON_THE_WAY_MS - (history.switches[provider].webhookDelayMs ?? 0);
      if (contacts.length === 0 || isShown || !isLastWord(sayings, holders, heardFrom)) continue;
      if (hasLeftElsewhere(sayings, holders, provider) || hasGoneSince(stage, email, heardFrom)) continue;
      problems.push(`opt-in: ${email} signed up at ${provider} (${stamp(at)}), and was taken out by us`);
    }
  }
  return problems;
}

/** A change of somebody's consent at a provider, in the words of both. */
type Turn = {
  email: string;
  at: number;
  isActive: boolean;
  isMove: boolean;
  by: 'us' | 'program' | 'person' | 'admin' | 'provider';
};

/** Addresses whose last change of consent at a provider was ours, and the one before it a sign-up, with its instant. */
function takenBack(stage: Stage, provider: ProviderName): { email: string; at: number }[] {
  const turns = turnsAt(stage, provider);
  return [...Map.groupBy(turns, ({ email }) => email)].flatMap(([email, ofOne]) => {
    const [signUp, last] = ofOne.slice(-2);
    const others = ofOne.filter(({ by }) => by !== 'us').length;
    if (!signUp || !last || others > FEW_CHANGES || last.isMove || signUp.isMove) return [];
    const isSignUp = signUp.isActive && (signUp.by === 'person' || signUp.by === 'admin');
    const isTakenBack = !last.isActive && last.by === 'us' && last.at > signUp.at + UNDER_WAY_MS;
    return isSignUp && isTakenBack ? [{ email, at: signUp.at }] : [];
  });
}

function turnsAt({ world }: Stage, provider: ProviderName): Turn[] {
  const { brevo, mailchimp } = consentHistories(world);
  const list = ownList(world.brevo).id;
  const turn = (
    change: {
      email: string;
      at: number;
      by: 'api' | 'person' | 'admin' | 'provider';
      apiKey?: string;
      previousEmail?: string;
    },
    isActive: boolean,
    own: string,
  ): Turn => ({
    email: change.email.toLowerCase(),
    at: change.at,
    isActive,
    isMove: change.previousEmail !== undefined,
    by: change.by !== 'api' ? change.by : change.apiKey === own ? 'us' : 'program',
  });
  return provider === 'brevo'
    ? brevo.map((change) => turn(change, isOnList(change.to, list), world.brevo.apiKey))
    : mailchimp.map((change) => turn(change, change.to === 'subscribed', world.mailchimp.apiKey));
}

function isOnList(consent: Consent | 'absent', list: number): boolean {
  return (
    consent !== 'absent' &&
    !consent.blocked &&
    consent.listIds.includes(list) &&
    !consent.listUnsubscribed.includes(list)
  );
}

function isLastWord(sayings: readonly Saying[], holders: readonly Identity[], at: number): boolean {
  return !sayings.some(
    (saying) => saying.says === 'opt-out' && saying.at > at - TIE_MS && holders.some((one) => saying.about.has(one)),
  );
}

/** Somebody took the address out himself, also where it cannot be claimed that everybody heard of it. */
function hasGoneSince(stage: Stage, address: string, since: number): boolean {
  return stage.world.connections.some(({ provider }) =>
    turnsAt(stage, provider).some(
      ({ email, at, by, isActive }) =>
        email === address && at > since && !isActive && (by === 'person' || by === 'admin'),
    ),
  );
}

/** A contact that is made for a sign-up meets whoever had left at another provider for the first time (R5). */
function hasLeftElsewhere(sayings: readonly Saying[], holders: readonly Identity[], provider: ProviderName): boolean {
  return sayings.some(
    ({ says, how, about }) =>
      says === 'opt-out' && / at /.test(how) && !how.endsWith(provider) && holders.some((one) => about.has(one)),
  );
}

function stamp(at: number): string {
  return new Date(at).toISOString().slice(5, 19);
}
