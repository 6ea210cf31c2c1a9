import { changedEmails, EMAIL_PARAMETERS, emailSetOf, newEmails } from '../email-entries.ts';
import type { AddressRecord, FieldValue } from '../entities.ts';
import type { Action, ActionResult } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { storedValue, withBothStatuses } from '../field-values.ts';
import { mayRead, mayWrite } from '../rights.ts';
import { type ActionContext, success } from './context.ts';
import { flag } from './parameters.ts';

const NOT_FIELDS = new Set([
  ...Object.keys(EMAIL_PARAMETERS),
  'default_email',
  'checkDuplicate',
  'noOverrideByDuplicate',
  'extendedclaim',
  'outlookSync',
]);
/** Contact data the simulator does not keep; accepted and dropped. */
const DROPPED = /^(phone|mobile|fax)(_private|_business)?$|^default_(phone|fax)$/;

/** `create address`: fields directly in the parameters. Answers the id of the new contact or of its duplicate. */
export function createAddress(context: ActionContext, action: Action): ActionResult {
  const { store, user } = context;
  const { parameters } = action;
  if (!user.rights.createAddresses) throw new ActionError(131);
  const values = writtenValues(context, parameters);
  const emails = newEmails(store, parameters);
  const double = flag(parameters.checkDuplicate)
    ? lowestDuplicate(
        context,
        emails?.entries.map((e) => e.address),
      )
    : undefined;
  if (double && !flag(parameters.noOverrideByDuplicate)) {
    if (!mayWrite(user, double, context.switches)) throw new ActionError(183);
    store.change(double, { values }, context.actor);
  }
  const id = double?.id ?? store.insert({ values, emails }, context.actor).id;
  if (!double && user.rights.readAddresses === 'own') user.ownRecords.add(id);
  return { cacheable: false, count: null, records: [{ id, type: 'address', elements: [] }] };
}

function lowestDuplicate(context: ActionContext, addresses: readonly string[] = []): AddressRecord | undefined {
  const { store, switches } = context;
  const ids = addresses.flatMap((address) => [...store.idsByEmail(address)]).sort((a, b) => a - b);
  const records = ids.flatMap((id) => store.addresses.get(id) ?? []);
  if (switches.duplicateCheck === 'all') return records[0];
  return records.find(
    (record) => record.values.Privat !== '1' && record.values.Status !== '0' && mayRead(context.user, record, switches),
  );
}

/** `modify address`: fields directly in the parameters, e-mail entries as `{action, oldvalue, newvalue, default}`. */
export function modifyAddress(context: ActionContext, action: Action): ActionResult {
  const { store, switches, user } = context;
  if (action.resourceId === '') throw new ActionError(79);
  const record = store.addresses.get(Number(action.resourceId));
  if (!record || !mayRead(user, record, switches)) throw new ActionError(80);
  if (!mayWrite(user, record, switches)) throw new ActionError(183);
  const values = writtenValues(context, action.parameters);
  let emails = emailSetOf(record);
  for (const [name, kind] of Object.entries(EMAIL_PARAMETERS)) {
    const raw = action.parameters[name];
    if (raw !== undefined) emails = changedEmails(store, emails, kind, raw);
  }
  store.change(record, { values, emails }, context.actor);
  return success();
}

function writtenValues(
  { store, switches }: ActionContext,
  parameters: Record<string, unknown>,
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const [name, raw] of Object.entries(parameters)) {
    if (NOT_FIELDS.has(name) || DROPPED.test(name)) continue;
    const definition = store.field(name);
    if (!definition || definition.readOnly) throw new ActionError(switches.unknownFieldCode, name);
    values[name] = storedValue(store, switches, definition, raw);
  }
  return withBothStatuses(values);
}
