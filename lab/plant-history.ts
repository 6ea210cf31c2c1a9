import { addPermittedValue } from '../simulators/onoffice/tags.ts';
import { plantBrevoContact } from '../test/support/brevo-people.ts';
import { plantContact, plantMember } from '../test/support/plant.ts';
import { AGENCY_TAGS } from './actors/agent.ts';
import { plantBelongings } from './belongings.ts';
import type { History } from './history.ts';
import type { LabWorld } from './lab-world.ts';
import { ownAudience, ownList } from './own-audience.ts';

const AT_MAILCHIMP = {
  subscribed: { status: 'subscribed' },
  unsubscribed: { status: 'unsubscribed' },
  off: { status: 'archived' },
  'left-and-off': { status: 'archived', hadLeft: true },
  bounced: { status: 'cleaned' },
  unconfirmed: { status: 'pending' },
  elsewhere: { status: 'transactional' },
  gone: { status: 'forgotten' },
} as const;

const AT_BREVO = {
  subscribed: 'subscribed',
  unsubscribed: 'blocked by the person',
  off: 'on no list',
  'left-and-off': 'blocked off the list',
  bounced: 'hard bounce',
  unconfirmed: 'unknown',
  elsewhere: 'on another list',
  gone: 'unknown',
} as const;

/** Plants both sides as they have stood for a long time. @returns the contacts' record numbers, in order */
export function plantHistory(
  { crm, mailchimp, brevo }: Pick<LabWorld, 'crm' | 'mailchimp' | 'brevo'>,
  { contacts, members, providers }: History,
): number[] {
  if (providers.includes('mailchimp')) ownAudience(mailchimp);
  if (providers.includes('brevo')) ownList(brevo);
  for (const { provider, email, standing } of members) {
    if (provider === 'brevo') plantBrevoContact(brevo, { email, standing: AT_BREVO[standing] });
    else plantMember(mailchimp, { email, ...AT_MAILCHIMP[standing] });
  }
  for (const tag of AGENCY_TAGS) crm.agent.addTag(tag);
  const newsletter = crm.store.fields.get('newsletter_aktiv');
  if (newsletter) addPermittedValue(crm.store, newsletter, 'Sonderfall', '9');
  const ids = contacts.map((contact) => plantContact(crm, contact));
  plantBelongings({ crm, mailchimp, brevo });
  return ids;
}
