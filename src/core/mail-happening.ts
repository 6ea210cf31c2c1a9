import type { MailHappening } from './activity.ts';
import type { ProviderEvent } from './provider-event.ts';

/**
 * What became of a mail, as an event tells it: an event about a mail alone, or one about a person who bounced or complained
 * because of a campaign. Undefined where it is no mail of a campaign, or one of another audience.
 */
export function mailHappeningOf(event: ProviderEvent): MailHappening | undefined {
  const { campaign, email, happenedAt, isOurAudience } = event;
  const kind = event.mail?.kind ?? KINDS[event.kind];
  if (!kind || !campaign || !email || isOurAudience === false) return undefined;
  return { kind, campaignId: campaign.id, email, at: happenedAt, link: event.mail?.link ?? '' };
}

const KINDS: Readonly<Partial<Record<ProviderEvent['kind'], MailHappening['kind']>>> = {
  bounced: 'hard-bounce',
  complained: 'complaint',
};
