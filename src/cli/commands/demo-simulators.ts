import { createMailchimpSimulator, seedFromAgency as seedMailchimp } from '../../../simulators/mailchimp/index.ts';
import {
  createOnOfficeSimulator,
  DEFAULT_SECRET,
  DEFAULT_TOKEN,
  seedFromAgency as seedOnOffice,
} from '../../../simulators/onoffice/index.ts';
import { drawAgency } from '../../../simulators/shared/agency.ts';
import { systemClock } from '../../../simulators/shared/clock.ts';
import { seededRandom } from '../../../simulators/shared/random.ts';
import { listen } from '../../../simulators/shared/simulator.ts';

/** The practice world: simulators that listen on this machine, filled with one agency. */
export type PracticeWorld = {
  onOfficeUrl: string;
  mailchimpUrl: string;
  credentials: {
    crm: { token: string; secret: string; console: string };
    mailchimp: { apiKey: string; console: string };
  };
  /** requests that the simulators were sent, and the most that one met at the same time */
  counts(): { onOffice: number; mailchimp: number; mailchimpAtOnce: number };
  close(): Promise<void>;
};

/** Starts the simulators. @param options.ports 0 for free ones */
export async function startPracticeWorld(options: {
  contacts: number;
  seed: number;
  audience: 'empty' | 'existing';
  ports: { onOffice: number; mailchimp: number };
}): Promise<PracticeWorld> {
  const agency = drawAgency(options);
  const onOffice = createOnOfficeSimulator({ clock: systemClock, random: seededRandom(options.seed) });
  const mailchimp = createMailchimpSimulator({ clock: systemClock, random: seededRandom(options.seed + 1) });
  seedOnOffice(onOffice, agency);
  seedMailchimp(mailchimp, agency);
  const crm = await listen(onOffice, options.ports.onOffice);
  const provider = await listen(mailchimp, options.ports.mailchimp);
  return {
    onOfficeUrl: `${crm.origin}/api/stable/api.php`,
    mailchimpUrl: `${provider.origin}/3.0`,
    credentials: {
      crm: { token: DEFAULT_TOKEN, secret: DEFAULT_SECRET, console: `${crm.origin}/_console` },
      mailchimp: { apiKey: mailchimp.apiKey, console: `${provider.origin}/_console` },
    },
    counts: () => ({
      onOffice: onOffice.counts.requests,
      mailchimp: mailchimp.counts.total,
      mailchimpAtOnce: mailchimp.counts.maxInFlight,
    }),
    close: async () => {
      await provider.close();
      await crm.close();
    },
  };
}
