import type { Consent } from '../simulators/brevo/entities.ts';
import { type Happening, LONG_AGO, type Saying } from './happening.ts';
import type { EarlyMember, History } from './history.ts';
import { holders, knownHolders, mainsAt } from './holders.ts';
import { ownList } from './own-audience.ts';
import { isAskingAgain, isOwnRaise, isRaisedOver } from './raised-over.ts';
import { saidByAgents } from './said-by-agents.ts';
import type { Stage } from './stage.ts';
import { consentHistories } from './true-time.ts';

/** Statuses at Mailchimp of people who can leave; who was archived or is unknown has nothing to leave. */
const COULD_LEAVE: ReadonlySet<string> = new Set(['subscribed', 'pending', 'transactional']);

/**
 * Everything that was said up to now, oldest first. An opt-out at a provider is about the address and all contacts that have
 * it then; whoever gets another address there takes what he said along (R1, R7).
 */
export function sayingsOf(stage: Stage, history: History): Saying[] {
  const happenings = [
    ...planted(stage, history),
    ...atMailchimp(stage),
    ...atBrevo(stage),
    ...saidByAgents(stage),
    ...stage.enteredOptIns.map(
      ({ contactId, at }): Happening => ({
        at,
        kind: 'says',
        says: 'opt-in',
        about: [`contact ${contactId}`, ...mainsAt(stage, contactId, at)],
        how: 'entered by hand',
      }),
    ),
  ].sort((one, other) => one.at - other.at);
  let sayings: Saying[] = [];
  for (const happening of happenings) {
    if (happening.kind === 'says') {
      const { at, says, about, how, isInHistory = false } = happening;
      sayings.push({ at, says, about: new Set(about), how, isInHistory });
      continue;
    }
    const { from, to, cameAt, isKnown, by } = happening;
    // Whoever had another address before anybody read him under this one was never met under it.
    const isUnseen = ({ at, how, about }: Saying) =>
      !isKnown && at >= cameAt && how.endsWith(by) && about.has(`address ${from}`);
    sayings = sayings.filter((saying) => !isUnseen(saying));
    if (!isKnown) continue;
    for (const { about, isInHistory, how } of sayings) {
      // A history is read under the address that Mailchimp has archived, whatever he is called elsewhere.
      const goesAlong = !isInHistory || how.endsWith(by);
      if (goesAlong && about.has(`address ${from}`)) about.add(`address ${to}`);
    }
  }
  return sayings;
}

/** Whoever left and was archived shows it in his history, where Mailchimp shows that. */
function hadLeft({ world }: Stage, { standing, provider }: EarlyMember): boolean {
  if (standing !== 'left-and-off') return standing === 'unsubscribed';
  return provider === 'brevo' || world.mailchimp.switches.archivedFeed === 'readable';
}

/**
 * Whoever was taken out, moved or raised before everything was in order once may never have been seen as unsubscribed. Of
 * somebody who was archived nobody reads why, unless it is we who put him back.
 */
function isGoneAtOnce({ world, calmAt }: Stage, { provider, email, standing }: EarlyMember): boolean {
  const calm = (standing === 'left-and-off' ? undefined : calmAt[0]) ?? world.time.now();
  const histories = consentHistories(world);
  const changes = provider === 'brevo' ? histories.brevo : histories.mailchimp;
  return changes.some((change) => {
    // It is just that by which we must not have put him back.
    if (standing === 'left-and-off' && isOwnRaise(world, change)) return false;
    const addresses = [change.email, change.previousEmail ?? ''].map((one) => one.toLowerCase());
    return change.at <= calm && addresses.includes(email);
  });
}

