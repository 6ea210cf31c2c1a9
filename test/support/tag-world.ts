import type { MailchimpSimulator } from '../../simulators/mailchimp/index.ts';
import type { OnOfficeSimulator } from '../../simulators/onoffice/index.ts';
import type { Database } from '../../src/db/database.ts';
import type { JournalRow } from '../../src/db/journal.ts';
import { audienceOf, plantContact, plantMember } from './plant.ts';
import { contactTags, memberTags, syncAndApprove } from './settled.ts';
import { createWorld, type World } from './world.ts';

export const ANNA = 'anna.muster@immo-test.de';
export const BERND = 'bernd.beispiel@immo-test.de';

/** Everything that people can see of tags: the lists of both sides, and who has which. */
export type TagPicture = {
  crm: string[];
  provider: string[];
  contacts: string[][];
  members: string[][];
};

/**
 * Anna and Bernd in step on both sides after a first sync: Anna has `Käufer` and `Mieter`, Bernd `Käufer`; `Messe` is a tag
 * that nobody has.
 */
export async function tagWorld(
  database: Database,
  seed: (crm: OnOfficeSimulator, mailchimp: MailchimpSimulator) => void = () => {},
) {
  const ids: number[] = [];
  const world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      ids.push(plantContact(crm, { email: ANNA, tags: ['Käufer', 'Mieter'] }), plantContact(crm, { email: BERND }));
      plantMember(mailchimp, { email: BERND, tags: ['Käufer'] });
      crm.agent.addTag('Messe');
      seed(crm, mailchimp);
    },
  });
  await syncAndApprove(world);
  world.advance(60_000);
  const [anna = 0, bernd = 0] = ids;
  return { world, anna, bernd, picture: () => pictureOf(world, [anna, bernd]) };
}

function pictureOf(world: World, ids: readonly number[]): TagPicture {
  return {
    crm: [...(world.crm.store.fields.get('NewsletterTag')?.permitted ?? [])].map(({ labels }) => labels.DEU).sort(),
    provider: [...audienceOf(world.mailchimp).tags.values()].map(({ name }) => name).sort(),
    contacts: ids.map((id) => contactTags(world, id)),
    members: [ANNA, BERND].map((email) => memberTags(world, email)),
  };
}

/** Journal entries about tags, the oldest first. */
export async function tagEntries({ store }: World): Promise<Pick<JournalRow, 'code' | 'params'>[]> {
  const rows = await store.tables.journal.page(undefined);
  return rows
    .filter(({ code }) => code.startsWith('journal.tag_'))
    .map(({ code, params }) => ({ code, params }))
    .reverse();
}
