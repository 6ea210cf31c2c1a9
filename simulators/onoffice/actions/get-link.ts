import type { Action, ActionResult } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { recordLink } from '../record-link.ts';
import { mayRead } from '../rights.ts';
import type { ActionContext } from './context.ts';
import { wholeNumber } from './parameters.ts';

/** `get getlink`: the address of a record's page in the CRM's application; the module is the resource id (apidoc "Get link"). */
export function getLink({ store, switches, user, origin }: ActionContext, action: Action): ActionResult {
  if (action.resourceId !== 'address') throw new ActionError(24, action.resourceId);
  if (action.parameters.recordId === undefined) throw new ActionError(167, 'recordId');
  const id = wholeNumber(action.parameters.recordId, 'recordId');
  const record = store.addresses.get(id);
  if (!record || !mayRead(user, record, switches)) throw new ActionError(80);
  return {
    cacheable: false,
    count: null,
    records: [{ id, type: '', elements: { url: recordLink(origin, 'address', id) } }],
  };
}
