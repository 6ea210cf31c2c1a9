import { z } from 'zod';
import { ACTIVITY_KINDS, type ActivityCatalog, type ActivityKind, type CrmActivityType } from '../../core/activity.ts';
import { demandDone, type OnOfficeCustomer } from './customer.ts';
import type { OnOfficeRecord } from './schema.ts';
import { cleanText, parseElements } from './schema.ts';

const NEWSLETTER = 'Newsletter';
const EMAIL = 'Email';

/**
 * What each of our kinds is called by default: the first that the customer has. Keys are German whatever the language (apidoc
 * "Create agentslog"); types for openings and clicks are not published, so likely names are tried.
 */
const WISHES: Readonly<Record<ActivityKind, readonly CrmActivityType[]>> = {
  subscribed: [{ kind: NEWSLETTER, type: 'bestellt' }],
  unsubscribed: [{ kind: NEWSLETTER, type: 'nicht bestellt' }],
  delivered: [{ kind: EMAIL, type: 'Ausgang' }],
  opened: typesOf('geöffnet', 'Geöffnet', 'gelesen', 'opened'),
  clicked: typesOf('geklickt', 'Geklickt', 'angeklickt', 'Klick', 'clicked'),
  'hard-bounce': typesOf('Hard Bounce', 'Hardbounce'),
  'soft-bounce': typesOf('Soft Bounce', 'Softbounce'),
  complaint: typesOf('Spam', 'Beschwerde'),
};

/** Where nothing is made for a kind; without any of these an entry is written with a note alone, which onOffice permits. */
const FALLBACKS: readonly CrmActivityType[] = [
  { kind: NEWSLETTER, type: '' },
  { kind: EMAIL, type: 'Ausgang' },
];
const NOTE_ALONE: CrmActivityType = { kind: '', type: '' };

function typesOf(...types: readonly string[]): CrmActivityType[] {
  return types.map((type) => ({ kind: NEWSLETTER, type }));
}

/**
 * Reads the customer's kinds and types of activities. Types that onOffice writes by itself are left out unless their kind is
 * named, so a complete list takes two calls.
 */
export async function readActivityCatalog(customer: OnOfficeCustomer): Promise<ActivityCatalog> {
  const read = async (named: readonly string[]) => {
    const parameters = { lang: customer.language, allowAutomaticTypesForActionKind: named };
    return demandDone((await customer.readEach([{ verb: 'get', resourceType: 'actionkindtypes', parameters }]))[0]);
  };
  const names = (await read([])).records.map(kindOf).map(({ key }) => key);
  const kinds = (await read(names)).records.map(kindOf).filter(({ key }) => key !== '');
  const has = ({ kind, type }: CrmActivityType) =>
    kinds.some(({ key, types }) => key === kind && (type === '' || types.some((known) => known.key === type)));
  const defaultOf = (kind: ActivityKind) => {
    const fitting = WISHES[kind].find(has);
    return fitting ? { ...fitting, isFitting: true } : { ...(FALLBACKS.find(has) ?? NOTE_ALONE), isFitting: false };
  };
  const defaults = Object.fromEntries(ACTIVITY_KINDS.map((kind) => [kind, defaultOf(kind)]));
  return { kinds, defaults: defaults as ActivityCatalog['defaults'] };
}

/** `types` is an object of keys and labels; empty it comes as a list. */
const Types = z.record(z.string(), z.unknown()).catch({});

function kindOf({ elements }: OnOfficeRecord): ActivityCatalog['kinds'][number] {
  const fields = parseElements(elements);
  const key = cleanText(fields.key);
  return {
    key,
    label: cleanText(fields.label) || key,
    types: Object.entries(Types.parse(fields.types)).map(([type, label]) => ({
      key: type,
      label: cleanText(label) || type,
    })),
  };
}
