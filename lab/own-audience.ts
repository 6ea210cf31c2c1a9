import type { BrevoSimulator, List } from '../simulators/brevo/index.ts';
import type { Audience, MailchimpSimulator } from '../simulators/mailchimp/index.ts';
import { brevoList } from '../test/support/brevo-people.ts';
import { audienceOf } from '../test/support/plant.ts';

/** What our audience is called, whatever somebody puts behind it. */
const NAME = 'onoffice';

/** Our audience at Mailchimp, under whatever name somebody gave it; made when it is not there. */
export function ownAudience(mailchimp: MailchimpSimulator): Audience {
  const lists = mailchimp.store.listsOf(mailchimp.account);
  return lists.find(({ name }) => name.startsWith(NAME)) ?? audienceOf(mailchimp);
}

/** Our list at Brevo, as `ownAudience`. */
export function ownList(brevo: BrevoSimulator): List {
  return [...brevo.account.lists.values()].find(({ name }) => name.startsWith(NAME)) ?? brevoList(brevo);
}
