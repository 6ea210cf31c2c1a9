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

/** Both simulators over real HTTP on this machine, filled with one agency. */
export type ListeningSimulators = Awaited<ReturnType<typeof listenToSimulators>>;

/** Starts the simulators on free ports. @param options.latencyMs of every call to Mailchimp and action of onOffice */
export async function listenToSimulators(options: { contacts: number; seed: number; latencyMs?: number }) {
  const agency = drawAgency({ ...options, audience: 'existing' });
  const crm = createOnOfficeSimulator({ clock: systemClock, random: seededRandom(1) });
  const mailchimp = createMailchimpSimulator({ clock: systemClock, random: seededRandom(2) });
  seedOnOffice(crm, agency);
  seedMailchimp(mailchimp, agency);
  if (options.latencyMs) mailchimp.latencyMs.set('*', options.latencyMs);
  const onOfficeServer = await listen(crm);
  const mailchimpServer = await listen(mailchimp);
  return {
    crm,
    mailchimp,
    keys: { token: DEFAULT_TOKEN, secret: DEFAULT_SECRET, provider: 'mailchimp' as const, apiKey: mailchimp.apiKey },
    environment: {
      ONOFFICE_URL: `${onOfficeServer.origin}/api/stable/api.php`,
      MAILCHIMP_URL: `${mailchimpServer.origin}/3.0`,
      ONOFFICE_REQUESTS_PER_SECOND: '1000',
      LOG_LEVEL: 'warn',
      PORT: '0',
    },
    close: async () => {
      await mailchimpServer.close();
      await onOfficeServer.close();
    },
  };
}
