import type { Action, ActionResult } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { localDateTime } from '../local-time.ts';
import { mayWrite } from '../rights.ts';
import { emptyActivity } from './activity-write.ts';
import { type ActionContext, success } from './context.ts';
import { flag } from './parameters.ts';

/** `do registerNewsletter`: the CRM's own registration, with an activity (fact sheet 2.2). */
export function registerNewsletter(context: ActionContext, action: Action): ActionResult {
  const { store, switches, user, actor } = context;
  const record = store.addresses.get(Number(action.resourceId));
  if (!record) throw new ActionError(80, action.resourceId);
  if (!mayWrite(user, record, switches)) throw new ActionError(183);
  if (action.parameters.register === undefined) throw new ActionError(167, 'register');
  const [value, type] = !flag(action.parameters.register)
    ? ['2', 'nicht bestellt']
    : switches.doubleOptIn
      ? ['3', 'Double Opt-In gesendet']
      : ['1', 'bestellt'];
  store.change(record, { values: { newsletter_aktiv: value } }, actor);
  store.activities.add({
    ...emptyActivity(localDateTime(store.now())),
    kind: 'Newsletter',
    type,
    addressIds: [record.id],
    estateIds: [],
    userId: actor.userId,
    by: actor.by,
  });
  return success();
}
