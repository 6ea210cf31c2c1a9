import type { Agency, Person } from '../shared/agency.ts';
import type { EmailEntry, FieldValue } from './entities.ts';
import type { OnOfficeSimulator } from './onoffice-simulator.ts';
import type { OnOfficeStore } from './store.ts';
import { addPermittedValue } from './tags.ts';

const NEWSLETTER_VALUES: Record<Person['newsletter'], string> = {
  no: '0',
  yes: '1',
  cancelled: '2',
  'doi-pending': '3',
  unspecified: '4',
  undeliverable: '5',
};

const DAY = 86_400_000;

/**
 * Turns an agency's people into contacts, as if they had been there for a long time: no log entries, no webhooks.
 *
 * @param options.daysAgo how old the oldest contact is; the people are spread evenly up to yesterday
 * @returns contact id by the person's number
 */
export function seedFromAgency(
  sim: OnOfficeSimulator,
  agency: Agency,
  options: { daysAgo?: number } = {},
): Map<number, number> {
  const { store } = sim;
  const keyOfTag = tagKeys(store, agency.tags);
  const permitted = new Set(store.fields.get('newsletter_aktiv')?.permitted.map(({ key }) => key));
  const oldest = (options.daysAgo ?? 1500) * DAY;
  const start = store.now() - oldest;
  const step = (oldest - DAY) / Math.max(1, agency.people.length);
  const ids = new Map<number, number>();
  agency.people.forEach((person, index) => {
    const newsletter = NEWSLETTER_VALUES[person.newsletter];
    const values: Record<string, FieldValue> = {
      KdNr: String(person.number),
      Anrede: person.salutation,
      Vorname: person.firstName,
      Name: person.lastName,
      Zusatz1: person.company,
      Briefanrede: person.letterSalutation,
      newsletter_aktiv: permitted.has(newsletter) ? newsletter : '',
      NewsletterTag: person.tags.flatMap((tag) => keyOfTag.get(tag) ?? []),
      Privat: person.isPrivate ? '1' : '0',
      Status: person.isArchived ? '0' : '1',
      Status2Adr: person.isArchived ? 'status2adr_archive' : 'status2adr_active',
    };
    const entries = [person.email, ...person.furtherEmails]
      .filter((address) => address !== '')
      .map((address): EmailEntry => ({ id: store.nextEmailId(), address, kind: '', comment: '' }));
    const emails = { entries, mainId: person.email === '' ? 0 : (entries[0]?.id ?? 0) };
    ids.set(person.number, store.plant({ values, emails }, start + index * step).id);
  });
  return ids;
}

function tagKeys(store: OnOfficeStore, tags: readonly string[]): Map<string, string> {
  const field = store.fields.get('NewsletterTag');
  const keys = new Map<string, string>();
  if (!field) return keys;
  for (const tag of tags) {
    const known = field.permitted.find(({ labels }) => labels.DEU === tag);
    keys.set(tag, (known ?? addPermittedValue(store, field, tag)).key);
  }
  return keys;
}
