import { z } from 'zod';
import { addAudience } from '../audience.ts';
import {
  type Answer,
  apiCause,
  type Call,
  links,
  listOf,
  pageOf,
  type Route,
  readBody,
  readChoice,
  readFlag,
  readInstant,
} from '../call.ts';
import { forbiddenByPlan } from '../problem.ts';
import { renderList } from '../render.ts';

const ContactBody = z.object({
  company: z.string(),
  address1: z.string(),
  address2: z.string().default(''),
  city: z.string(),
  state: z.string().default(''),
  zip: z.string().default(''),
  country: z.string(),
  phone: z.string().default(''),
});
const CampaignDefaultsBody = z.object({
  from_name: z.string(),
  from_email: z.string(),
  subject: z.string(),
  language: z.string(),
});
const ListBody = z.object({
  name: z.string().min(1),
  contact: ContactBody,
  permission_reminder: z.string(),
  campaign_defaults: CampaignDefaultsBody,
  email_type_option: z.boolean(),
  double_optin: z.boolean().optional(),
  marketing_permissions: z.boolean().optional(),
});

/** Audiences. */
export const listRoutes: readonly Route[] = [
  { method: 'GET', path: '/lists', serve: readLists },
  { method: 'POST', path: '/lists', serve: createList },
  {
    method: 'GET',
    path: '/lists/{list_id}',
    serve: (call) => renderList(call.world, listOf(call), readFlag(call.query, 'include_total_contacts')),
  },
  { method: 'PATCH', path: '/lists/{list_id}', serve: updateList },
  {
    method: 'DELETE',
    path: '/lists/{list_id}',
    serve: (call) => {
      call.world.store.lists.delete(listOf(call).id);
      return undefined;
    },
  },
];

function readLists(call: Call): Answer {
  const { account, query, world } = call;
  const all = world.store.listsOf(account);
  const since = readInstant(query, 'since_date_created') ?? 0;
  const before = readInstant(query, 'before_date_created') ?? Number.POSITIVE_INFINITY;
  const email = query.get('email');
  const chosen = all.filter(
    (list) => list.createdAt >= since && list.createdAt < before && (!email || list.members.find(email)),
  );
  if (readChoice(query, 'sort_dir', ['ASC', 'DESC']) === 'DESC') chosen.reverse();
  const withTotal = readFlag(query, 'include_total_contacts');
  return {
    lists: pageOf(query, chosen).map((list) => renderList(world, list, withTotal)),
    total_items: chosen.length,
    constraints: {
      may_create: account.maxInstances < 0 || all.length < account.maxInstances,
      max_instances: account.maxInstances,
      current_total_instances: all.length,
    },
    _links: links('/lists'),
  };
}

function createList(call: Call): Answer {
  const { account, world } = call;
  const body = readBody(call, ListBody);
  if (account.maxInstances >= 0 && world.store.listsOf(account).length >= account.maxInstances) throw forbiddenByPlan();
  const list = addAudience(
    world.store,
    account,
    {
      name: body.name,
      contact: { ...body.contact, country: /^[A-Z]{2}$/.test(body.contact.country) ? body.contact.country : 'US' },
      permissionReminder: body.permission_reminder,
      campaignDefaults: {
        ...body.campaign_defaults,
        language: body.campaign_defaults.language.slice(0, 2).toLowerCase(),
      },
      emailTypeOption: body.email_type_option,
      doubleOptin: body.double_optin ?? false,
      marketingPermissions: body.marketing_permissions ?? false,
    },
    apiCause(call),
  );
  return renderList(world, list, false);
}

function updateList(call: Call): Answer {
  const list = listOf(call);
  const body = readBody(call, ListBody.partial());
  if (body.name !== undefined) list.name = body.name;
  if (body.contact) list.contact = body.contact;
  if (body.permission_reminder !== undefined) list.permissionReminder = body.permission_reminder;
  if (body.campaign_defaults) list.campaignDefaults = body.campaign_defaults;
  if (body.email_type_option !== undefined) list.emailTypeOption = body.email_type_option;
  if (body.double_optin !== undefined) list.doubleOptin = body.double_optin;
  if (body.marketing_permissions !== undefined) list.marketingPermissions = body.marketing_permissions;
  return renderList(call.world, list, false);
}
