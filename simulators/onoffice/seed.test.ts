import { expect, test } from 'vitest';
import { drawAgency } from '../shared/agency.ts';
import { mainEmail } from './entities.ts';
import { createOnOfficeSimulator, seedFromAgency } from './index.ts';
import { call, testClock } from './test-client.ts';

const AGENCY = drawAgency({ contacts: 400, seed: 7, audience: 'existing' });

test('every person becomes a contact that says the same', () => {
  const sim = createOnOfficeSimulator({ clock: testClock() });
  const ids = seedFromAgency(sim, AGENCY);
  const labels = new Map(sim.store.fields.get('NewsletterTag')?.permitted.map(({ key, labels }) => [key, labels.DEU]));
  const newsletter = { no: '0', yes: '1', cancelled: '2', 'doi-pending': '3', unspecified: '4', undeliverable: '5' };
  for (const person of AGENCY.people) {
    const record = sim.store.addresses.get(ids.get(person.number)!)!;
    expect(record.values).toMatchObject({
      Anrede: person.salutation,
      Vorname: person.firstName,
      Name: person.lastName,
      Zusatz1: person.company,
      newsletter_aktiv: newsletter[person.newsletter],
      Privat: person.isPrivate ? '1' : '0',
      Status: person.isArchived ? '0' : '1',
      KdNr: String(person.number),
    });
    expect(mainEmail(record)).toBe(person.email);
    expect(record.emails.map(({ address }) => address)).toEqual(
      [person.email, ...person.furtherEmails].filter(Boolean),
    );
    expect((record.values.NewsletterTag as string[]).map((key) => labels.get(key))).toEqual(person.tags);
  }
});

test('an older customer keeps values empty that it does not know', () => {
  const sim = createOnOfficeSimulator({ clock: testClock(), customer: { newsletterValues: ['1', '0', '2', '3'] } });
  seedFromAgency(sim, AGENCY);
  const values = new Set([...sim.store.addresses.values()].map((record) => record.values.newsletter_aktiv));
  expect(values).toEqual(new Set(['0', '1', '2', '3', '']));
});

test('seeding leaves no log and no webhook, and the contacts are old', async () => {
  const clock = testClock();
  const sim = createOnOfficeSimulator({ clock });
  sim.marketplace.webhook = { url: 'https://connector.example/hook', providerSecret: 's' };
  seedFromAgency(sim, AGENCY, { daysAgo: 10 });
  expect(sim.store.log).toEqual([]);
  expect(sim.nextDueAt()).toBeUndefined();
  const since = async (val: string) =>
    (await call(sim, 'read address', { filter: { Aenderung: [{ op: '>=', val }] } })).data.meta.cntabsolute;
  expect(await since('2026-01-22 09:30:00')).toBe(400);
  expect(await since('2026-01-31 09:30:00')).toBe(0);
});