function planted(stage: Stage, { members, contacts }: History): Happening[] {
  const left = members
    .filter((member) => hadLeft(stage, member) && !isGoneAtOnce(stage, member))
    .map(
      ({ email, provider, standing }): Happening => ({
        isInHistory: standing === 'left-and-off' && provider === 'mailchimp',
        at: LONG_AGO,
        kind: 'says',
        says: 'opt-out',
        // Whoever got another address before everything was in order once was never met under this one.
        about: holders(stage, email, stage.calmAt[0] ?? stage.world.time.now()),
        how: `had left at ${provider}`,
      }),
    );
  // A No that was there from the beginning is the contact's own, and nobody saw it set (R8).
  const no = contacts.flatMap(({ newsletter }, index): Happening[] => {
    const id = stage.contactIds[index];
    if (id === undefined || (newsletter !== '0' && newsletter !== '2')) return [];
    if (stage.world.crm.store.newsletterHistory(id).length > 0) return [];
    return [{ at: LONG_AGO, kind: 'says', says: 'opt-out', about: [`contact ${id}`], how: 'had No in the CRM' }];
  });
  return [...left, ...no];
}

function atMailchimp(stage: Stage): Happening[] {
  const changes = consentHistories(stage.world).mailchimp;
  return changes.flatMap((change, place): Happening[] => {
    const { at, by, to, from, email, previousEmail } = change;
    if (previousEmail !== undefined) {
      const came = changes.findLast(
        (one, index) => index < place && one.email === previousEmail && (one.from === 'absent' || one.previousEmail),
      );
      const move = { cameAt: came?.at ?? LONG_AGO, at, from: previousEmail, to: email };
      return [moves(stage, 'mailchimp', move)];
    }
    if (by !== 'person' && by !== 'admin') return [];
    if (to === 'subscribed')
      return [{ at, kind: 'says', says: 'opt-in', about: holders(stage, email, at), how: `${by} at mailchimp` }];
    const isComplaint = to === 'cleaned' && by === 'person';
    const isLeaving = (to === 'unsubscribed' && COULD_LEAVE.has(from)) || isComplaint;
    const archived = archivedBeforeCalm(stage, change);
    const isHidden = archived !== undefined && stage.world.mailchimp.switches.archivedFeed !== 'readable';
    const isUnheard =
      isForgottenBeforeCalm(stage, change) ||
      isAskingAgain(stage, change) ||
      isRaisedBeforeCalm(stage, change) ||
      isRaisedOver(stage, change, place);
    if (!isLeaving || isHidden || isUnheard) return [];
    const isInHistory = archived?.by === 'admin';
    const about = knownHolders(stage, email, at);
    return [{ at, kind: 'says', says: 'opt-out', about, how: `${by} at mailchimp`, isInHistory }];
  });
}

/** A program subscribed him again before anybody can be sure to have learned of it: some events do not say that he left. */
function isRaisedBeforeCalm({ world, calmAt }: Stage, { at, contactId }: { at: number; contactId: string }): boolean {
  const calm = calmAt.find((one) => one > at) ?? world.time.now();
  return consentHistories(world).mailchimp.some(
    (change) =>
      change.contactId === contactId &&
      change.by === 'api' &&
      change.apiKey !== world.mailchimp.apiKey &&
      change.to === 'subscribed' &&
      change.at >= at &&
      change.at <= calm,
  );
}

/** That he was archived before anybody can be sure to have learned of it: from then on his history alone shows it. */
function archivedBeforeCalm({ world, calmAt }: Stage, { at, contactId }: { at: number; contactId: string }) {
  const calm = calmAt.find((one) => one > at) ?? world.time.now();
  return consentHistories(world).mailchimp.find(
    (change) => change.contactId === contactId && change.to === 'archived' && change.at >= at && change.at <= calm,
  );
}

/** Whoever is deleted for good is in no listing and has no history, and webhooks may come late or not say that he left. */
function isForgottenBeforeCalm(
  { world, calmAt }: Stage,
  { at, contactId }: { at: number; contactId: string },
): boolean {
  const calm = calmAt.find((one) => one > at) ?? world.time.now();
  return consentHistories(world).mailchimp.some(
    (change) => change.contactId === contactId && change.to === 'absent' && change.at >= at && change.at <= calm,
  );
}

