import type { WriteResult } from '../../core/crm.ts';
import { ProviderError } from '../../core/errors.ts';
import type { ActionBatches } from './action-batches.ts';
import { contradictsFields, type OnOfficeCustomer } from './customer.ts';
import { errorMeaning, errorWords } from './errors.ts';
import type { Action, ActionResult } from './onoffice-client.ts';

/** One row of a write: what is to be sent, or why nothing is. `id`: the record to be changed; empty for a new one. */
export type RowToWrite = { action: Action; id: string } | WriteResult;

/** Why a row is refused before it is sent: the customer's list has no value for it (R10). */
export const VALUE_NOT_PERMITTED: WriteResult = {
  outcome: 'refused',
  code: 'onoffice.value_not_permitted',
  words: '',
  isPermanent: false,
};

/**
 * Writes rows, several per request; one result per row, in order. One refused row does not stop the others (F7).
 *
 * @throws ProviderError when nothing was written and nothing may have been. Once something was, a failure becomes the
 * result of the rows that it concerns, so that no row that was written counts as failed.
 */
export async function writeRows(
  rows: readonly RowToWrite[],
  batches: ActionBatches,
  options: { isRepeatable: boolean },
): Promise<readonly WriteResult[]> {
  const toSend = rows.filter((row) => 'action' in row);
  const { results, stop } = await batches.run(
    toSend.map((row) => row.action),
    options,
  );
  if (stop && results.length === 0 && !(stop.error.mayHaveHappened && !options.isRepeatable)) throw stop.error;
  let next = 0;
  return rows.map((row): WriteResult => {
    if (!('action' in row)) return row;
    const index = next++;
    const result = results[index];
    if (result) return resultOfRow(result, row.id);
    if (!stop) throw new Error('a row without result in a run that did not stop');
    return index < results.length + stop.inRequest && stop.error.mayHaveHappened
      ? { outcome: 'unknown' }
      : refusedBy(stop.error);
  });
}

function resultOfRow(result: ActionResult, id: string): WriteResult {
  if (result.outcome === 'done') {
    // Modify answers id 0, so the record's own id stands; a new record without an id cannot be found again but by search.
    const written = id === '' ? (result.records[0]?.id ?? '') : id;
    return written === '' || written === '0' ? { outcome: 'unknown' } : { outcome: 'done', id: written };
  }
  const { code, kind, isPermanent } = errorMeaning(result.number);
  // "Unknown error" of onOffice does not say that nothing was created; a change is simply made again.
  if (kind === 'unavailable' && id === '') return { outcome: 'unknown' };
  return { outcome: 'refused', code, words: errorWords(result.number, result.message), isPermanent };
}

function refusedBy(error: ProviderError): WriteResult {
  return { outcome: 'refused', code: error.code, words: error.words, isPermanent: false };
}

/** The action that changes fields of an address. */
export function modifyAddress(id: string, parameters: Readonly<Record<string, unknown>>): Action {
  // Addresses take their fields directly in the parameters, unlike estates (apidoc "Modify record").
  return { verb: 'modify', resourceType: 'address', resourceId: id, parameters };
}

/** Writes, and has the field list read anew next time where an answer says that ours is out of date. */
export async function dropFieldsIfContradicted(
  customer: OnOfficeCustomer,
  write: () => Promise<readonly WriteResult[]>,
): Promise<readonly WriteResult[]> {
  try {
    const results = await write();
    const isOutdated = results.some(
      // What we refused ourselves says nothing new.
      (result) => result !== VALUE_NOT_PERMITTED && result.outcome === 'refused' && contradictsFields(result.code),
    );
    if (isOutdated) customer.fields.drop();
    return results;
  } catch (error) {
    if (error instanceof ProviderError && contradictsFields(error.code)) customer.fields.drop();
    throw error;
  }
}
