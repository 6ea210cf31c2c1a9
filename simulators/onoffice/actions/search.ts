import { type AddressRecord, mainEmail, textOf } from '../entities.ts';
import type { Action, ActionResult } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { addressColumn } from '../field-values.ts';
import { mayRead } from '../rights.ts';
import type { ActionContext } from './context.ts';
import { flag, listWindow, nameList } from './parameters.ts';

/** `get search` with resource id `address`: every word of the input has to occur in one of the fields. */
export function searchAddresses(context: ActionContext, action: Action): ActionResult {
  const { store, switches, user } = context;
  const { parameters } = action;
  if (action.resourceId !== 'address') throw new ActionError(24, action.resourceId);
  if (typeof parameters.input !== 'string' || parameters.input.trim() === '') throw new ActionError(167, 'input');
  const fold = flag(parameters.casesensitive) ? (text: string) => text : (text: string) => text.toLowerCase();
  const words = fold(parameters.input).split(/\s+/).filter(Boolean);
  const columns = nameList(parameters.searchparameter, 'searchparameter').map((name) =>
    addressColumn(store, switches, name),
  );
  const everyAddress = flag(parameters.includecontactdata);
  const texts = (record: AddressRecord): string[] =>
    columns.length > 0 ? columns.flatMap(({ read }) => read(record)) : standardTexts(record, everyAddress);
  const found: AddressRecord[] = [];
  for (const record of store.addresses.values()) {
    const folded = texts(record).map(fold);
    if (words.every((word) => folded.some((text) => text.includes(word))) && mayRead(user, record, switches))
      found.push(record);
  }
  const { limit, offset } = listWindow(parameters);
  return {
    cacheable: true,
    count: found.length,
    records: found.slice(offset, offset + limit).map((record) => ({
      id: record.id,
      type: 'address',
      elements: {
        customerno: Number(textOf(record, 'KdNr')),
        firstname: textOf(record, 'Vorname'),
        surname: textOf(record, 'Name'),
        company: textOf(record, 'Zusatz1'),
        addressDescription: textOf(record, 'contactCategory'),
        emailaddress: record.emails.map(({ address }) => address),
        primaryEmail: mainEmail(record),
      },
    })),
  };
}

/** Names, company, number and e-mail of a record, as the search box looks through them. */
export function standardTexts(record: AddressRecord, everyAddress: boolean): string[] {
  return [
    textOf(record, 'Vorname'),
    textOf(record, 'Name'),
    textOf(record, 'Zusatz1'),
    textOf(record, 'KdNr'),
    ...(everyAddress ? record.emails.map(({ address }) => address) : [mainEmail(record)]),
  ];
}
