import type { Agency } from '../shared/agency.ts';
import { addressProblem } from './address-rules.ts';
import type { Audience, Cause, MemberStatus } from './entities.ts';
import type { MailchimpSimulator } from './mailchimp-simulator.ts';
import { addMember, ensureTag, putTag } from './membership.ts';
import { readMergeFields } from './merge-rules.ts';
import type { World } from './world.ts';

/** How long ago the agency built its audience, ms. */
const AGE_MS = 90 * 24 * 3_600_000;

type SeededMember = {
  email: string;
  firstName: string;
  lastName: string;
  status: MemberStatus;
  tags: readonly string[];
};

/** What a seed may be told. */
export type SeedOptions = {
  /** name of the audience; `onoffice` if absent */
  listName?: string;
  /** true: all people of the agency carry the tag named like the audience, as after an earlier connection */
  marked?: boolean;
};

/**
 * Fills the audience with the agency's people who are at the provider already and with its strangers, as an import three
 * months ago would have. Addresses that Mailchimp refuses and repeated ones are left out. Fires no events.
 *
 * @returns the audience; undefined, and nothing made, if nobody is at the provider
 */
export function seedFromAgency(
  sim: MailchimpSimulator,
  agency: Agency,
  options: SeedOptions = {},
): Audience | undefined {
  const { listName = 'onoffice', marked = false } = options;
  const people: SeededMember[] = agency.people.flatMap((person) =>
    person.atProvider === undefined
      ? []
      : [
          {
            email: person.email.trim(),
            firstName: person.firstName,
            lastName: person.lastName || person.company,
            status: person.atProvider,
            tags: marked ? [listName, ...person.providerTags] : person.providerTags,
          },
        ],
  );
  const members = [...people, ...agency.strangers].filter(
    ({ email }) => addressProblem(email, sim.store.busyAddresses) === undefined,
  );
  if (members.length === 0) return undefined;
  const at = Math.floor(sim.world.clock.now() / 1000) * 1000 - AGE_MS;
  const list =
    sim.store.listsOf(sim.account).find(({ name }) => name === listName) ?? sim.addAudience({ name: listName });
  list.createdAt = Math.min(list.createdAt, at);
  for (const member of members) if (!list.members.find(member.email)) seedMember(sim.world, list, member, at);
  return list;
}

function seedMember(world: World, list: Audience, seeded: SeededMember, at: number): void {
  const cause: Cause = { by: 'admin', at, ip: '192.0.2.44', silent: true };
  const { values } = readMergeFields(list, { FNAME: seeded.firstName, LNAME: seeded.lastName }, {}, true);
  const who: Cause['by'] =
    seeded.status === 'unsubscribed' ? 'person' : seeded.status === 'cleaned' ? 'provider' : 'admin';
  const member = addMember(
    world,
    list,
    {
      emailAddress: seeded.email,
      status: seeded.status,
      mergeFields: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
      source: 'Import',
      timestampOpt: at,
      ipOpt: '192.0.2.44',
      timestampSignup: undefined,
      ipSignup: '',
    },
    { ...cause, by: who },
  );
  if (seeded.status === 'unsubscribed')
    member.activities.push({ type: 'unsub', at, reason: member.unsubscribeReason, byAdmin: false });
  for (const name of new Set(seeded.tags)) putTag(ensureTag(world, list, name, at), member, at);
}
