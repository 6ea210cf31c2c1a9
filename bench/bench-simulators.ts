import { createBrevoSimulator, seedFromAgency as seedBrevo } from '../simulators/brevo/index.ts';
import { createMailchimpSimulator, seedFromAgency as seedMailchimp } from '../simulators/mailchimp/index.ts';
import { createOnOfficeSimulator, seedFromAgency as seedOnOffice } from '../simulators/onoffice/index.ts';
import { drawAgency } from '../simulators/shared/agency.ts';
import type { SyncRow } from './bench-row.ts';
import type { SkippingClock } from './skipping-clock.ts';

/** The CRM with its contacts and the provider without members, called in this process. */
export type BenchSimulators = ReturnType<typeof createBenchSimulators>;

/** Makes the simulators of one row; the agency is the same for the same number of contacts. */
export function createBenchSimulators(row: SyncRow, clock: Pick<SkippingClock, 'now' | 'wait'>) {
  const isLimited = row.mode === 'limited';
  const latencyMs = isLimited ? row.latencyMs : 0;
  const outside = { clock, wait: clock.wait, fetch: async () => new Response(null, { status: 200 }) };
  const crm = createOnOfficeSimulator({ ...outside, switches: { latencyMs } });
  const mailchimp = createMailchimpSimulator({ ...outside, switches: { connectionLimit: isLimited } });
  const brevo = createBrevoSimulator({ ...outside, switches: { limits: isLimited } });
  const agency = drawAgency({ contacts: row.contacts, seed: 7, audience: 'empty' });
  seedOnOffice(crm, agency);
  seedMailchimp(mailchimp, agency);
  seedBrevo(brevo, agency);
  mailchimp.latencyMs.set('*', latencyMs);
  brevo.latencyMs.set('*', latencyMs);
  const members = () => {
    if (row.provider === 'brevo') return { present: brevo.account.contacts.size, archived: 0 };
    const lists = mailchimp.store.listsOf(mailchimp.account);
    const archived = lists.reduce((sum, { members }) => sum + members.count('archived'), 0);
    return { present: lists.reduce((sum, { members }) => sum + members.size, 0) - archived, archived };
  };
  return {
    crm,
    mailchimp,
    brevo,
    apiKey: row.provider === 'brevo' ? brevo.apiKey : mailchimp.apiKey,
    withAddress: agency.people.filter(({ email }) => email.trim() !== '').length,
    members,
    pump: async () => {
      await crm.pump();
      await (row.provider === 'brevo' ? brevo.pump() : mailchimp.pump());
    },
    fetch: async (url: string, init: RequestInit): Promise<Response> => {
      // What Brevo does by itself is due by the time that has passed, not only after a wait.
      if (row.provider === 'brevo') await brevo.pump();
      const simulator = url.startsWith('http://onoffice.test')
        ? crm
        : url.startsWith('http://brevo.test')
          ? brevo
          : mailchimp;
      return simulator.fetch(new Request(url, init));
    },
  };
}
