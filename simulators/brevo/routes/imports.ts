import { z } from 'zod';
import { isAddress } from '../address-rules.ts';
import { gatewayTimeout, invalid, missing } from '../api-error.ts';
import { type Answer, Answered, apiCause, type Call, checkLists, type Route, readBody } from '../call.ts';
import { type ImportRow, readCsvRows, readFileRows } from '../import-rows.ts';
import { runImport } from '../imports.ts';
import { addList } from '../lists.ts';
import { queueProcess } from '../processes.ts';

/** Most bytes of a body (fact sheet 4.3). */
const MAX_BYTES = 10_000_000;

const ImportBody = z.object({
  fileUrl: z.string().optional(),
  fileBody: z.string().optional(),
  jsonBody: z
    .array(z.object({ email: z.string().default(''), attributes: z.record(z.string(), z.unknown()).default({}) }))
    .optional(),
  listIds: z.array(z.int()).optional(),
  newList: z.object({ listName: z.string().min(1), folderId: z.int() }).optional(),
  notifyUrl: z.string().optional(),
  updateExistingContacts: z.boolean().default(true),
  emptyContactsAttributes: z.boolean().default(false),
  emailBlacklist: z.boolean().default(false),
  disableNotification: z.boolean().default(false),
});
type ImportBody = z.infer<typeof ImportBody>;

/** The bulk import (fact sheet 4.3): queued, and carried out when its process ends. */
export const importRoutes: readonly Route[] = [{ method: 'POST', path: '/contacts/import', serve: startImport }];

async function startImport(call: Call): Promise<Answer> {
  const { world, account } = call;
  if (call.bodyBytes > MAX_BYTES) throw invalid('The body exceeds the maximum allowed size of 10MB');
  const body = readBody(call, ImportBody);
  const rows = await readRows(call, body);
  if (!body.listIds?.length && body.newList === undefined) throw missing('listIds or newList is missing');
  checkLists(call, body.listIds ?? []);
  if (body.newList && !account.folders.has(body.newList.folderId)) throw invalid('Folder ID does not exist');
  const isUsable = rows.some(
    ({ email, attributes }) => isAddress(email) || 'SMS' in attributes || 'EXT_ID' in attributes,
  );
  if (!isUsable) throw invalid('could not find any valid email or SMS or Contact ID in the import');
  const { importAnswer } = world.switches;
  if (importAnswer === '524-refused') return gatewayTimeout();
  const process = queueImport(call, body, rows);
  if (!body.disableNotification)
    world.store.systemMails.push({
      accountId: account.id,
      to: account.email,
      kind: 'import-report',
      at: world.clock.now(),
    });
  return importAnswer === '524-accepted' ? gatewayTimeout() : new Answered(202, { processId: process.id });
}

function queueImport(call: Call, body: ImportBody, rows: readonly ImportRow[]) {
  const { world, account } = call;
  const { newList } = body;
  const made = newList ? [addList(account, newList.listName, newList.folderId, world.clock.now()).id] : [];
  const listIds = [...(body.listIds ?? []), ...made];
  const cause = apiCause(call);
  return queueProcess(world, account, {
    name: 'IMPORTUSER',
    rows: rows.length,
    notifyUrl: body.notifyUrl,
    run: (process) => runImport(world, account, process, rows, { ...body, listIds }, cause),
  });
}

async function readRows(call: Call, { fileUrl, fileBody, jsonBody }: ImportBody): Promise<readonly ImportRow[]> {
  const given = [fileUrl, fileBody, jsonBody].filter((source) => source !== undefined);
  if (given.length !== 1) throw missing('Exactly one of fileUrl, fileBody, jsonBody should be passed');
  if (jsonBody) return jsonBody.map((row) => ({ ...row, email: row.email.trim() }));
  if (fileBody !== undefined) return readCsvRows(fileBody);
  try {
    const response = await call.world.fetch(new Request(fileUrl ?? ''));
    return readFileRows(await response.text());
  } catch {
    throw invalid('fileUrl could not be read');
  }
}
