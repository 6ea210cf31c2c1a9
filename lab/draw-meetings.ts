import { drawInteger, drawOne, type Random } from '../simulators/shared/random.ts';
import type { ProviderName } from '../src/core/mailing-provider.ts';
import type { PlantedContact } from '../test/support/plant.ts';
import type { Newsletter } from './actors/agent.ts';
import type { Deed, EarlyMember, EarlyStanding, Step } from './history.ts';

const FIELD = ['0', '1', '1', '3', '4', '5', '9'] as const satisfies readonly Newsletter[];

const STANDINGS = [
  'subscribed',
  'subscribed',
  'unsubscribed',
  'off',
  'left-and-off',
  'bounced',
  'unconfirmed',
  'elsewhere',
  'nowhere',
] as const satisfies readonly (EarlyStanding | 'nowhere')[];

const BY_THE_PERSON = ['signs-up', 'asks-to-sign-up', 'confirms', 'leaves', 'bounces', 'bounces'] as const;

const BY_ADMINISTRATORS = [
  'subscribes',
  'unsubscribes',
  'removes',
  'removes',
  'deletes-for-good',
  'adds',
  'adds-customer',
  'adds-customer',
] as const;

/** Every pair of states that both sides can be in is as likely as any other. */
export function drawPairs(
  random: Random,
  providers: readonly ProviderName[],
  people: number,
): { contacts: PlantedContact[]; members: EarlyMember[] } {
  const addresses = Array.from({ length: people }, (_, person) => mainOf(person));
  return {
    contacts: addresses.map((email, person) => ({
      email,
      newsletter: drawOne(random, FIELD),
      firstName: `Vorname${person}`,
    })),
    members: providers.flatMap((provider) =>
      addresses.flatMap((email) => {
        const standing = drawOne(random, STANDINGS);
        return standing === 'nowhere' ? [] : [{ provider, email, standing }];
      }),
    ),
  };
}

/** After they agreed, one side of each person changes, or the other, or both at once. */
export function drawMeetings(random: Random, providers: readonly ProviderName[], people: number): Step[] {
  return Array.from({ length: people }, (_, person) => person).flatMap((person) => {
    const inCrm: Deed = { who: 'agent', does: 'sets-newsletter', contact: person, to: drawOne(random, FIELD) };
    const atProvider = drawAtProvider(random, drawOne(random, providers), mainOf(person));
    const deeds = drawOne(random, [[inCrm], [atProvider], [inCrm, atProvider], [inCrm, atProvider]]);
    return deeds.map((deed): Step => ({ deed, when: { afterMs: drawInteger(random, 0, 1_500) } }));
  });
}

function drawAtProvider(random: Random, at: ProviderName, address: string): Deed {
  return drawOne<Deed>(random, [
    { who: 'subscriber', at, does: drawOne(random, BY_THE_PERSON), address },
    { who: 'admin', at, does: drawOne(random, BY_ADMINISTRATORS), address },
  ]);
}

/** The main address of a person by his number. */
export function mainOf(person: number): string {
  return `p${person}.0@immo-test.de`;
}
