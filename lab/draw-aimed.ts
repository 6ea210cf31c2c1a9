import { drawInteger, drawOne, type Random } from '../simulators/shared/random.ts';
import { type Cast, drawContact, drawWeighed } from './actors/cast.ts';
import type { RequestFate } from './carry-request.ts';
import type { Deed, Moment, Step } from './history.ts';

/** What is aimed at, and how often. */
const AIMS = {
  'a contact whose making is not answered': 2,
  'an activity whose making is not answered': 2,
  'somebody who leaves while he is raised': 3,
  'a No that is set while Yes is written': 2,
  'a write that is not answered': 2,
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
  const address = drawOne(random, cast.addresses);
  const contact = drawContact(random, cast);
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
    case 'a write that is not answered': {
      const to = drawOne(random, ['0', '1', '4'] as const);
      const calls = at === 'brevo' ? BREVO_RAISES : MAILCHIMP_RAISES;
      return [does({ who: 'agent', does: 'sets-newsletter', contact, to }), ...unanswered(drawOne(random, calls))];
    }
  }
}

const MAILCHIMP_RAISES = ['POST /3.0/lists', 'PUT /3.0/lists', 'PATCH /3.0/lists'] as const;
const BREVO_RAISES = ['POST /v3/contacts', 'PUT /v3/contacts'] as const;
