import { ApiError, invalid, notFound, outOfRange } from '../api-error.ts';
import { type Answer, type Call, type Route, readInstant, readNumbers, readPage } from '../call.ts';
import { contactOfPath } from '../contact-path.ts';
import { contactStatistics } from '../contact-statistics.ts';
import { renderContact, renderContactInFull, stamp } from '../render.ts';

const DAY_MS = 24 * 3_600_000;
/** Statistics without a window go back this far; a window may not be longer (fact sheet 4.2 and 6). */
const STATISTICS_MS = 90 * DAY_MS;
const MAX_IDS = 20;

/** Reading contacts. */
export const contactRoutes: readonly Route[] = [
  { method: 'GET', path: '/contacts', serve: readContacts },
  {
    method: 'GET',
    path: '/contacts/{identifier}',
    serve: (call) => renderContactInFull(call.world, call.account, contactOfPath(call), readWindow(call)),
  },
  {
    method: 'GET',
    path: '/contacts/{identifier}/campaignStats',
    serve: (call) =>
      contactStatistics(contactOfPath(call), readWindow(call), (at) => stamp(call.world, call.account, at)),
  },
];

function readContacts(call: Call): Answer {
  const { world, account, query } = call;
  const { slice, descending } = readPage(query, { usual: 50, max: 1000 });
  const listIds = readNumbers(query, 'listIds');
  const ids = readNumbers(query, 'ids');
  if (query.has('segmentId')) {
    if (listIds) throw invalid('Either listIds or segmentId can be passed');
    throw notFound('Segment does not exist');
  }
  if (ids && ids.length > MAX_IDS) throw outOfRange(`At most ${MAX_IDS} ids can be passed`);
  for (const id of listIds ?? []) if (!account.lists.has(id)) throw invalid(`List ID ${id} does not exist`);
  const found = account.contacts.select({
    listIds,
    ids,
    modifiedSince: readInstant(query, 'modifiedSince'),
    createdSince: readInstant(query, 'createdSince'),
    equals: readFilter(call),
    descending,
  });
  return { contacts: slice(found).map((contact) => renderContact(world, account, contact)), count: found.length };
}

// The only operator is `equals(NAME,"value")`.
function readFilter({ account, query }: Call): { name: string; value: string } | undefined {
  const text = query.get('filter');
  if (text === null || text === '') return undefined;
  const [, name, value] = /^equals\(\s*([\w-]+)\s*,\s*"(.*)"\s*\)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw invalid('Invalid filter');
  if (!account.attributes.has(name)) throw invalid(`Attribute ${name} does not exist`);
  return { name, value };
}

function readWindow({ world, query }: Call): { from: number; to: number } {
  const start = readDay(query, 'startDate');
  const end = readDay(query, 'endDate');
  const now = world.clock.now();
  if (start === undefined && end === undefined) return { from: now - STATISTICS_MS, to: now };
  if (start === undefined || end === undefined)
    throw new ApiError(400, 'missing_parameter', 'Both startDate and endDate should be passed');
  if (end < start) throw invalid('startDate should be before endDate');
  if (end - start > STATISTICS_MS)
    throw outOfRange('Difference between startDate and endDate should not exceed 90 days');
  return { from: start, to: end + DAY_MS - 1 };
}

function readDay(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at)) throw invalid(`${name} should be in the format YYYY-MM-DD`);
  return at;
}
