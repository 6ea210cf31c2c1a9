import { attribute } from '../simulators/brevo/attributes.ts';
import type { BrevoSimulator } from '../simulators/brevo/index.ts';
import { addList } from '../simulators/brevo/lists.ts';
import type { MailchimpSimulator } from '../simulators/mailchimp/index.ts';
import { mainEmail } from '../simulators/onoffice/entities.ts';
import { plantBrevoContact } from '../test/support/brevo-people.ts';
import { plantContact, plantMember } from '../test/support/plant.ts';
import type { LabWorld } from './lab-world.ts';
import { ownAudience, ownList } from './own-audience.ts';

type Systems = Pick<LabWorld, 'crm' | 'mailchimp' | 'brevo'>;

/** Where somebody else's webhook goes. */
const FOREIGN_HOOK = 'https://shop.test/newsletter';

/** Where another installation of the connector is. */
export const ELSEWHERE = 'https://elsewhere.test';

/** What everybody has in a field that is none of ours. */
const PHONE = '+49 30 123456';

/** Whether an address is that of somebody who is none of ours: nobody does anything with him. */
export function isForeign(email: string): boolean {
  return email.startsWith('foreign');
}

/** Plants what the agency has besides: people of other lists, fields and webhooks that are none of ours (R11). */
export function plantBelongings({ crm, mailchimp, brevo }: Systems): void {
  plantAtMailchimp(mailchimp);
  plantAtBrevo(brevo);
  const more = { lastName: 'Fremd', letterSalutation: 'Hallo' };
  plantContact(crm, { email: 'foreign0@immo-test.de', newsletter: '', ...more });
  plantContact(crm, { email: 'foreign1@immo-test.de', newsletter: '1', isPrivate: true, ...more });
}

function plantAtMailchimp(mailchimp: MailchimpSimulator): void {
  const own = ownAudience(mailchimp);
  for (const [number, status] of (['unsubscribed', 'cleaned', 'archived', 'pending'] as const).entries())
    plantMember(mailchimp, { email: `foreign${number + 2}@immo-test.de`, status, tags: ['Fremd'] });
  for (const member of own.members.all()) member.mergeFields[phoneOf(mailchimp)] = PHONE;
  const other = mailchimp.addAudience({ name: 'Vermieter' });
  for (const audience of [own, other]) {
    const id = mailchimp.store.nextId('webhook', 10);
    const events = {
      subscribe: true,
      unsubscribe: true,
      profile: false,
      cleaned: false,
      upemail: false,
      campaign: false,
    };
    const sources = { user: true, admin: true, api: true };
    audience.webhooks.set(id, { id, url: FOREIGN_HOOK, events, sources, signingSecret: undefined, disabled: false });
  }
}

function phoneOf(mailchimp: MailchimpSimulator): number {
  return ownAudience(mailchimp).mergeFields.find(({ tag }) => tag === 'PHONE')?.mergeId ?? 0;
}

function plantAtBrevo(brevo: BrevoSimulator): void {
  const { account, world } = brevo;
  const other = addList(account, 'Vermieter', 1, world.clock.now());
  account.attributes.set('PLZ', attribute('PLZ', 'normal', 'text'));
  for (const contact of account.contacts.all()) contact.attributes.PLZ = '10115';
  const standings = ['blocked by the person', 'on no list', 'hard bounce'] as const;
  for (const [number, standing] of standings.entries()) {
    const contact = plantBrevoContact(brevo, { email: `foreign${number + 2}@immo-test.de`, standing });
    contact?.listIds.push(other.id);
  }
}

/** Everything of others as it stands, as one text: equal before and after means byte for byte the same (R11). */
export function readBelongings({ crm, mailchimp, brevo }: Systems): string {
  const own = ownAudience(mailchimp);
  const list = ownList(brevo);
  const { account } = brevo;
  const phone = phoneOf(mailchimp);
  const foreignHooks = <T extends { url: string }>(hooks: Iterable<T>) =>
    [...hooks].filter(({ url }) => url === FOREIGN_HOOK || url.startsWith(ELSEWHERE));
  return JSON.stringify(
    {
      mailchimp: {
        people: [...own.members.all()].filter(({ emailAddress }) => isForeign(emailAddress)),
        phones: [...own.members.all()]
          .filter(({ mergeFields }) => mergeFields[phone] !== undefined)
          .map(({ contactId, mergeFields }) => [contactId, mergeFields[phone]]),
        fields: own.mergeFields.slice(0, phone),
        hooks: foreignHooks(own.webhooks.values()),
        audiences: mailchimp.store
          .listsOf(mailchimp.account)
          .filter((audience) => audience !== own)
          .map(({ members, ...audience }) => ({ ...audience, members: [...members.all()] })),
      },
      brevo: {
        people: [...account.contacts.all()].filter(({ email = '' }) => isForeign(email)),
        fields: [...account.contacts.all()]
          .filter(({ attributes }) => attributes.PLZ !== undefined)
          .map(({ id, attributes }) => [id, attributes.PLZ]),
        lists: [...account.lists.values()].filter((one) => one !== list),
        hooks: foreignHooks(account.webhooks.values()),
        attribute: account.attributes.get('PLZ'),
      },
      crm: [...crm.store.addresses.values()].filter((record) => isForeign(mainEmail(record))),
    },
    (_, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value),
  );
}
