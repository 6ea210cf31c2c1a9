import { type Language as AccountLanguage, LANGUAGES } from '../../../simulators/brevo/entities.ts';
import { createBrevoSimulator, seedFromAgency as seedBrevo } from '../../../simulators/brevo/index.ts';
import { createMailchimpSimulator, seedFromAgency as seedMailchimp } from '../../../simulators/mailchimp/index.ts';
import {
  createOnOfficeSimulator,
  DEFAULT_SECRET,
  DEFAULT_TOKEN,
  seedFromAgency as seedOnOffice,
} from '../../../simulators/onoffice/index.ts';
import { providerEntry } from '../../../simulators/onoffice/provider-entry.ts';
import { drawAgency } from '../../../simulators/shared/agency.ts';
import { systemClock } from '../../../simulators/shared/clock.ts';
import { seededRandom } from '../../../simulators/shared/random.ts';
import { listen } from '../../../simulators/shared/simulator.ts';

export { LANGUAGES };

const PROVIDER_SECRET = 'practice-provider-secret';

/** The practice world: simulators that listen on this machine, filled with one agency. */
export type PracticeWorld = {
  onOfficeUrl: string;
  mailchimpUrl: string;
  brevoUrl: string;
  credentials: {
    crm: { token: string; secret: string; console: string };
    mailchimp: { apiKey: string; console: string };
    brevo: { apiKey: string; console: string };
  };
  /** the provider's secret, and where the CRM runs that shows us in a frame (M27) */
  marketplace: { providerSecret: string; crmOrigin: string };
  /** Puts the connector on record in the CRM's Marketplace. @param origin where it runs */
  register(origin: string): void;
  /** requests that the simulators were sent, and the most that Mailchimp met at the same time */
  counts(): { onOffice: number; mailchimp: number; mailchimpAtOnce: number; brevo: number };
  close(): Promise<void>;
};

/**
 * Starts the simulators.
 *
 * @param options.accountLanguage language in which the Brevo account was opened: its attributes are named in it
 * @param options.ports 0 for free ones
 */
export async function startPracticeWorld(options: {
  contacts: number;
  seed: number;
  audience: 'empty' | 'existing';
  accountLanguage: AccountLanguage;
  ports: { onOffice: number; mailchimp: number; brevo: number };
}): Promise<PracticeWorld> {
  const agency = drawAgency(options);
  const clock = systemClock;
  const onOffice = createOnOfficeSimulator({ clock, random: seededRandom(options.seed) });
  const mailchimp = createMailchimpSimulator({ clock, random: seededRandom(options.seed + 1) });
  const brevo = createBrevoSimulator({
    clock,
    random: seededRandom(options.seed + 2),
    language: options.accountLanguage,
    // People practise: a queue of half an hour would teach them nothing.
    switches: { processQueueMs: 1_000, processMs: 1_000, processMsPerThousand: 0 },
  });
  seedOnOffice(onOffice, agency);
  onOffice.addUser({ userName: 'makler', firstName: 'Mia', lastName: 'Makler', rights: { admin: false } });
  seedMailchimp(mailchimp, agency);
  seedBrevo(brevo, agency);
  const servers = [
    await listen(onOffice, options.ports.onOffice),
    await listen(mailchimp, options.ports.mailchimp),
    await listen(brevo, options.ports.brevo),
  ];
  const [crmOrigin = '', mailchimpOrigin = '', brevoOrigin = ''] = servers.map(({ origin }) => origin);
  return {
    onOfficeUrl: `${crmOrigin}/api/stable/api.php`,
    mailchimpUrl: `${mailchimpOrigin}/3.0`,
    brevoUrl: `${brevoOrigin}/v3`,
    credentials: {
      crm: { token: DEFAULT_TOKEN, secret: DEFAULT_SECRET, console: `${crmOrigin}/_crm` },
      mailchimp: { apiKey: mailchimp.apiKey, console: `${mailchimpOrigin}/_console` },
      brevo: { apiKey: brevo.apiKey, console: `${brevoOrigin}/_console` },
    },
    marketplace: { providerSecret: PROVIDER_SECRET, crmOrigin },
    register: (origin) => {
      onOffice.marketplace.provider = providerEntry(origin, PROVIDER_SECRET);
    },
    counts: () => ({
      onOffice: onOffice.counts.requests,
      mailchimp: mailchimp.counts.total,
      mailchimpAtOnce: mailchimp.counts.maxInFlight,
      brevo: brevo.counts.total,
    }),
    close: async () => {
      for (const server of servers.toReversed()) await server.close();
    },
  };
}
