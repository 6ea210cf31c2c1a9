import { z } from 'zod';
import { invalid, missing, notFound } from '../api-error.ts';
import { type Answer, Answered, type Call, type Route, readBody } from '../call.ts';
import type { Campaign, Contact, Process } from '../entities.ts';
import {
  CONTACT_ACTIONS,
  contactsOfList,
  type ExportColumns,
  RECIPIENT_ACTIONS,
  recipientsOf,
  writeContacts,
} from '../exports.ts';
import { queueProcess } from '../processes.ts';

const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/);
const ExportBody = z.object({
  customContactFilter: z.object({
    actionForContacts: z.enum(CONTACT_ACTIONS).optional(),
    actionForEmailCampaigns: z.enum(RECIPIENT_ACTIONS).exclude(['all']).optional(),
    listId: z.int().optional(),
    emailCampaignId: z.int().optional(),
    modifiedSince: Instant.optional(),
    createdSince: Instant.optional(),
  }),
  exportAttributes: z.array(z.string()).default([]),
  exportMetadata: z.array(z.string()).default([]),
  exportSubscriptionStatus: z.array(z.string()).default([]),
  exportDateInUTC: z.boolean().default(false),
  disableNotification: z.boolean().default(false),
  notifyUrl: z.string().optional(),
});
type ExportBody = z.infer<typeof ExportBody>;

/** Contacts as a CSV, of a list or by what they did with a campaign (fact sheet 6 and 7). */
export const exportRoutes: readonly Route[] = [{ method: 'POST', path: '/contacts/export', serve: startExport }];

function startExport(call: Call): Answer {
  const { world, account } = call;
  const body = readBody(call, ExportBody);
  const unknown = body.exportAttributes.find((name) => !account.attributes.has(name.toUpperCase()));
  if (unknown !== undefined) throw invalid(`Attribute ${unknown} does not exist`);
  const choose = readChoice(call, body);
  const columns: ExportColumns = {
    attributes: body.exportAttributes.map((name) => name.toUpperCase()),
    metadata: body.exportMetadata,
    subscriptionStatus: body.exportSubscriptionStatus.includes('email_marketing'),
    isUtc: body.exportDateInUTC,
  };
  const process = queueProcess(world, account, {
    name: 'CONTACT_EXPORT',
    rows: account.contacts.size,
    notifyUrl: body.notifyUrl,
    run: (running: Process) => writeContacts(world, account, running, choose(), columns),
  });
  if (!body.disableNotification)
    world.store.systemMails.push({
      accountId: account.id,
      to: account.email,
      kind: 'export-report',
      at: world.clock.now(),
    });
  return new Answered(202, { processId: process.id });
}

// Who is in the file is decided when the process ends.
function readChoice({ account }: Call, { customContactFilter: filter }: ExportBody): () => Contact[] {
  const { actionForContacts, actionForEmailCampaigns, listId, emailCampaignId } = filter;
  if (actionForContacts) {
    if (listId === undefined) throw missing('listId is missing');
    if (!account.lists.has(listId)) throw invalid(`List ID ${listId} does not exist`);
    const since = { modifiedSince: instant(filter.modifiedSince), createdSince: instant(filter.createdSince) };
    return () => contactsOfList(account, listId, actionForContacts, since);
  }
  if (!actionForEmailCampaigns) throw missing('actionForContacts or actionForEmailCampaigns is missing');
  const isBounce = actionForEmailCampaigns === 'hardBounces' || actionForEmailCampaigns === 'softBounces';
  if (emailCampaignId === undefined && !isBounce) throw missing('emailCampaignId is missing');
  const campaigns =
    emailCampaignId === undefined ? [...account.campaigns.values()] : [campaignOf(account, emailCampaignId)];
  return () => [
    ...new Set(
      campaigns.flatMap((campaign) => recipientsOf(campaign, actionForEmailCampaigns).map(({ contact }) => contact)),
    ),
  ];
}

function campaignOf({ campaigns }: Call['account'], id: number): Campaign {
  const campaign = campaigns.get(id);
  if (!campaign) throw notFound('Campaign ID does not exist');
  return campaign;
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
