import { drawInteger, drawOne, type Random, seededRandom } from '../simulators/shared/random.ts';
import { ACTIVITY_KINDS_OF } from '../src/core/activity-settings.ts';
import type { PlantedContact } from '../test/support/plant.ts';
import { drawAdminDeed } from './actors/admin.ts';
import { drawAgentDeed } from './actors/agent.ts';
import { type Cast, drawWeighed } from './actors/cast.ts';
import { drawChanceDeed, drawRequestFate } from './actors/chance.ts';
import { drawOperatorDeed } from './actors/operator.ts';
import { drawSubscriberDeed } from './actors/subscriber.ts';
import { drawAimed } from './draw-aimed.ts';
import { drawMeetings, drawPairs } from './draw-meetings.ts';
import type { Deed, EarlyMember, History, Moment, Step } from './history.ts';

const MINUTE_MS = 60_000;

/** People whom nothing happens to, so that one person is not half of the audience (R12). */
const BYSTANDERS = 6;

const BYSTANDING = Array.from({ length: BYSTANDERS }, (_, number) => ({ email: `bystander${number}@immo-test.de` }));

/** How many histories go through the tables R5 and R6, and in how many acts. */
const MEETINGS_SHARE = 0.1;
const MEETINGS = 2;

/** How many acts a history has, and how many clusters an act: what goes wrong shows in few, and few are played sooner. */
const ACTS = { 1: 3, 2: 1 } as const;
const CLUSTERS = { 1: 2, 2: 2, 3: 1 } as const;

/** How often both sides are asked. */
const POLLS = {
  usual: undefined,
  often: { crmSeconds: 60, providerSeconds: 60 },
  seldom: { crmSeconds: 120, providerSeconds: 120 },
  'hardly ever': { crmSeconds: 300, providerSeconds: 120 },
} as const;

/** Whether an address is that of somebody whom nothing happens to. */
export function isBystander(email: string): boolean {
  return email.startsWith('bystander');
}

/** Who acts, and how often. */
const ACTORS = { agent: 6, subscriber: 5, admin: 4, operator: 3 } as const;

export const ACTOR_NAMES = Object.keys(ACTORS) as readonly (keyof typeof ACTORS)[];

/** Which parts of a history are drawn; all by default. */
export type DrawOptions = { actors: readonly (keyof typeof ACTORS)[]; hasFaults: boolean };

/** The history of a seed: the same one on every machine. */
export function drawHistory(seed: number, options: DrawOptions): History {
  const random = seededRandom(seed * 7919 + 13);
  const providers = drawOne(random, [['mailchimp'], ['brevo'], ['mailchimp', 'brevo']] as const);
  const isOfMeetings = options.actors.length === ACTOR_NAMES.length && random() < MEETINGS_SHARE;
  const people = isOfMeetings ? 5 : drawInteger(random, 2, 5);
  const addresses = Array.from({ length: people }, (_, person) =>
    [0, 1].map((number) => `p${person}.${number}@immo-test.de`),
  ).flat();
  const { contacts, members } = isOfMeetings
    ? drawPairs(random, providers, people)
    : {
        contacts: drawContacts(random, people),
        members: providers.flatMap((provider) => drawMembers(random, provider, addresses)),
      };
  const cast: Cast = { addresses, contacts: people, readers: readersAmong(contacts), providers };
  const acts = isOfMeetings
    ? Array.from({ length: MEETINGS }, () => drawMeetings(random, providers, people))
    : Array.from({ length: Number(drawWeighed(random, ACTS)) }, () => drawAct(random, cast, options));
  return {
    seed,
    providers,
    hasWebhooks: random() < 0.8,
    isAtNight: random() < 0.2,
    startsEarly: random() < 0.3,
    settings: drawSettings(random),
    skewMs: drawSkew(random),
    contacts: [...contacts, ...BYSTANDING],
    members,
    addresses,
    switches: drawSwitches(random),
    acts,
  };
}

function drawContacts(random: Random, people: number): PlantedContact[] {
  return Array.from({ length: people }, (_, person): PlantedContact => {
    const shares = person > 0 && random() < 0.15;
    return {
      email:
        random() < 0.05 ? drawOne(random, ['', 'kein-at-zeichen']) : `p${shares ? person - 1 : person}.0@immo-test.de`,
      newsletter: drawOne(random, ['1', '1', '1', '1', '1', '0', '2', '3', '4', '5', '', '9']),
      firstName: `Vorname${person}`,
      tags: random() < 0.3 ? ['Eigentümer'] : [],
      isPrivate: random() < 0.05,
      isArchived: random() < 0.05,
      ...(random() < 0.1 ? { furtherEmails: [`p${person}.1@immo-test.de`] } : {}),
    };
  });
}

