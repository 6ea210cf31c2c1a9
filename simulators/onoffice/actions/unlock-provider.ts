import type { Action, ActionResult } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { scalarText } from '../scalar-text.ts';
import { type ActionContext, success } from './context.ts';

/** `do unlockProvider`: the end of a Marketplace activation (fact sheet 5.2). */
export function unlockProvider({ apiUser, marketplace }: ActionContext, action: Action): ActionResult {
  if (!apiUser.marketplace) throw new ActionError(183);
  const { parameterCacheId } = action.parameters;
  if (parameterCacheId === undefined) throw new ActionError(167, 'parameterCacheId');
  marketplace.unlock(scalarText(parameterCacheId));
  return success();
}
