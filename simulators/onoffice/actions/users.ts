import type { CrmUser } from '../entities.ts';
import type { Action, ActionResult } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { parseFilter } from '../filters.ts';
import { mayRead, mayWrite } from '../rights.ts';
import { scalarText } from '../scalar-text.ts';
import type { ActionContext } from './context.ts';
import { listWindow, nameList, recordIds, wholeNumber } from './parameters.ts';

const USER_FIELDS = new Map<string, (user: CrmUser) => string>(
  Object.entries({
    Nr: (user) => String(user.id),
    Name: (user) => user.userName,
    Vorname: (user) => user.firstName,
    Nachname: (user) => user.lastName,
    email: (user) => user.email,
    Emailname: (user) => `${user.firstName} ${user.lastName}`.trim(),
    Sprache: () => 'DEU',
    online: (user) => (user.active ? '1' : '0'),
  }),
);

/** `read user`: needs a right of its own, except for the own user by `resourceid` (fact sheet 6). */
export function readUsers(context: ActionContext, action: Action): ActionResult {
  const { store, user, switches } = context;
  const { parameters, resourceId } = action;
  const names = nameList(parameters.data, 'data');
  const fieldOf = (name: string) => {
    const read = USER_FIELDS.get(name);
    if (!read) throw new ActionError(switches.unknownFieldCode, name);
    return read;
  };
  const readers = names.map((name) => ({ name, read: fieldOf(name) }));
  if (!user.rights.readUsers && resourceId !== String(user.id)) throw new ActionError(170);
  const filter = parseFilter<CrmUser>(parameters.filter, (name) => ({
    kind: name === 'Nr' ? 'number' : 'text',
    read: fieldOf(name),
  }));
  const found = [...store.users.values()].filter(
    (other) => (resourceId === '' || String(other.id) === resourceId) && filter.matches(other),
  );
  const { limit, offset } = listWindow(parameters);
  return {
    cacheable: true,
    count: found.length,
    records: found.slice(offset, offset + limit).map((other) => ({
      id: other.id,
      type: 'user',
      elements: Object.fromEntries(readers.map(({ name, read }) => [name, read(other)])),
    })),
  };
}

/** `get users`. */
export function getUsers({ store }: ActionContext, action: Action): ActionResult {
  const { userfilter, groupId } = action.parameters;
  const group =
    userfilter === 'byGroupId' ? store.groups.find(({ id }) => String(id) === scalarText(groupId)) : undefined;
  if (userfilter === 'byGroupId' && !group) throw new ActionError(255, 'groupId');
  return {
    cacheable: true,
    count: null,
    records: [...store.users.values()]
      .filter(({ id }) => !group || group.userIds.includes(id))
      .map(({ id, userName, firstName, lastName, email }) => ({
        id,
        type: null,
        elements: { id, username: userName, firstname: firstName, lastname: lastName, email, meetingurl: '' },
      })),
  };
}

/** `get groups`. */
export function getGroups({ store }: ActionContext, action: Action): ActionResult {
  const { groupfilter } = action.parameters;
  const shown = store.groups.filter(
    ({ type }) =>
      (groupfilter !== 'officeGroups' || type === 'GroupOffice') &&
      (groupfilter !== 'noRegionGroups' || type !== 'GroupRegion'),
  );
  return {
    cacheable: true,
    count: null,
    records: shown.map(({ id, name, shortName, userIds, type, leaderIds }) => ({
      id,
      type: null,
      elements: { id, name, abr: shortName, userIds, groupType: type, leaders: leaderIds },
    })),
  };
}

/** `get checkuserrecordsright`: the ids on which a user has a right, as text. */
export function checkUserRecordsRight({ store, switches }: ActionContext, action: Action): ActionResult {
  const { parameters } = action;
  if (parameters.module !== 'address') throw new ActionError(163, scalarText(parameters.module));
  const asked = store.users.get(wholeNumber(parameters.userid, 'userid'));
  if (!asked) throw new ActionError(251, scalarText(parameters.userid));
  const allowed = recordIds(parameters.recordIds).filter((id) => {
    const record = store.addresses.get(id);
    if (!record) return false;
    switch (parameters.action) {
      case 'read':
        return mayRead(asked, record, switches);
      case 'modify':
      case 'delete':
        return mayWrite(asked, record, switches);
      case 'create':
        return asked.rights.createAddresses;
      default:
        throw new ActionError(255, 'action');
    }
  });
  return {
    cacheable: false,
    count: allowed.length,
    records: [{ id: 0, type: '', elements: allowed.map(String) }],
  };
}

/** `get filters`: the filters saved for a module. */
export function getFilters({ store }: ActionContext, action: Action): ActionResult {
  const { module } = action.parameters;
  if (module !== 'address' && module !== 'estate') throw new ActionError(163, scalarText(module));
  return {
    cacheable: true,
    count: null,
    records: (module === 'address' ? store.savedFilters : []).map(({ id, name, scope }) => ({
      id,
      type: 'filter',
      elements: { scope, name, userId: null, groupId: null },
    })),
  };
}
