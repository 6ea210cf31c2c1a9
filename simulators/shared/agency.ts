import { drawInteger, drawOne, type Random, seededRandom } from './random.ts';

/** One person of the practice agency, in words no vendor uses; each simulator's seed turns it into its own records. */
export type Person = {
  /** 1-based, stable for a seed */
  number: number;
  salutation: 'Herr' | 'Frau' | 'Firma' | 'Eheleute' | 'Familie' | '';
  firstName: string;
  lastName: string;
  company: string;
  /** finished letter salutation, e.g. "Sehr geehrte Frau Müller,"; may be empty */
  letterSalutation: string;
  /** main address as an agent typed it: may be broken, upper-case, shared or empty */
  email: string;
  furtherEmails: string[];
  /** what the CRM says about the newsletter */
  newsletter: 'yes' | 'no' | 'cancelled' | 'doi-pending' | 'unspecified' | 'undeliverable';
  tags: string[];
  isPrivate: boolean;
  isArchived: boolean;
  /** what the provider's audience already holds under the main address; undefined: nothing */
  atProvider?: 'subscribed' | 'unsubscribed' | 'cleaned' | 'pending' | 'archived' | 'transactional' | undefined;
  /** tags of the provider's member that the CRM may not know */
  providerTags: string[];
};

/** Somebody in the provider's audience whom the CRM does not know. */
export type Stranger = {
  firstName: string;
  lastName: string;
  email: string;
  status: 'subscribed' | 'unsubscribed' | 'cleaned';
  tags: string[];
};

/** A made-up estate agency: who is in its CRM and who is already in its newsletter tool. */
export type Agency = { name: string; people: Person[]; strangers: Stranger[]; tags: string[] };

/** Tags an agency uses; the order is the order of the CRM's list. */
export const AGENCY_TAGS = [
  'Eigentümer',
  'Kaufinteressent',
  'Mieter',
  'Kapitalanleger',
  'Vermieter',
  'Neubau',
  'Gewerbe',
  'Tippgeber',
] as const;

const FEMALE =
  'Anna Brigitte Çiğdem Doris Elif Françoise Gülşen Hanna Inés Jürgine Käthe Lüdia Monika Nele Özlem Petra Renée Sabine Ute Vera Wiebke Zoë'.split(
    ' ',
  );
const MALE =
  'Ayhan Björn Claus Dieter Émile Frank Günther Holger Iñigo Jörg Klaus Łukasz Matthias Norbert Oğuz Peter Rüdiger Sören Thomas Uwe Volker Wolfgang'.split(
    ' ',
  );
const LAST =
  'Müller Schmidt Groß Öztürk Yıldız Weiß Jäger Köhler Böhm Lefèvre García Nuñez Kowalczyk Übler Straßner Bäcker Vogel Lindner Hübner Möller Fuchs Krüger Schäfer Zöllner Brandão Kühn Dvořák Rößler Voß Ahrens Thießen Wüst Hesse Niemöller Pröll Quade Reiß Steinmüller Tönnies Uhlig'.split(
    ' ',
  );
const COMPANIES = [
  'Hausverwaltung Nordlicht',
  'Bäckerei Öhlmann',
  'Projektbau Süd',
  'Kanzlei am Markt',
  'Planungsbüro Weiß',
];
// Reserved domains such as example.com are refused by Mailchimp ("looks fake or invalid"), so the agency has its own.
const DOMAINS = ['immo-test.de', 'wohnpost.test-mail.de', 'maklerkunde.de', 'postfach-probe.net', 'haus-und-hof.at'];

/** ASCII form of a name for the local part of an address. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '');
}

/**
 * Draws the practice agency: umlauts, couples, companies, shared and broken addresses, private and archived contacts,
 * tags, old opt-outs, members the newsletter tool already has, and strangers.
 *
 * @param contacts how many people the CRM holds
 * @param seed the same seed gives the same agency
 * @param audience `empty` draws nobody in the newsletter tool
 */
