import { getActionKindTypes } from './action-kind-types.ts';
import { readActivities } from './activity-read.ts';
import { createActivity, modifyActivity } from './activity-write.ts';
import { readAddresses } from './address-read.ts';
import { createAddress, modifyAddress } from './address-write.ts';
import type { ActionHandler } from './context.ts';
import { getFields, getMultiselectConfiguration } from './fields.ts';
import { getLink } from './get-link.ts';
import { readLog } from './log.ts';
import { createMultiselectKey, deleteMultiselectKey, modifyMultiselectKey } from './multiselect-key.ts';
import { registerNewsletter } from './newsletter.ts';
import { searchAddresses } from './search.ts';
import { unlockProvider } from './unlock-provider.ts';
import { checkUserRecordsRight, getFilters, getGroups, getUsers, readUsers } from './users.ts';

/** Every call the simulator knows, as `verb resourcetype`. */
export const ACTION_HANDLERS: ReadonlyMap<string, ActionHandler> = new Map<string, ActionHandler>([
  ['read address', readAddresses],
  ['create address', createAddress],
  ['modify address', modifyAddress],
  ['get search', searchAddresses],
  ['get fields', getFields],
  ['get multiselectconfiguration', getMultiselectConfiguration],
  ['create multiselectkey', createMultiselectKey],
  ['modify multiselectkey', modifyMultiselectKey],
  ['delete multiselectkey', deleteMultiselectKey],
  ['get actionkindtypes', getActionKindTypes],
  ['create agentslog', createActivity],
  ['read agentslog', readActivities],
  ['modify agentslog', modifyActivity],
  ['read log', readLog],
  ['get getlink', getLink],
  ['get filters', getFilters],
  ['get checkuserrecordsright', checkUserRecordsRight],
  ['get users', getUsers],
  ['get groups', getGroups],
  ['read user', readUsers],
  ['do registerNewsletter', registerNewsletter],
  ['do unlockProvider', unlockProvider],
]);
