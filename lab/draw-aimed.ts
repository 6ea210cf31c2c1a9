import { drawInteger, drawOne, type Random } from '../simulators/shared/random.ts';
import { type Cast, drawWeighed } from './actors/cast.ts';
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
  'somebody for whom the plan has no room': 0.5,
} as const;

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
  // Whom a contact and an address belong to, as everybody began.
  const contact = drawInteger(random, 0, cast.contacts - 1);
  const [address = '', another = ''] = cast.addresses.slice(2 * contact);
  const begins = { afterMs: drawInteger(random, 1_000, 90_000) };
  const does = (deed: Deed, when: Moment = begins): Step => ({ when, deed });
  const unanswered = (beforeCall: string): Step[] =>
    hasFaults
      ? [does({ who: 'chance', does: 'meets-request', fate: drawOne(random, UNANSWERED) }, { beforeCall })]
      : [];
  switch (drawWeighed(random, AIMS)) {
    case 'a contact whose making is not answered':
      return [does({ who: 'admin', at, does: 'adds', address }), ...unanswered('create address')];
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
    case 'somebody for whom the plan has no room':
      return [
        ...(hasFaults ? [does({ who: 'chance', does: 'fills-plan' })] : []),
        does({ who: 'agent', does: 'creates', address: another, newsletter: '1' }),
      ];
    case 'a write that is not answered': {
      const to = drawOne(random, ['0', '1', '4'] as const);
      const calls = at === 'brevo' ? BREVO_RAISES : MAILCHIMP_RAISES;
      return [does({ who: 'agent', does: 'sets-newsletter', contact, to }), ...unanswered(drawOne(random, calls))];
    }
  }
}

/** Long enough that nothing is written before the next deeds. */
const CRM_IS_DOWN: Deed = {
  who: 'chance',
  does: 'downs-system',
  system: 'onoffice',
  ms: 240_000,
  fate: { type: 'unreachable' },
};

const MAILCHIMP_RAISES = ['POST /3.0/lists', 'PUT /3.0/lists', 'PATCH /3.0/lists'] as const;
const BREVO_RAISES = ['POST /v3/contacts', 'PUT /v3/contacts'] as const;
