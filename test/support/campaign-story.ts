import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { audienceOf } from './plant.ts';
import type { World } from './world.ts';

/** What people do with a campaign at a provider, in words that fit both. */
export type CampaignStory = {
  name: ProviderName;
  /** sends to everybody, and nobody does anything by himself. @returns the campaign's id */
  send(world: World): string;
  open(world: World, campaignId: string, email: string): void;
  click(world: World, campaignId: string, email: string): void;
  /** before anything else became of the mail */
  bounce(world: World, campaignId: string, email: string): void;
  tellTwice(world: World): void;
};

const NOBODY = { hardBounce: 0, softBounce: 0, open: 0, click: 0, unsubscribe: 0, complain: 0 };

const MAILCHIMP: CampaignStory = {
  name: 'mailchimp',
  send: ({ mailchimp }) =>
    mailchimp.campaign.send(audienceOf(mailchimp).id, { subject: 'Januar', title: 'J', rates: NOBODY }).id,
  open: ({ mailchimp }, id, email) => mailchimp.campaign.open(id, email),
  click: ({ mailchimp }, id, email) => mailchimp.campaign.click(id, email),
  bounce: ({ mailchimp }, id, email) => mailchimp.campaign.bounce(id, email, 'hard'),
  tellTwice: ({ mailchimp }) => {
    mailchimp.switches.duplicateEvents = true;
  },
};

const BREVO: CampaignStory = {
  name: 'brevo',
  send: ({ brevo }) => String(brevo.campaign.send('onoffice', { name: 'Januar', rates: NOBODY }).id),
  open: ({ brevo }, id, email) => brevo.campaign.open(Number(id), email),
  click: ({ brevo }, id, email) => brevo.campaign.click(Number(id), email),
  bounce: ({ brevo }, id, email) => brevo.campaign.bounce(Number(id), email, 'hard'),
  tellTwice: ({ brevo }) => {
    brevo.switches.duplicateEvents = true;
  },
};

export const campaignStories: readonly CampaignStory[] = [MAILCHIMP, BREVO];
