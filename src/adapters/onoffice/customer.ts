import type { CrmAccess } from '../../core/crm.ts';
import { type ActionBatches, createActionBatches } from './action-batches.ts';
import { numberedError, type OnOfficeErrorCode, onOfficeError } from './errors.ts';
import {
  createFieldCatalog,
  type FieldCatalog,
  type FieldShelf,
  fieldsAction,
  fieldsOf,
  type OnOfficeLanguage,
} from './field-catalog.ts';
import { DEFAULT_ONOFFICE_LIMITS, type OnOfficeLimits } from './limits.ts';
import { type Action, type ActionResult, createOnOfficeClient, type OnOfficeClientOptions } from './onoffice-client.ts';

/** What connects us to one customer's onOffice. */
export type OnOfficeCrmOptions = OnOfficeClientOptions & {
  /** language of salutations and tags; German by default, in which the customers' own keys are */
  language?: OnOfficeLanguage;
  /** the optional fields that the connection was set up with; one that is gone later stops it (F4) */
  expects?: CrmAccess['has'];
  /** keeps the customer's field list from one use to the next; its own by default */
  fieldShelf?: FieldShelf;
};

export type DoneResult = Extract<ActionResult, { outcome: 'done' }>;

/** One customer's onOffice, as the reads and writes share it. */
export type OnOfficeCustomer = {
  fields: FieldCatalog;
  limits: OnOfficeLimits;
  language: OnOfficeLanguage;
  /** Carries out reads; one result per action, failed ones included. Throws where a request fails. */
  readEach(actions: readonly Action[]): Promise<readonly ActionResult[]>;
  /** Carries out one read that has to succeed. */
  readOne(action: Action): Promise<DoneResult>;
  writes: ActionBatches;
};

/** Puts together what the reads and the writes of one customer share; nothing is sent. */
export function createOnOfficeCustomer(options: OnOfficeCrmOptions): OnOfficeCustomer {
  const { limits = DEFAULT_ONOFFICE_LIMITS, language = 'DEU', expects, fieldShelf } = options;
  const client = createOnOfficeClient(options);
  const reads = createActionBatches(client, limits);
  const readEach = async (actions: readonly Action[]) => {
    const { results, stop } = await reads.run(actions, { isRepeatable: true });
    if (stop) throw stop.error;
    return results;
  };
  const readOne = async (action: Action) => demandDone((await readEach([action]))[0]);
  const fields = createFieldCatalog({
    read: async () => fieldsOf(await readOne(fieldsAction(language))),
    clock: options.clock,
    limits,
    ...(expects === undefined ? {} : { expects }),
    ...(fieldShelf === undefined ? {} : { shelf: fieldShelf }),
  });
  return { fields, limits, language, readEach, readOne, writes: createActionBatches(client, limits) };
}

/** Hands on the result of an action that has to succeed; throws `ProviderError`. */
export function demandDone(result: ActionResult | undefined): DoneResult {
  if (!result) throw onOfficeError('onoffice.unexpected_response', { words: 'result missing' });
  if (result.outcome === 'failed') throw numberedError(result.number, result.message);
  return result;
}

const CONTRADICTIONS: ReadonlySet<string> = new Set<OnOfficeErrorCode>([
  'onoffice.field_inactive',
  'onoffice.field_missing',
  'onoffice.value_not_permitted',
]);

/** Whether an error's code says that our picture of the customer's fields and values is out of date. */
export function contradictsFields(code: string): boolean {
  return CONTRADICTIONS.has(code);
}
