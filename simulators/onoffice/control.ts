import { Hono } from 'hono';
import { z } from 'zod';
import type { ContactForm } from './agent.ts';
import { mainEmail } from './entities.ts';
import { fieldValue } from './field-values.ts';
import { localDateTime } from './local-time.ts';
import type { OnOfficeSimulator } from './onoffice-simulator.ts';
import { switchComplaint } from './switches.ts';

const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'match is no regular expression' });
    return z.NEVER;
  }
});

const fault = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('status'),
    status: z.number().int().min(200).max(599),
    body: z.string().exactOptional(),
    contentType: z.string().exactOptional(),
    headers: z.record(z.string(), z.string()).exactOptional(),
  }),
  z.object({ type: z.literal('lose-answer') }),
  z.object({ type: z.literal('truncate') }),
  z.object({ type: z.literal('delay'), ms: z.number().int().min(0) }),
]);

const times = z.number().int().min(1).default(1);
const form = z.record(z.string(), z.union([z.string(), z.boolean(), z.number(), z.array(z.string())]));
const id = z.number().int();
const userId = z.number().int().exactOptional();
const provider = { url: z.url(), providerSecret: z.string().min(1), userId };

/** Every body of a POST below `/_control/`. */
export const CONTROL_BODIES = {
  faults: z.object({ fault, times, match: pattern.exactOptional() }),
  'action-faults': z.object({
    code: z.number().int().min(1),
    times,
    match: pattern.exactOptional(),
    resourceId: z.string().exactOptional(),
    carryOut: z.boolean().exactOptional(),
  }),
  'faults/clear': z.object({}),
  'counts/reset': z.object({}),
  switches: z.record(z.string(), z.unknown()),
  webhook: z.object({
    url: z.url(),
    providerSecret: z.string().min(1),
    watchedFields: z.array(z.string()).exactOptional(),
    parameters: z.record(z.string(), z.string()).exactOptional(),
  }),
  'webhook/remove': z.object({}),
  'marketplace/activation': z.object(provider),
  'marketplace/service': z.object({ ...provider, parameters: z.record(z.string(), z.string()).exactOptional() }),
  'marketplace/block': z.object({}),
  'agent/create': z.object({ fields: form, userId }),
  'agent/edit': z.object({ id, fields: form, userId }),
  'agent/archive': z.object({ id, archived: z.boolean().default(true), userId }),
  'agent/private': z.object({ id, private: z.boolean().default(true), userId }),
  'agent/delete': z.object({ id, userId }),
  'agent/merge': z.object({ winnerId: id, loserId: id, userId }),
  'agent/add-tag': z.object({ label: z.string().min(1) }),
  'agent/rename-tag': z.object({ tag: z.string(), label: z.string().min(1) }),
  'agent/delete-tag': z.object({ tag: z.string() }),
} as const;

type Bodies = { [Name in keyof typeof CONTROL_BODIES]: z.output<(typeof CONTROL_BODIES)[Name]> };

/** What each command does; answers JSON. */
function commands(sim: OnOfficeSimulator): { [Name in keyof Bodies]: (body: Bodies[Name]) => unknown } {
  const { agent, marketplace } = sim;
  return {
    faults: (body) => sim.faults.plan(body),
    'action-faults': (body) => sim.actionFaults.plan(body),
    'faults/clear': () => {
      sim.faults.clear();
      sim.actionFaults.clear();
    },
    'counts/reset': () => sim.counts.reset(),
    switches: (body) => {
      const complaint = Object.entries(body)
        .map(([name, value]) => switchComplaint(name, value))
        .find(Boolean);
      if (complaint) throw new Error(complaint);
      Object.assign(sim.switches, body);
      return sim.switches;
    },
    webhook: (body) => {
      marketplace.webhook = body;
    },
    'webhook/remove': () => {
      marketplace.webhook = undefined;
    },
    'marketplace/activation': (body) => marketplace.startActivation({ ...body, userId: body.userId ?? agent.userId }),
    'marketplace/service': (body) => ({
      url: marketplace.serviceUrl({ ...body, userId: body.userId ?? agent.userId }),
    }),
    'marketplace/block': () => marketplace.block(),
    'agent/create': (body) => ({ id: agent.createContact(body.fields, body.userId).id }),
    'agent/edit': (body) => ({ id: agent.editContact(body.id, body.fields, body.userId).id }),
    'agent/archive': (body) => ({ id: agent.archive(body.id, body.archived, body.userId).id }),
    'agent/private': (body) => ({ id: agent.setPrivate(body.id, body.private, body.userId).id }),
    'agent/delete': (body) => agent.deleteContact(body.id, body.userId),
    'agent/merge': (body) => ({ id: agent.mergeContacts(body.winnerId, body.loserId, body.userId).id }),
    'agent/add-tag': (body) => ({ key: agent.addTag(body.label) }),
    'agent/rename-tag': (body) => agent.renameTag(body.tag, body.label),
    'agent/delete-tag': (body) => agent.deleteTag(body.tag),
  };
}

/** The control API: what a test or a demo in another process does to the CRM. Errors are 400 with `{ error }`. */
export function createControl(sim: OnOfficeSimulator): Hono {
  const app = new Hono().basePath('/_control');
  const run = commands(sim);
  app.get('/', (context) =>
    context.json({
      customer: sim.store.customer,
      ...sim.store.summary(),
      counts: sim.counts.toJSON(),
      switches: sim.switches,
      apiUser: { token: sim.apiUser.token, secret: sim.apiUser.secret },
      marketplace: { unlocked: sim.marketplace.unlocked, deliveries: sim.marketplace.deliveries.slice(-50) },
      time: localDateTime(sim.store.now()),
    }),
  );
  app.get('/contacts/:id', (context) => {
    const contact = contactState(sim, Number(context.req.param('id')));
    return contact ? context.json(contact) : context.json({ error: 'no such contact' }, 404);
  });
  for (const name of Object.keys(CONTROL_BODIES) as (keyof Bodies)[])
    app.post(`/${name}`, async (context) => {
      try {
        const text = await context.req.text();
        const body = CONTROL_BODIES[name].parse(text === '' ? {} : JSON.parse(text));
        // The body was parsed by the very schema whose output the command takes.
        const result = (run[name] as (body: unknown) => unknown)(body);
        return context.json(result ?? { done: true });
      } catch (error) {
        const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
        return context.json({ error: message }, 400);
      }
    });
  return app;
}

/** Everything about one contact: fields, addresses, who changed Newsletter when, activities. */
function contactState(sim: OnOfficeSimulator, contactId: number): unknown {
  const { store } = sim;
  const record = store.addresses.get(contactId);
  if (!record) return undefined;
  const fields: ContactForm = {};
  for (const name of store.fields.keys()) fields[name] = fieldValue(record, name);
  return {
    id: record.id,
    mainEmail: mainEmail(record),
    emails: record.emails.map(({ address }) => address),
    fields,
    newsletterHistory: store.newsletterHistory(record.id),
    activities: store.activities.ofAddress(record.id),
  };
}
