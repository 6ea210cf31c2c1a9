import { drawInteger, drawOne, type Random } from '../simulators/shared/random.ts';
import { type Cast, drawWeighed } from './actors/cast.ts';
import { NEWSLETTER_AIMS } from './aims-of-newsletters.ts';
import { RIVAL_AIMS } from './aims-of-rivals.ts';
import type { RequestFate } from './carry-request.ts';
import type { Deed, Moment, Step } from './history.ts';

/** What is aimed at, and how often. */
const AIMS = {
  'a contact whose making is not answered': 2,
  'an activity whose making is not answered': 2,
  'somebody who leaves while he is raised': 3,
  'a No that is set while Yes is written': 2,
  'a write that is not answered': 2,
  'a leaver whose contact gets another address before the CRM hears of it': 2,
  'a leaver for whom somebody makes another contact': 2,
  'an archived member whom his contact brings back': 1.5,
  'a raise that another program makes': 1,
  'somebody whom Mailchimp does not take': 1,
  'somebody who leaves while his name is written': 3,
  'somebody who comes back as soon as his No is written': 2,
  'somebody who leaves at an address that two contacts share': 2,
  'a further address that signs up': 1.5,
  'a contact that follows its member, without an answer': 2,
  'a form that is saved over what has happened since': 1.5,
  'more than half of all at once, and the answer to the question': 1.5,
  'a tag that is deleted at the provider': 0.7,
  'a full sync during which somebody leaves': 1.5,
} as const;

/** Those that stand in files of their own. */
const MORE_AIMS = { ...RIVAL_AIMS, ...NEWSLETTER_AIMS };
const MORE_WEIGHTS = Object.fromEntries(Object.entries(MORE_AIMS).map(([name, { weight }]) => [name, weight]));

/** Answers that do not tell whether the request was carried out. */
const UNANSWERED: readonly RequestFate[] = [
  { type: 'dies-after' },
  { type: 'loses-answer' },
  { type: 'breaks' },
  { type: 'freezes', ms: 30_000 },
  { type: 'late', ms: 20_000 },
  { type: 'truncates' },
];