export function drawAgency(options: { contacts: number; seed: number; audience: 'empty' | 'existing' }): Agency {
  const random = seededRandom(options.seed);
  const people: Person[] = [];
  for (let number = 1; number <= options.contacts; number += 1)
    people.push(drawPerson(random, number, people, options));
  const strangers: Stranger[] = [];
  const strangerCount = options.audience === 'empty' ? 0 : Math.max(3, Math.round(options.contacts * 0.012));
  for (let number = 1; number <= strangerCount; number += 1) {
    const firstName = drawOne(random, random() < 0.5 ? FEMALE : MALE);
    const lastName = drawOne(random, LAST);
    const roll = random();
    strangers.push({
      firstName,
      lastName,
      email: `${plain(firstName)}.${plain(lastName)}.web${number}@${drawOne(random, DOMAINS)}`,
      status: roll < 0.7 ? 'subscribed' : roll < 0.9 ? 'unsubscribed' : 'cleaned',
      tags: random() < 0.3 ? ['Website'] : [],
    });
  }
  return { name: 'Muster Immobilien GmbH', people, strangers, tags: [...AGENCY_TAGS] };
}

function drawPerson(
  random: Random,
  number: number,
  earlier: readonly Person[],
  options: { audience: 'empty' | 'existing' },
): Person {
  const kind = random();
  const female = random() < 0.52;
  const firstName = drawOne(random, female ? FEMALE : MALE);
  const lastName = drawOne(random, LAST);
  const company = kind < 0.06 ? drawOne(random, COMPANIES) : '';
  const salutation: Person['salutation'] = company
    ? 'Firma'
    : kind < 0.14
      ? 'Eheleute'
      : kind < 0.17
        ? 'Familie'
        : kind < 0.2
          ? ''
          : female
            ? 'Frau'
            : 'Herr';
  const email = drawEmail(random, number, firstName, lastName, earlier);
  const newsletterRoll = random();
  const newsletter: Person['newsletter'] =
    newsletterRoll < 0.8
      ? 'yes'
      : newsletterRoll < 0.86
        ? 'unspecified'
        : newsletterRoll < 0.91
          ? 'no'
          : newsletterRoll < 0.96
            ? 'cancelled'
            : newsletterRoll < 0.98
              ? 'doi-pending'
              : 'undeliverable';
  const tags = AGENCY_TAGS.filter(() => random() < 0.16);
  const providerRoll = random();
  const atProvider: Person['atProvider'] =
    options.audience === 'empty' || providerRoll >= 0.2 || email === ''
      ? undefined
      : providerRoll < 0.13
        ? 'subscribed'
        : providerRoll < 0.16
          ? 'unsubscribed'
          : providerRoll < 0.17
            ? 'cleaned'
            : providerRoll < 0.175
              ? 'pending'
              : providerRoll < 0.19
                ? 'archived'
                : 'transactional';
  return {
    number,
    salutation,
    firstName: company ? '' : salutation === 'Familie' ? '' : firstName,
    lastName: company ? '' : lastName,
    company,
    letterSalutation: letterSalutation(salutation, lastName),
    email,
    furtherEmails: random() < 0.05 ? [`privat.${plain(lastName)}${number}@${drawOne(random, DOMAINS)}`] : [],
    newsletter,
    tags,
    isPrivate: random() < 0.02,
    isArchived: random() < 0.03,
    atProvider,
    providerTags: atProvider && random() < 0.3 ? [drawOne(random, ['Website', 'Messe 2025', AGENCY_TAGS[0]])] : [],
  };
}

function drawEmail(random: Random, number: number, first: string, last: string, earlier: readonly Person[]): string {
  const roll = random();
  if (roll < 0.02) return '';
  if (roll < 0.03)
    return drawOne(random, [
      `${plain(last)}(at)immo-test.de`,
      `${plain(first)} ${plain(last)}@immo-test`,
      'unbekannt',
      `${plain(last)}@@immo-test.de`,
    ]);
  const before = earlier[earlier.length - drawInteger(random, 1, 5)];
  if (roll < 0.05 && before?.email.includes('@')) return before.email.toUpperCase();
  const address = `${plain(first)}.${plain(last)}${number}@${drawOne(random, DOMAINS)}`;
  return roll < 0.08 ? ` ${address.charAt(0).toUpperCase()}${address.slice(1)} ` : address;
}

function letterSalutation(salutation: Person['salutation'], lastName: string): string {
  switch (salutation) {
    case 'Herr':
      return `Sehr geehrter Herr ${lastName},`;
    case 'Frau':
      return `Sehr geehrte Frau ${lastName},`;
    case 'Eheleute':
      return `Sehr geehrte Eheleute ${lastName},`;
    case 'Familie':
      return `Sehr geehrte Familie ${lastName},`;
    case 'Firma':
      return 'Sehr geehrte Damen und Herren,';
    case '':
      return '';
  }
}
