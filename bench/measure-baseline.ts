import { BrevoClient } from '@getbrevo/brevo';
import mailchimp from '@mailchimp/mailchimp_marketing';
import { createBrevoSimulator } from '../simulators/brevo/index.ts';
import { createMailchimpSimulator } from '../simulators/mailchimp/index.ts';
import { type Agency, drawAgency } from '../simulators/shared/agency.ts';
import { listen, type RunningSimulator } from '../simulators/shared/simulator.ts';
import type { BaselineFigures, SyncRow } from './bench-row.ts';
import { createSkippingClock } from './skipping-clock.ts';

type Person = Agency['people'][number];

/**
 * Adds the sample's contacts one by one with the vendor's own client over HTTP, one after the other. Latencies of the
 * simulator move the clock only, which is right because nothing runs beside them.
 */
export async function measureBaseline(row: SyncRow): Promise<BaselineFigures> {
  const clock = createSkippingClock({ startsAt: Date.parse('2026-03-01T08:00:00Z'), afterJump: async () => {} });
  const outside = {
    clock,
    wait: async (ms: number) => clock.skip(ms),
    fetch: async () => new Response(null, { status: 200 }),
  };
  const latencyMs = row.mode === 'limited' ? row.latencyMs : 0;
  const people = drawAgency({ contacts: row.contacts, seed: 7, audience: 'empty' })
    .people.filter(({ email, newsletter }) => email.includes('@') && newsletter === 'yes')
    .slice(0, row.sample);
  let startedAt = 0;
  const addAll = async (add: (person: Person) => Promise<unknown>) => {
    startedAt = clock.now();
    // The vendor refuses some addresses; that is an answer too.
    for (const person of people) await add(person).catch(() => undefined);
  };
  if (row.provider === 'brevo') {
    const sim = createBrevoSimulator({ ...outside, switches: { limits: row.mode === 'limited' } });
    sim.latencyMs.set('*', latencyMs);
    const list = sim.admin.createList('onoffice');
    await whileListening(await listen(sim, 0, 0), (origin) => addAll(brevoAdd(sim.apiKey, origin, list.id)));
    return { sample: people.length, requests: sim.counts.total, virtualMs: clock.now() - startedAt };
  }
  const sim = createMailchimpSimulator({ ...outside, defaultAudience: 'onoffice' });
  sim.latencyMs.set('*', latencyMs);
  const [audience] = sim.store.listsOf(sim.account);
  if (!audience) throw new Error('The audience was just made');
  await whileListening(await listen(sim, 0, 0), (origin) => {
    mailchimp.setConfig({ apiKey: sim.apiKey, server: sim.dataCenter });
    mailchimp.basePath = `${origin}/3.0`;
    return addAll(mailchimpAdd(audience.id));
  });
  return { sample: people.length, requests: sim.counts.total, virtualMs: clock.now() - startedAt };
}

function mailchimpAdd(listId: string) {
  return (person: Person) =>
    mailchimp.lists.addListMember(listId, {
      email_address: person.email.trim(),
      status: 'subscribed',
      merge_fields: { FNAME: person.firstName, LNAME: person.lastName },
      tags: person.tags,
    });
}

function brevoAdd(apiKey: string, origin: string, listId: number) {
  const client = new BrevoClient({ apiKey, baseUrl: `${origin}/v3`, maxRetries: 0 });
  return async (person: Person) =>
    client.contacts.createContact({
      email: person.email.trim(),
      attributes: { VORNAME: person.firstName, NACHNAME: person.lastName },
      listIds: [listId],
    });
}

async function whileListening(running: RunningSimulator, work: (origin: string) => Promise<void>): Promise<void> {
  try {
    await work(running.origin);
  } finally {
    await running.close();
  }
}