function readersAmong(contacts: readonly PlantedContact[]): Cast['readers'] {
  return contacts.flatMap(({ email, newsletter, isPrivate, isArchived }, contact) =>
    newsletter === '1' && !isPrivate && !isArchived && email.includes('@') ? [{ contact, address: email }] : [],
  );
}

function drawMembers(random: Random, provider: EarlyMember['provider'], addresses: readonly string[]): EarlyMember[] {
  return addresses
    .filter(() => random() < 0.3)
    .map((email) => ({
      provider,
      email,
      standing: drawWeighed(random, {
        subscribed: 3,
        unsubscribed: 1.5,
        off: 0.8,
        'left-and-off': 1.2,
        bounced: 0.4,
        unconfirmed: 0.4,
        elsewhere: 0.4,
        gone: 0.3,
      }),
    }));
}

/** Some people at once, then others: what they do meets the same polls, rounds and syncs. */
function drawAct(random: Random, cast: Cast, options: DrawOptions): Step[] {
  return Array.from({ length: Number(drawWeighed(random, CLUSTERS)) }, () => drawCluster(random, cast, options)).flat();
}

function drawCluster(random: Random, cast: Cast, options: DrawOptions): Step[] {
  // Where somebody does not act, nothing is aimed at him.
  if (options.actors.length === ACTOR_NAMES.length && random() < 0.4) return drawAimed(random, cast, options.hasFaults);
  const deeds = Array.from(
    { length: drawInteger(random, 1, 4) },
    (_, number): Step => ({
      when: drawMoment(random, number === 0),
      deed: drawDeed(random, cast, drawActor(random, options)),
    }),
  );
  const faults = options.hasFaults ? drawFaults(random, cast) : [];
  return [...deeds, ...faults];
}

function drawActor(random: Random, { actors }: DrawOptions): keyof typeof ACTORS {
  const weights = Object.fromEntries(
    Object.entries(ACTORS).map(([who, weight]) => [who, actors.includes(who as keyof typeof ACTORS) ? weight : 0]),
  ) as Record<keyof typeof ACTORS, number>;
  return drawWeighed(random, weights);
}

/** What goes wrong while the deeds before are being carried over. */
function drawFaults(random: Random, cast: Cast): Step[] {
  const who = 'chance' as const;
  switch (drawWeighed(random, { none: 4, request: 4, commit: 3, weather: 2 })) {
    case 'none':
      return [];
    case 'request':
      return Array.from({ length: drawInteger(random, 1, 3) }, () => ({
        when: drawRequestMoment(random),
        deed: { who, does: 'meets-request', fate: drawRequestFate(random) },
      }));
    case 'commit':
      return Array.from({ length: drawInteger(random, 1, 2) }, () => ({
        when: { atCommit: drawInteger(random, 1, 20) },
        deed: { who, does: 'kills-at-commit', fate: drawOne(random, ['dies-before', 'dies-after'] as const) },
      }));
    case 'weather': {
      const deed = drawChanceDeed(random, cast);
      const step: Step = { when: drawMoment(random, false), deed };
      if (deed.does !== 'backs-up') return [step];
      // What happens in between is not in the backup.
      const between = Array.from(
        { length: drawInteger(random, 1, 3) },
        (): Step => ({
          when: { afterMs: drawInteger(random, 1_000, 3 * MINUTE_MS) },
          deed: drawDeed(random, cast, drawOne(random, ['agent', 'subscriber', 'admin'] as const)),
        }),
      );
      return [step, ...between, { when: drawMoment(random, false), deed: { who, does: 'restores' } }];
    }
  }
}

function drawMoment(random: Random, isFirst: boolean): Moment {
  switch (
    drawWeighed(
      random,
      isFirst ? { soon: 1, later: 3, long: 1, request: 2 } : { soon: 4, later: 1, long: 0.3, request: 4 },
    )
  ) {
    case 'soon':
      return { afterMs: drawInteger(random, 0, 4_000) };
    case 'later':
      return { afterMs: drawInteger(random, 5_000, 2 * MINUTE_MS) };
    case 'long':
      return { afterMs: drawInteger(random, 2 * MINUTE_MS, 7 * MINUTE_MS) };
    case 'request':
      return drawRequestMoment(random);
  }
}

