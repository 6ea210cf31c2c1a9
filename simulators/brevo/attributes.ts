import type { Attribute, AttributeCategory, AttributeType, AttributeValue, Language } from './entities.ts';

/** Names of the first and the last name, by the language an account was opened in (fact sheet 3). */
export const NAME_ATTRIBUTES: Readonly<Record<Language, { first: string; last: string }>> = {
  en: { first: 'FIRSTNAME', last: 'LASTNAME' },
  de: { first: 'VORNAME', last: 'NACHNAME' },
  fr: { first: 'PRENOM', last: 'NOM' },
  es: { first: 'NOMBRE', last: 'APELLIDOS' },
  it: { first: 'NOME', last: 'COGNOME' },
  pt: { first: 'NOME', last: 'SOBRENOME' },
};

/** Builds an attribute without options. */
export function attribute(name: string, category: AttributeCategory, type?: AttributeType): Attribute {
  return {
    name,
    category,
    type,
    enumeration: undefined,
    multiCategoryOptions: undefined,
    calculatedValue: undefined,
  };
}

/** The attributes an account starts with. */
export function defaultAttributes(language: Language): Map<string, Attribute> {
  const { first, last } = NAME_ATTRIBUTES[language];
  const attributes: Attribute[] = [
    { ...attribute('BLACKLIST', 'global'), calculatedValue: 'COUNT[BLACKLISTED,BLACKLISTED,<,NOW()]' },
    {
      ...attribute('DOUBLE_OPT-IN', 'category', 'category'),
      enumeration: [
        { value: 1, label: 'Yes' },
        { value: 2, label: 'No' },
      ],
    },
    attribute(last, 'normal', 'text'),
    attribute(first, 'normal', 'text'),
    attribute('SMS', 'normal', 'text'),
    attribute('WHATSAPP', 'normal', 'text'),
    attribute('EXT_ID', 'normal', 'text'),
    attribute('LANDLINE_NUMBER', 'normal', 'text'),
  ];
  return new Map(attributes.map((each) => [each.name, each]));
}

/**
 * Reads a value as its attribute keeps it.
 *
 * @returns undefined if it does not fit and is left out in silence; `''` if it erases the value
 */
export function readValue({ type, enumeration, multiCategoryOptions }: Attribute, value: unknown) {
  if (value === null || value === '') return '';
  switch (type) {
    case 'text':
    case 'id':
    case 'user':
      return readText(value);
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value : undefined;
    case 'float':
      return readNumber(value);
    case 'boolean':
      return readBoolean(value);
    case 'category':
      return enumeration?.find((option) => option.value === value || option.label === value)?.value;
    case 'multiple-choice': {
      const chosen = Array.isArray(value) ? value : [value];
      const known = chosen.filter((item) => typeof item === 'string' && multiCategoryOptions?.includes(item));
      return known.length === chosen.length ? known.map(String) : undefined;
    }
    case undefined:
      return undefined;
  }
}

function readText(value: unknown): AttributeValue | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = String(value).toLowerCase();
  return ['true', '1', 'yes'].includes(text) ? true : ['false', '0', 'no'].includes(text) ? false : undefined;
}