/** The same at Brevo, where a block that a program has lifted leaves no trace. */
function isLiftedBeforeCalm({ world, calmAt }: Stage, { at, email }: { at: number; email: string }): boolean {
  const calm = calmAt.find((one) => one > at) ?? world.time.now();
  return consentHistories(world).brevo.some(
    (change) =>
      change.email === email &&
      change.by === 'api' &&
      change.apiKey !== world.brevo.apiKey &&
      change.to !== 'absent' &&
      !change.to.blocked &&
      change.at >= at &&
      change.at <= calm,
  );
}

/** Deleted ones are in no list of what changed, and webhooks may come late. */
function isDeletedBeforeCalm({ world, calmAt }: Stage, { at, email }: { at: number; email: string }): boolean {
  const calm = calmAt.find((one) => one > at) ?? world.time.now();
  return consentHistories(world).brevo.some(
    (change) => change.email === email && change.to === 'absent' && change.at >= at && change.at <= calm,
  );
}

/** When a provider's members were listed to us, oldest first. */
function membersListed({ world }: Stage, provider: string): number[] {
  return world.membersListedAt.filter(({ system }) => system === provider).map(({ at }) => at);
}

/** @param move `cameAt`: when he got the address that he has no more; long ago: it is not known */
function moves(
  stage: Stage,
  by: 'mailchimp' | 'brevo',
  move: { cameAt: number; at: number; from: string; to: string },
): Happening {
  const isListed = membersListed(stage, by).some((at) => at >= move.cameAt && at <= move.at);
  return { ...move, kind: 'moves', isKnown: isListed || isTold(stage, by, move), by };
}

/** Whether a webhook has told of somebody under the address that he had then. */
function isTold({ world, restoredAt }: Stage, by: string, { cameAt, from }: { cameAt: number; from: string }): boolean {
  const names = [from, encodeURIComponent(from)];
  return world.told.some(
    ({ provider, at, body }) =>
      provider === by && at >= Math.max(cameAt, restoredAt) && names.some((name) => body.includes(name)),
  );
}

function atBrevo(stage: Stage): Happening[] {
  const { brevo } = stage.world;
  const list = ownList(brevo).id;
  const hasLeft = (consent: Consent | 'absent') =>
    consent !== 'absent' && (consent.blocked || consent.listUnsubscribed.includes(list));
  const isActive = (consent: Consent | 'absent') =>
    consent !== 'absent' && !hasLeft(consent) && consent.listIds.includes(list);
  const isMember = (consent: Consent | 'absent') => hasLeft(consent) || isActive(consent);
  const changes = consentHistories(stage.world).brevo;
  return changes.flatMap((change, place): Happening[] => {
    const { at, by, to, from, email, previousEmail, reason } = change;
    // Whoever is off the list and not blocked is no member, and nobody looks what becomes of him.
    if (previousEmail !== undefined) {
      if (!isMember(from)) return [];
      const isComing = (one: typeof change) => !isMember(one.from) || one.previousEmail !== undefined;
      const came = changes.findLast((one, index) => index < place && one.email === previousEmail && isComing(one));
      const move = { cameAt: came?.at ?? LONG_AGO, at, from: previousEmail, to: email };
      return [moves(stage, 'brevo', move)];
    }
    if ((by !== 'person' && by !== 'admin') || reason === 'bounced') return [];
    if (hasLeft(to) && !hasLeft(from)) {
      const about = knownHolders(stage, email, at);
      return isLiftedBeforeCalm(stage, change) || isDeletedBeforeCalm(stage, change)
        ? []
        : [{ at, kind: 'says', says: 'opt-out', about, how: `${by} at brevo` }];
    }
    if (isActive(to) && !isActive(from))
      return [{ at, kind: 'says', says: 'opt-in', about: holders(stage, email, at), how: `${by} at brevo` }];
    return [];
  });
}