/** Requests after which something is otherwise: what happens right before them, or to them, is worth aiming at. */
const WRITES = [
  'modify address',
  'create address',
  'create agentslog',
  'POST /3.0/lists',
  'PUT /3.0/lists',
  'PATCH /3.0/lists',
  'POST /v3/contacts',
  'PUT /v3/contacts',
] as const;

function drawRequestMoment(random: Random): Moment {
  return random() < 0.4 ? { beforeCall: drawOne(random, WRITES) } : { beforeRequest: drawInteger(random, 1, 8) };
}

function drawDeed(random: Random, cast: Cast, who: keyof typeof ACTORS): Deed {
  switch (who) {
    case 'agent':
      return drawAgentDeed(random, cast);
    case 'subscriber':
      return drawSubscriberDeed(random, cast);
    case 'admin':
      return drawAdminDeed(random, cast);
    case 'operator':
      return drawOperatorDeed(random, cast);
  }
}

/** What the user may set, as far as it makes a difference to what is checked. */
function drawSettings(random: Random): History['settings'] {
  const polls = POLLS[drawWeighed(random, { usual: 1, often: 1, seldom: 1, 'hardly ever': 1 })];
  return {
    ...(polls ? { polls } : {}),
    activities: random() < 0.5 ? ACTIVITY_KINDS_OF.mailchimp : ['subscribed', 'unsubscribed'],
    optOutValue: drawOne(random, ['cancellation', 'no'] as const),
    unsubscribeBy: random() < 0.2 ? 'list' : 'block',
    unknownMembers: random() < 0.15 ? 'leave' : 'create',
  };
}

/** Most clocks are right, some are a little beside, few by minutes. */
function drawSkew(random: Random): History['skewMs'] {
  const skew = () =>
    random() < 0.7 ? 0 : drawOne(random, [-90_000, -20_000, -1_500, -400, 400, 1_500, 20_000, 90_000]);
  return { onoffice: skew(), mailchimp: skew(), brevo: skew() };
}

/** Each switch of the simulators that the product has to survive, in one of its positions. */
function drawSwitches(random: Random): History['switches'] {
  const flip = () => random() < 0.5;
  const one = <T>(list: readonly T[]): T => drawOne(random, list);
  return {
    onOffice: {
      bumpOnUnchanged: flip(),
      missingRecordIds: one(['skip', 'error']),
      scalars: one(['strings', 'numbers']),
    },
    mailchimp: {
      batchCompliance: one(['silent', 'error']),
      bulkAnswers: one(['as-specified', 'full']),
      raiseAfterApiUnsubscribe: one(['allowed', 'refused', 'silent']),
      bulkAddArchived: one(['refused', 'unarchived']),
      changeAddressOfInactive: one(['refused', 'moved']),
      archivedFeed: one(['readable', 'missing']),
      unsubscribeOfArchived: one(['kept-in-feed', 'ignored']),
      archiveEvent: one(['delete', 'without-action', 'none']),
      unsubscribeAction: one(['sent', 'missing']),
      archiveAllEvents: flip(),
      complaint: one(['unsubscribe', 'cleaned', 'both']),
      changedAddressEvents: one(['upemail-first', 'profile-first', 'upemail-only']),
      duplicateEvents: random() < 0.3,
      webhookDelayMs: one([0, 0, 0, 3_000, 90_000, 40 * MINUTE_MS, 26 * 60 * MINUTE_MS]),
    },
    brevo: {
      limits: false,
      timestamps: one(['local', 'utc']),
      listUnsubscribedWhenNone: one(['null', 'missing', 'empty']),
      addressChange: one(['lifts-block', 'keeps-block']),
      addressChangeWithBlock: one(['unblocked', 'blocked']),
      modifiedAtOnUnsubscribe: random() < 0.85,
      modifiedAtOnListRemoval: random() < 0.85,
      apiBlockStatistics: one(['admin', 'none']),
      importEvents: one(['none', 'list_addition', 'all']),
      importLiftsBlock: flip(),
      processQueueMs: one([1_000, 60_000]),
      processMs: one([4_000, 120_000]),
      eventSpelling: one(['samples', 'tables', 'registered']),
      blockEvents: one(['none', 'after', 'before']),
      existingListAddition: one(['list_addition', 'contact_updated', 'both']),
      updatedAddress: one(['both', 'content-only', 'top-level-only']),
      duplicateEvents: random() < 0.3,
      webhookDelayMs: one([0, 0, 0, 3_000, 90_000, 40 * MINUTE_MS]),
      webhookJitterMs: one([0, 20_000, 10 * MINUTE_MS]),
    },
  };
}
