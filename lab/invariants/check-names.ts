import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { ownAudience } from '../own-audience.ts';
import type { Stage } from '../stage.ts';
import { activeMembers, readersInCrm, readShown } from './read-standing.ts';

/**
 * R8, M9, M14: a member carries the name of the contact that stands for his address, which is the one with Yes and the lowest
 * record number, whatever the others who share it are called.
 *
 * @returns what is wrong, in sentences
 */
export async function checkNames(stage: Stage): Promise<string[]> {
  const { addresses } = stage.world.crm.store;
  const readers = Map.groupBy(readersInCrm(stage), ({ email }) => email);
  const problems: string[] = [];
  for (const connection of stage.world.connections) {
    const { provider } = connection;
    const shown = await readShown(stage, connection);
    for (const { email } of activeMembers(stage, provider)) {
      const [first] = (readers.get(email) ?? []).sort((one, other) => one.id - other.id);
      const name = first && addresses.get(first.id)?.values.Vorname;
      if (!first || !name || shown.contacts.has(first.id) || shown.held.has(email)) continue;
      const found = nameAt(stage, provider, email);
      if (found !== name)
        problems.push(`R8: ${email} is called ${found} at ${provider}, and contact ${first.id} is called ${name}`);
    }
  }
  return problems;
}

function nameAt({ world }: Stage, provider: ProviderName, email: string): unknown {
  if (provider === 'brevo') return world.brevo.account.contacts.byEmail(email)?.attributes.VORNAME;
  const audience = ownAudience(world.mailchimp);
  const field = audience.mergeFields.find(({ tag }) => tag === 'FNAME');
  return field && audience.members.find(email)?.mergeFields[field.mergeId];
}