/** Steps that meet the product where it is weakest: between a reading and the write that rests on it, and between a write and its answer. */
export function drawAimed(random: Random, cast: Cast, hasFaults: boolean): Step[] {
  const at = drawOne(random, cast.providers);
  const { contact, address, another } = drawSomebody(random, cast);
  const begins = { afterMs: drawInteger(random, 1_000, 90_000) };
  const does = (deed: Deed, when: Moment = begins): Step => ({ when, deed });
  const unanswered = (beforeCall: string): Step[] =>
    hasFaults
      ? [does({ who: 'chance', does: 'meets-request', fate: drawOne(random, UNANSWERED) }, { beforeCall })]
      : [];
  const name: string = drawWeighed(random, { ...AIMS, ...MORE_WEIGHTS });
  const more = MORE_AIMS[name];
  if (more) return more.steps({ random, cast, at, contact, address, another, hasFaults });
  switch (name as keyof typeof AIMS) {
    case 'a contact whose making is not answered':
      return [does({ who: 'admin', at, does: 'adds', address: another }), ...unanswered('create address')];
    case 'an activity whose making is not answered': {
      const deed: Deed =
        random() < 0.5
          ? { who: 'admin', at, does: 'sends-campaign' }
          : { who: 'subscriber', at, does: 'leaves', address };
      return [does(deed), ...unanswered('create agentslog')];
    }
    case 'somebody who leaves while he is raised': {
      const beforeCall = drawOne(random, at === 'brevo' ? BREVO_RAISES : MAILCHIMP_RAISES);
      return [
        does({ who: 'agent', does: 'sets-newsletter', contact, to: '4' }),
        does(
          { who: 'agent', does: 'sets-newsletter', contact, to: '1' },
          { afterMs: drawInteger(random, 1_000, 150_000) },
        ),
        does({ who: 'subscriber', at, does: 'leaves', address }, { beforeCall }),
      ];
    }
    case 'a No that is set while Yes is written':
      return [
        does({ who: 'subscriber', at, does: 'signs-up', address }),
        does({ who: 'agent', does: 'sets-newsletter', contact, to: '0' }, { beforeCall: 'modify address' }),
      ];
    case 'a leaver whose contact gets another address before the CRM hears of it':
      return [
        ...(hasFaults ? [does(CRM_IS_DOWN)] : []),
        does({ who: 'subscriber', at, does: 'leaves', address }, { afterMs: drawInteger(random, 0, 20_000) }),
        does(
          { who: 'agent', does: 'changes-address', contact, to: another },
          { afterMs: drawInteger(random, 0, 60_000) },
        ),
      ];
    case 'a leaver for whom somebody makes another contact':
      return [
        ...(hasFaults && random() < 0.5 ? [does(CRM_IS_DOWN)] : []),
        does({ who: 'subscriber', at, does: 'leaves', address }, { afterMs: drawInteger(random, 0, 20_000) }),
        does({ who: 'agent', does: 'creates', address, newsletter: '1' }, { afterMs: drawInteger(random, 0, 60_000) }),
      ];
    case 'an archived member whom his contact brings back':
      return [
        does({ who: 'admin', at, does: random() < 0.5 ? 'unsubscribes' : 'removes', address }),
        does({ who: 'admin', at, does: 'removes', address }, { afterMs: drawInteger(random, 0, 90_000) }),
        does({ who: 'agent', does: 'sets-newsletter', contact, to: '4' }, { afterMs: drawInteger(random, 0, 90_000) }),
        does({ who: 'agent', does: 'sets-newsletter', contact, to: '1' }, { afterMs: drawInteger(random, 0, 150_000) }),
      ];
    case 'a raise that another program makes':
      return [
        does({ who: 'subscriber', at, does: 'leaves', address }),
        does(
          { who: 'admin', at, does: 'has-program-raise', address },
          { afterMs: drawInteger(random, 60_000, 400_000) },
        ),
      ];
    case 'somebody who leaves while his name is written':
      return [
        does({ who: 'agent', does: 'renames', contact, name: 'Neuer Name' }),
        does(
          // Mailchimp lets nobody raise whom he himself took out.
          random() < 0.2
            ? { who: 'subscriber', at, does: 'leaves', address }
            : { who: 'admin', at, does: 'unsubscribes', address },
          { beforeCall: at === 'brevo' ? 'PUT /v3/contacts/' : 'PATCH /members/' },
        ),
      ];
    case 'somebody who comes back as soon as his No is written': {
      const soon: Moment =
        random() < 0.4 ? { beforeCall: 'modify address' } : { afterMs: drawInteger(random, 1_000, 40_000) };
      return [
        does({ who: 'subscriber', at, does: 'leaves', address }),
        does({ who: 'subscriber', at, does: 'signs-up', address }, soon),
      ];
    }
    case 'somebody who leaves at an address that two contacts share':
      return [
        does({ who: 'agent', does: 'creates', address, newsletter: '1' }),
        does(
          random() < 0.7
            ? { who: 'subscriber', at, does: 'leaves', address }
            : { who: 'admin', at, does: 'unsubscribes', address },
          { afterMs: drawInteger(random, 20_000, 300_000) },
        ),
      ];
    case 'a further address that signs up':
      return [
        does({ who: 'agent', does: 'adds-address', contact, address: another }),
        does(
          { who: 'subscriber', at, does: 'signs-up', address: another },
          { afterMs: drawInteger(random, 180_000, 400_000) },
        ),
      ];
    case 'a contact that follows its member, without an answer':
      return [
        does({ who: 'subscriber', at, does: 'changes-address', address, to: another }),
        ...unanswered('modify address'),
      ];
    case 'a form that is saved over what has happened since':
      return [
        does({ who: 'agent', does: 'opens-form', contact }),
        does(
          drawOne<Deed>(random, [
            { who: 'subscriber', at, does: 'leaves', address },
            { who: 'subscriber', at, does: 'signs-up', address },
            { who: 'admin', at, does: 'removes', address },
            { who: 'agent', does: 'changes-address', contact, to: another },
          ]),
          { afterMs: drawInteger(random, 1_000, 60_000) },
        ),
        does({ who: 'agent', does: 'saves-form', contact }, { afterMs: drawInteger(random, 1_000, 200_000) }),
      ];
    case 'more than half of all at once, and the answer to the question':
      return [
        does(
          drawOne<Deed>(random, [
            { who: 'admin', at, does: 'removes-all' },
            { who: 'agent', does: 'sets-all', to: '4' },
            { who: 'agent', does: 'sets-all', to: '0' },
          ]),
        ),
        does(
          { who: 'operator', at, does: 'answers-held', decision: drawOne(random, ['carry-out', 'drop', 'put-back']) },
          { afterMs: drawInteger(random, 150_000, 600_000) },
        ),
      ];
    case 'a tag that is deleted at the provider':
      return [
        does({ who: 'agent', does: 'sets-tags', contact, tags: ['Eigentümer'] }),
        does(
          { who: 'admin', at, does: 'deletes-tag', tag: 'Eigentümer' },
          { afterMs: drawInteger(random, 90_000, 400_000) },
        ),
      ];
    case 'a full sync during which somebody leaves':
      return [
        does({ who: 'operator', at, does: 'starts-sync', asksFirst: random() < 0.3 }),
        does(
          drawOne<Deed>(random, [
            { who: 'subscriber', at, does: 'leaves', address },
            { who: 'agent', does: 'sets-newsletter', contact, to: '0' },
            { who: 'agent', does: 'changes-address', contact, to: another },
            { who: 'subscriber', at, does: 'signs-up', address: another },
          ]),
          { beforeRequest: drawInteger(random, 1, 12) },
        ),
      ];
    case 'somebody whom Mailchimp does not take':
      return [
        ...(hasFaults
          ? [
              does(
                random() < 0.6
                  ? { who: 'chance', does: 'fills-plan' }
                  : { who: 'chance', does: 'tires-mailchimp', address: another },
              ),
            ]
          : []),
        does({ who: 'agent', does: 'creates', address: another, newsletter: '1' }),
        // So long it takes until he is refused; only then everything is in order again.
        does({ who: 'operator', at, does: 'goes-on' }, { afterMs: drawInteger(random, 90_000, 400_000) }),
      ];
    case 'a write that is not answered': {
      const to = drawOne(random, ['0', '1', '4'] as const);
      const calls = at === 'brevo' ? BREVO_RAISES : MAILCHIMP_RAISES;
      return [does({ who: 'agent', does: 'sets-newsletter', contact, to }), ...unanswered(drawOne(random, calls))];
    }
  }
}

/** A contact by its place, mostly one that is mailed, with its address and another one that is nobody's in the beginning. */
function drawSomebody(random: Random, cast: Cast): { contact: number; address: string; another: string } {
  const anybody = drawInteger(random, 0, cast.contacts - 1);
  const reader = cast.readers.length > 0 && random() < 0.8 ? drawOne(random, cast.readers) : undefined;
  const contact = reader?.contact ?? anybody;
  const [own = '', another = ''] = cast.addresses.slice(2 * contact);
  return { contact, address: reader?.address ?? own, another };
}

/** Long enough that nothing is written before the next deeds. */
const CRM_IS_DOWN: Deed = {
  who: 'chance',
  does: 'downs-system',
  system: 'onoffice',
  ms: 240_000,
  fate: { type: 'unreachable' },
};

const MAILCHIMP_RAISES = ['POST /3.0/lists', 'PUT /members/', 'PATCH /members/'] as const;
const BREVO_RAISES = ['POST /v3/contacts', 'PUT /v3/contacts'] as const;
