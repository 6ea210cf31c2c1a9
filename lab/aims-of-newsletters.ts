import { drawOne } from '../simulators/shared/random.ts';
import { type Aim, AT_ONCE, BEGINS, CARRIED_OVER, does } from './aim.ts';
import type { Deed, Moment } from './history.ts';

/** Newsletters are sent while something is under way that their activities depend on (M26). */
export const NEWSLETTER_AIMS: Readonly<Record<string, Aim>> = {
  'a newsletter to both addresses of a contact': {
    weight: 1.5,
    steps: ({ random, at, contact, another }) => [
      does(random, { who: 'agent', does: 'adds-address', contact, address: another }, BEGINS),
      does(random, { who: 'subscriber', at, does: 'signs-up', address: another }, CARRIED_OVER),
      does(random, { who: 'admin', at, does: 'sends-campaign' }, CARRIED_OVER),
    ],
  },
  'a newsletter in bad weather': {
    weight: 1.5,
    steps: ({ random, at, contact, address, hasFaults }) => [
      ...(hasFaults
        ? [
            does(
              random,
              drawOne<Deed>(random, [
                { who: 'chance', does: 'changes-hook-weather', to: 'unreachable', ms: 900_000 },
                { who: 'chance', does: 'changes-hook-weather', to: 'swallowed', ms: 900_000 },
                { who: 'chance', does: 'downs-system', system: 'onoffice', ms: 400_000, fate: { type: 'unreachable' } },
                { who: 'chance', does: 'downs-server', ms: 1_200_000 },
              ]),
              BEGINS,
            ),
          ]
        : []),
      does(random, { who: 'admin', at, does: 'sends-campaign' }, AT_ONCE),
      does(
        random,
        drawOne<Deed>(random, [
          { who: 'subscriber', at, does: 'leaves', address },
          { who: 'agent', does: 'renames', contact, name: 'Neuer Name' },
          { who: 'agent', does: 'sets-newsletter', contact, to: '0' },
        ]),
        [0, 400_000],
      ),
    ],
  },
  'a newsletter whose activities meet a fault': {
    weight: 1,
    steps: ({ random, at, hasFaults }) => [
      does(random, { who: 'admin', at, does: 'sends-campaign' }, BEGINS),
      ...(hasFaults
        ? [
            does(
              random,
              { who: 'chance', does: 'meets-request', fate: drawOne(random, FATES) },
              drawOne<Moment>(random, [{ beforeCall: 'create agentslog' }, { beforeCall: 'read agentslog' }]),
            ),
          ]
        : []),
    ],
  },
};

const FATES = [
  { type: 'dies-after' },
  { type: 'dies-before' },
  { type: 'breaks' },
  { type: 'late', ms: 20_000 },
  { type: 'freezes', ms: 90_000 },
  { type: 'refused', status: 503 },
] as const;
