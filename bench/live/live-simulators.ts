import { setTimeout as delay } from 'node:timers/promises';
import { createBrevoSimulator, seedFromAgency as seedBrevo } from '../../simulators/brevo/index.ts';
import { createMailchimpSimulator, seedFromAgency as seedMailchimp } from '../../simulators/mailchimp/index.ts';
import {
  createOnOfficeSimulator,
  DEFAULT_SECRET,
  DEFAULT_TOKEN,
  seedFromAgency as seedOnOffice,
} from '../../simulators/onoffice/index.ts';
import { drawAgency } from '../../simulators/shared/agency.ts';
import { systemClock } from '../../simulators/shared/clock.ts';
import { seededRandom } from '../../simulators/shared/random.ts';
import { listen } from '../../simulators/shared/simulator.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';

/** The vendors' webhooks leave so long after what they tell, at most. */
const PUMP_MS = 20;

/** A campaign's webhooks do not stand in a queue of the simulator. */
const WEBHOOKS_AT_ONCE = 16;

const LIST = 'onoffice';

/** A contact that says Yes and is a subscribed member, with an address that nobody shares. */
export type LivePerson = { contactId: number; email: string };

/** The CRM and one provider over real HTTP in this process, in real time, with the vendors' limits. */
export type LiveSimulators = Awaited<ReturnType<typeof startLiveSimulators>>;

/** Fills and starts the simulators. Calls take no time before `slowDown`. */
export async function startLiveSimulators(provider: ProviderName, contacts: number) {
  const outside = { clock: systemClock, wait: (ms: number) => delay(ms) };
  const crm = createOnOfficeSimulator({ ...outside, random: seededRandom(1) });
  const mailchimp = createMailchimpSimulator({ ...outside, random: seededRandom(2) });
  const switches = { webhooksAtOnce: WEBHOOKS_AT_ONCE };
  const brevo = createBrevoSimulator({ ...outside, random: seededRandom(3), switches });
  const agency = drawAgency({ contacts, seed: 7, audience: 'empty' });
  seedOnOffice(crm, agency);
  if (provider === 'brevo') seedBrevo(brevo, agency);
  else seedMailchimp(mailchimp, agency);
  const crmServer = await listen(crm, 0, PUMP_MS);
  const providerServer = await listen(provider === 'brevo' ? brevo : mailchimp, 0, PUMP_MS);

  const brevoList = () => [...brevo.account.lists.values()].find(({ name }) => name === LIST);
  const isSubscribed = (email: string): boolean => {
    if (provider === 'mailchimp') return mailchimp.store.list(LIST).members.find(email)?.status === 'subscribed';
    const contact = brevo.account.contacts.byEmail(email);
    const list = brevoList();
    return (
      contact !== undefined && list !== undefined && !contact.emailBlacklisted && contact.listIds.includes(list.id)
    );
  };

  return {
    crm,
    keys: {
      token: DEFAULT_TOKEN,
      secret: DEFAULT_SECRET,
      provider,
      apiKey: provider === 'brevo' ? brevo.apiKey : mailchimp.apiKey,
    },
    environment: {
      ONOFFICE_URL: `${crmServer.origin}/api/stable/api.php`,
      ...(provider === 'brevo'
        ? { BREVO_URL: `${providerServer.origin}/v3` }
        : { MAILCHIMP_URL: `${providerServer.origin}/3.0` }),
    },
    /** From now on each call to the provider, and each action in the CRM, takes so long. */
    slowDown(latencyMs: number): void {
      crm.switches.latencyMs = latencyMs;
      mailchimp.latencyMs.set('*', latencyMs);
      brevo.latencyMs.set('*', latencyMs);
    },
    audienceId: () => (provider === 'brevo' ? String(brevoList()?.id) : mailchimp.store.list(LIST).id),
    /** In the order of their numbers. */
    people(): LivePerson[] {
      return [...crm.store.addresses.values()].flatMap(({ id, emails, values }) => {
        const [{ address: email } = { address: '' }, another] = emails;
        const isAlone = another === undefined && crm.store.idsByEmail(email).length === 1;
        const saysYes = values.newsletter_aktiv === '1' && values.Privat !== '1' && values.Status === '1';
        return isAlone && saysYes && isSubscribed(email) ? [{ contactId: id, email }] : [];
      });
    },
    /** Clicks "unsubscribe" in a mail. */
    leave(email: string): void {
      if (provider === 'brevo') brevo.person.unsubscribe(email);
      else mailchimp.person.unsubscribe(LIST, email);
    },
    /** Sends a newsletter to everybody in the audience; nobody reads it, all mails are delivered. */
    sendCampaign(): void {
      const rates = { hardBounce: 0, softBounce: 0, open: 0, click: 0, unsubscribe: 0, complain: 0 };
      brevo.switches.sendingMs = 0;
      mailchimp.switches.sendingMs = 0;
      if (provider === 'brevo') brevo.campaign.send(LIST, { name: 'Bench', rates });
      else mailchimp.campaign.send(mailchimp.store.list(LIST).id, { subject: 'Bench', title: 'Bench', rates });
    },
    /** The value of the provider's field for the last name. */
    lastNameOf(email: string): string {
      if (provider === 'brevo') return String(brevo.account.contacts.byEmail(email)?.attributes.NACHNAME ?? '');
      const list = mailchimp.store.list(LIST);
      const field = list.mergeFields.find(({ tag }) => tag === 'LNAME');
      return String(list.members.find(email)?.mergeFields[field?.mergeId ?? 0] ?? '');
    },
    /** The webhook that the set-up has made, and what its deliveries are signed with. */
    webhook(): { url: string; secret: string } {
      const made =
        provider === 'brevo'
          ? [...brevo.account.webhooks.values()].map(({ url, auth }) => ({ url, secret: auth?.token ?? '' }))
          : [...mailchimp.store.list(LIST).webhooks.values()].map(({ url, signingSecret }) => ({
              url,
              secret: signingSecret ?? '',
            }));
      const [webhook] = made;
      if (!webhook) throw new Error('The set-up has made no webhook');
      return webhook;
    },
    refusedForRate: () => (provider === 'brevo' ? brevo : mailchimp).counts.byStatus.get(429) ?? 0,
    close: async () => {
      await providerServer.close();
      await crmServer.close();
    },
  };
}
