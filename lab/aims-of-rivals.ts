import { drawInteger, drawOne } from '../simulators/shared/random.ts';
import { type Aim, AT_ONCE, BEGINS, CARRIED_OVER, does } from './aim.ts';
import type { Deed, Moment } from './history.ts';

/** What is read right before a raise. */
const MAILCHIMP_READS = ['GET /members/', 'GET /activity'] as const;
const BREVO_READS = ['GET /v3/contacts/'] as const;

/** Somebody else is at work beside us: another worker, another copy, the other provider, the past, another contact. */
export const RIVAL_AIMS: Readonly<Record<string, Aim>> = {
  'a worker that wakes when another one has its lanes': {
    weight: 2,
    steps: ({ random, at, contact, address, another, hasFaults }) => [
      does(random, { who: 'agent', does: 'sets-newsletter', contact, to: drawOne(random, ['0', '1', '4']) }, BEGINS),
      does(random, { who: 'agent', does: 'creates', address: another, newsletter: '1' }, AT_ONCE),
      does(random, { who: 'agent', does: 'renames', contact: contact + 1, name: 'Neuer Name' }, AT_ONCE),
      does(random, { who: 'subscriber', at, does: 'leaves', address }, AT_ONCE),
      ...(hasFaults
        ? [
            does(
              random,
              {
                who: 'chance',
                does: 'meets-request',
                fate: { type: 'freezes', ms: drawInteger(random, 8, 90) * 1_000 },
              },
              drawOne<Moment>(random, [
                { beforeRequest: drawInteger(random, 1, 12) },
                { beforeCall: 'modify address' },
                { beforeCall: 'GET /members/' },
              ]),
            ),
          ]
        : []),
    ],
  },
  'a worker that wakes when another one has raised in its place': {
    weight: 2,
    steps: ({ random, at, contact, address, hasFaults }) => [
      does(
        random,
        drawOne<Deed>(random, [
          { who: 'agent', does: 'sets-newsletter', contact, to: '0' },
          { who: 'agent', does: 'sets-newsletter', contact, to: '4' },
          { who: 'admin', at, does: 'removes', address },
        ]),
        BEGINS,
      ),
      does(random, { who: 'agent', does: 'sets-newsletter', contact, to: '1' }, CARRIED_OVER),
      ...(hasFaults
        ? [
            does(
              random,
              {
                who: 'chance',
                does: 'meets-request',
                fate: { type: 'freezes', ms: drawInteger(random, 20, 90) * 1_000 },
              },
              { beforeCall: drawOne(random, at === 'brevo' ? BREVO_READS : MAILCHIMP_READS) },
            ),
          ]
        : []),
    ],
  },
  'a copy of us that takes the audience over': {
    weight: 1,
    steps: ({ random, at, contact, address, hasFaults }) => [
      does(random, { who: 'admin', at, does: 'lets-a-copy-in' }, BEGINS),
      ...(hasFaults ? [does(random, { who: 'chance', does: 'downs-server', ms: 5_000 }, AT_ONCE)] : []),
      does(
        random,
        drawOne<Deed>(random, [
          { who: 'subscriber', at, does: 'leaves', address },
          { who: 'agent', does: 'sets-newsletter', contact, to: '0' },
          { who: 'agent', does: 'renames', contact, name: 'Neuer Name' },
        ]),
        [0, 120_000],
      ),
    ],
  },
  'somebody who leaves at the other provider while he is raised': {
    weight: 1.5,
    steps: ({ random, cast, another, hasFaults }) =>
      cast.providers.length < 2
        ? []
        : [
            does(random, { who: 'subscriber', at: 'brevo', does: 'signs-up', address: another }, BEGINS),
            ...(hasFaults
              ? [
                  does(
                    random,
                    { who: 'chance', does: 'meets-request', fate: { type: 'delays', ms: 25_000 } },
                    { beforeCall: 'POST /3.0/lists' },
                  ),
                ]
              : []),
            does(random, { who: 'subscriber', at: 'brevo', does: 'leaves', address: another }, AT_ONCE),
          ],
  },
  'a Yes and a No that a restore takes back': {
    weight: 0.8,
    steps: ({ random, at, contact, address, hasFaults }) => {
      const sets = (to: '0' | '1'): Deed => ({ who: 'agent', does: 'sets-newsletter', contact, to });
      return [
        does(random, sets('0'), BEGINS),
        ...(hasFaults ? [does(random, { who: 'chance', does: 'backs-up' }, CARRIED_OVER)] : []),
        does(random, sets('1'), AT_ONCE),
        does(random, { who: 'admin', at, does: 'unsubscribes', address }, CARRIED_OVER),
        ...(hasFaults ? [does(random, { who: 'chance', does: 'restores' }, { afterMs: 0 })] : []),
      ];
    },
  },
  'a block that vanishes with a change of address': {
    weight: 1.5,
    steps: ({ random, cast, contact, address, another }) => {
      const at = cast.providers.at(-1) ?? 'brevo';
      return [
        does(
          random,
          drawOne<Deed>(random, [
            { who: 'subscriber', at, does: 'leaves', address },
            { who: 'admin', at, does: 'unsubscribes', address },
          ]),
          BEGINS,
        ),
        // Where nobody says No any more, only the record knows it.
        ...(random() < 0.6 ? [does(random, { who: 'agent', does: 'deletes', contact }, CARRIED_OVER)] : []),
        does(random, { who: 'admin', at, does: 'changes-address', address, to: another }, CARRIED_OVER),
        ...(random() < 0.4
          ? [does(random, { who: 'agent', does: 'creates', address: another, newsletter: '1' }, CARRIED_OVER)]
          : []),
      ];
    },
  },
  'a customer who is unsubscribed while he is raised': {
    weight: 2,
    steps: ({ random, cast, another }) => {
      const at = cast.providers[0] ?? 'mailchimp';
      return [
        does(random, { who: 'admin', at, does: 'adds-customer', address: another }, BEGINS),
        does(random, { who: 'agent', does: 'creates', address: another, newsletter: '1' }, CARRIED_OVER),
        does(
          random,
          { who: 'admin', at, does: 'unsubscribes', address: another },
          drawOne<Moment>(random, [
            { beforeCall: at === 'brevo' ? 'PUT /v3/contacts/' : 'PUT /members/' },
            { beforeCall: at === 'brevo' ? 'GET /v3/contacts/' : 'GET /members/' },
            { beforeCall: at === 'brevo' ? 'POST /v3/contacts' : 'GET /members/' },
          ]),
        ),
      ];
    },
  },
  'two people with one address, of whom the one that stands for it goes': {
    weight: 2,
    steps: ({ random, at, contact, address, another }) => {
      const goes: Deed[] = [
        { who: 'agent', does: 'deletes', contact },
        { who: 'agent', does: 'archives', contact },
        { who: 'agent', does: 'makes-private', contact },
        { who: 'agent', does: 'changes-address', contact, to: another },
        { who: 'agent', does: 'sets-newsletter', contact, to: '4' },
        { who: 'agent', does: 'sets-newsletter', contact, to: '0' },
        { who: 'subscriber', at, does: 'changes-address', address, to: another },
      ];
      return [
        does(random, { who: 'agent', does: 'creates', address, newsletter: drawOne(random, ['1', '1', '4']) }, BEGINS),
        does(random, { who: 'agent', does: 'renames', contact, name: 'Neuer Name' }, [0, 150_000]),
        does(random, drawOne(random, goes), [1_000, 250_000]),
      ];
    },
  },
  'an opt-in that is entered for somebody whom a program has raised': {
    weight: 0.5,
    steps: ({ random, at, contact, address }) => [
      does(random, { who: 'subscriber', at, does: 'leaves', address }, BEGINS),
      does(random, { who: 'admin', at, does: 'has-program-raise', address }, CARRIED_OVER),
      does(random, { who: 'operator', at, does: 'enters-opt-in', contact, setsField: true }, CARRIED_OVER),
    ],
  },
};
