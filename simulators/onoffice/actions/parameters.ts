import { LANGUAGES, type Language } from '../entities.ts';
import { ActionError } from '../errors.ts';
import { scalarText } from '../scalar-text.ts';

const MAX_LIST = 500;

/** Page of a list: `listlimit` is 20 by default and 500 at most; `listoffset` counts from 0. */
export function listWindow(parameters: Record<string, unknown>): { limit: number; offset: number } {
  const limit = wholeNumber(parameters.listlimit ?? 20, 'listlimit');
  const offset = wholeNumber(parameters.listoffset ?? parameters.listOffset ?? 0, 'listoffset');
  return { limit: Math.min(limit, MAX_LIST), offset };
}

/** A number 0 or more, also as text; throws 228. */
export function wholeNumber(value: unknown, name: string): number {
  const text = scalarText(value);
  if ((typeof value !== 'number' && typeof value !== 'string') || !/^\d{1,15}$/.test(text))
    throw new ActionError(228, name);
  return Number(text);
}

/** Record ids as numbers; throws 185 for anything but an array of ids and 302 for more than 500. */
export function recordIds(value: unknown): number[] {
  if (!Array.isArray(value)) throw new ActionError(185);
  if (value.length > MAX_LIST) throw new ActionError(302);
  return value.map((id) => {
    if (!/^\d{1,15}$/.test(scalarText(id))) throw new ActionError(185, scalarText(id));
    return Number(scalarText(id));
  });
}

/** A list of names, empty if it is left out; throws 74. */
export function nameList(value: unknown, name: string): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new ActionError(74, name);
  return value.map(scalarText);
}

/** A language of the CRM, German if left out; throws 160. */
export function languageOf(value: unknown): Language {
  if (value === undefined || value === '') return 'DEU';
  const found = LANGUAGES.find((language) => language === value);
  if (!found) throw new ActionError(160, scalarText(value));
  return found;
}

/** Boolean parameter in any spelling a PHP client sends. */
export function flag(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}

/** `DESC` in any case. */
export function isDescending(value: unknown): boolean {
  return scalarText(value).toUpperCase() === 'DESC';
}
