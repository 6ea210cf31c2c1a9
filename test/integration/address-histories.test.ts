import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { type AddressStory, addressStory } from '../support/address-story.ts';
import { syncAndApprove } from '../support/settled.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

/** People of one world; each has a history of his own. */
const PEOPLE = 20;
/** Worlds of each provider: 100 histories. */
const WORLDS = 5;

const address = (person: number, number: number) => `p${person}.${number}@immo-test.de`;

/** What happens to one person's address or consent. Nothing of it is an opt-in. */
type Deed =
  | { does: 'agent-moves'; to: number }
  | { does: 'provider-moves'; to: number; who: 'person' | 'admin' }
  | { does: 'unsubscribe'; who: 'person' | 'admin' }
  | { does: 'agent-says-no' };

const who = fc.constantFrom('person', 'admin');
const to = fc.nat({ max: 3 });
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('agent-moves'), to }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('provider-moves'), to, who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('unsubscribe'), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('agent-says-no') }) },
) as fc.Arbitrary<Deed>;

const people = fc.array(fc.array(fc.array(deed, { maxLength: 2 }), { minLength: 3, maxLength: 3 }), {
  minLength: PEOPLE,
  maxLength: PEOPLE,
});
const meanwhile = fc.array(
  fc.record({ round: fc.nat({ max: 2 }), request: fc.nat({ max: 60 }), person: fc.nat({ max: PEOPLE - 1 }), deed }),
  {
    maxLength: 8,
  },
);
const switches = fc.record({
  mailchimp: fc.record({
    changeAddressOfInactive: fc.constantFrom('refused', 'moved'),
    changedAddressEvents: fc.constantFrom('upemail-first', 'profile-first', 'upemail-only'),
  }),
  brevo: fc.record({ addressChange: fc.constantFrom('lifts-block', 'keeps-block') }),
} as const);

/** What a person has said so far and where the provider had him, kept apart from the product. */
type Life = { optedOut: boolean; had: Set<string> };

/** Does it, if it can be done as things are. */
function act(story: AddressStory, person: number, one: Deed, life: Life): void {
  const current = () =>
    [0, 1, 2, 3].map((number) => address(person, number)).find((email) => story.standing(email) === 'subscribed');
  switch (one.does) {
    case 'agent-moves':
      story.agentMoves(person, address(person, one.to));
      return;
    case 'agent-says-no':
      story.agentSets(person, '0');
      life.optedOut = true;
      return;
    case 'unsubscribe': {
      const email = current();
      if (email === undefined) return;
      story.unsubscribe(email, one.who);
      life.optedOut = true;
      return;
    }
    case 'provider-moves': {
      const from =
        current() ??
        [0, 1, 2, 3].map((number) => address(person, number)).find((email) => story.standing(email) === 'unsubscribed');
      const target = address(person, one.to);
      if (from === undefined || from === target || story.standing(target) !== 'absent') return;
      // Back where he was read before, a lifted block is no change of address but a raise by somebody else (R1): it is asked.
      if (life.optedOut && life.had.has(target)) return;
      life.had.add(from).add(target);
      story.providerMoves(from, target, one.who);
    }
  }
}

test.each(['mailchimp', 'brevo'] as const)(
  'R7 at %s: whatever addresses change on both sides, one active member is left, and none of whoever opted out',
  { timeout: 600_000 },
  async (provider) => {
    await fc.assert(
      fc.asyncProperty(people, meanwhile, switches, async (histories, during, how) => {
        const story = await addressStory(
          provider,
          database,
          histories.map((_, person) => ({ email: address(person, 0) })),
          { switches: how },
        );
        const lives = histories.map((): Life => ({ optedOut: false, had: new Set() }));
        const lifeOf = (person: number) => lives[person] ?? { optedOut: false, had: new Set() };
        for (const round of [0, 1, 2]) {
          histories.forEach((rounds, person) => {
            for (const one of rounds[round] ?? []) {
              story.world.advance(5_000);
              act(story, person, one, lifeOf(person));
            }
          });
          story.world.advance(30_000);
          let number = 0;
          story.world.onRequest = () => {
            for (const one of during) {
              if (one.round !== round || one.request !== number) continue;
              story.world.advance(2_000);
              act(story, one.person, one.deed, lifeOf(one.person));
              story.world.advance(2_000);
            }
            number += 1;
          };
          await syncAndApprove(story.world);
        }
        story.world.onRequest = undefined;
        await syncAndApprove(story.world);
        await syncAndApprove(story.world);
        histories.forEach((_, person) => {
          const active = story.active().filter((email) => email.startsWith(`p${person}.`));
          const said = story.said(person);
          const end = { person, active, said, main: story.emails(person)[0] };
          expect(end).toEqual(
            lives[person]?.optedOut
              ? { ...end, active: [], said: expect.stringMatching(/^[02]$/) }
              : { ...end, active: [end.main], said: '1' },
          );
        });
        await story.expectBridge();
        const last = await syncAndApprove(story.world);
        expect(await story.world.planOf(last.id), 'R13').toEqual({});
      }),
      { numRuns: WORLDS, seed: 20_260_307 },
    );
  },
);
