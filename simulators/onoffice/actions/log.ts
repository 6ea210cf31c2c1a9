import type { LogEntry } from '../entities.ts';
import type { Action, ActionResult } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { type Column, parseFilter } from '../filters.ts';
import { localDateTime } from '../local-time.ts';
import { scalarText } from '../scalar-text.ts';
import type { ActionContext } from './context.ts';
import { listWindow, wholeNumber } from './parameters.ts';

const COLUMNS = new Map<string, Column<LogEntry>>(
  Object.entries({
    action: { kind: 'text', read: (entry) => entry.action },
    module: { kind: 'text', read: (entry) => entry.module },
    'userNr:user.Nr': { kind: 'number', read: (entry) => String(entry.userId) },
    dateTime: { kind: 'date', read: (entry) => localDateTime(entry.at) },
    resourcePk: { kind: 'number', read: (entry) => String(entry.sourceId ?? '') },
    resourceTable: { kind: 'text', read: (entry) => (entry.sourceId === undefined ? '' : entry.module) },
    targetPk: { kind: 'number', read: (entry) => String(entry.recordId) },
    targetTable: { kind: 'text', read: (entry) => entry.module },
  }),
);

/** `read log`: oldest first; for administrators; `listlimit` is mandatory and 0 asks for the count (fact sheet 4.2). */
export function readLog({ store, switches, user }: ActionContext, action: Action): ActionResult {
  const { parameters } = action;
  if (!user.rights.admin) throw new ActionError(183);
  if (parameters.listlimit === undefined || !/^\d+$/.test(scalarText(parameters.listlimit))) throw new ActionError(256);
  const { limit, offset } = listWindow(parameters);
  const filter = parseFilter(parameters.filter, (name) => {
    const column = COLUMNS.get(name);
    if (!column) throw new ActionError(switches.unknownFieldCode, name);
    return column;
  });
  const userId = parameters.user === undefined ? undefined : wholeNumber(parameters.user, 'user');
  const found = store.log.filter(
    (entry) =>
      (parameters.module === undefined || entry.module === parameters.module) &&
      (parameters.action === undefined || entry.action === parameters.action) &&
      (userId === undefined || entry.userId === userId) &&
      filter.matches(entry),
  );
  return {
    cacheable: false,
    count: found.length,
    records: found.slice(offset, offset + limit).map((entry) => ({
      id: entry.id,
      type: 'Log',
      elements: {
        id: String(entry.id),
        action: entry.action,
        module: entry.module,
        userId: String(entry.userId),
        dateTime: localDateTime(entry.at),
        resourceId: String(entry.recordId),
        resourceTable: entry.sourceId === undefined ? null : entry.module,
        resourcePk: entry.sourceId === undefined ? null : String(entry.sourceId),
      },
    })),
  };
}
