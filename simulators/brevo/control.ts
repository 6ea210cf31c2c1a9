import { z } from 'zod';
import type { BrevoSimulator } from './brevo-simulator.ts';
import { KEY_RESOURCES, KEY_RIGHTS } from './entities.ts';
import { DEFAULT_SWITCHES } from './switches.ts';

const FaultBody = z.object({
  times: z.int().positive().default(1),
  /** a regular expression over `METHOD /v3/path` */
  match: z.string().optional(),
  fault: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('status'),
      status: z.int(),
      body: z.string().optional(),
      contentType: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
    z.object({ type: z.literal('lose-answer') }),
    z.object({ type: z.literal('truncate') }),
    z.object({ type: z.literal('delay'), ms: z.number() }),
  ]),
});
const KeyBody = z.object({
  key: z.string(),
  name: z.string().optional(),
  state: z.enum(['active', 'expired', 'deactivated']).optional(),
  permissions: z.partialRecord(z.enum(KEY_RESOURCES), z.enum(KEY_RIGHTS)).optional(),
});
const AccountBody = z.object({
  blocksCaller: z.boolean().optional(),
  unsubscribesPerList: z.boolean().optional(),
  plan: z.enum(['general', 'advanced', 'extended']).optional(),
});
const ActorArguments = z.array(z.unknown());

/**
 * Answers the control API: `GET /_control` sums the state up; `POST /_control/faults`, `DELETE /_control/faults`;
 * `PATCH /_control/switches`; `PATCH /_control/latency` (`{"POST /contacts/import": 200}`); `PATCH /_control/account`
 * (`{"blocksCaller": true}`); `POST /_control/{person|admin|campaign}/{action}` with the arguments as a JSON array;
 * `POST /_control/api-keys` (`{"key": …, "name": …, "state": …, "permissions": …}`); `POST /_control/counts/reset`;
 * `GET /_control/consent-history`, `GET /_control/deliveries`.
 */
export async function serveControl(sim: BrevoSimulator, request: Request, url: URL): Promise<Response> {
  const call = `${request.method} ${url.pathname.slice('/_control'.length)}`;
  try {
    const text = await request.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    return answer(200, control(sim, call, body));
  } catch (error) {
    return answer(error instanceof UnknownCall ? 404 : 400, {
      error: error instanceof Error ? error.message : String(error),
    });
  }
}

class UnknownCall extends Error {}

function control(sim: BrevoSimulator, call: string, body: unknown): unknown {
  switch (call) {
    case 'GET ':
    case 'GET /':
      return summary(sim);
    case 'GET /consent-history':
      return sim.store.consentHistory;
    case 'GET /deliveries':
      return sim.store.deliveries;
    case 'POST /faults':
      planFault(sim, body);
      return { planned: true };
    case 'DELETE /faults':
      sim.faults.clear();
      return { planned: false };
    case 'PATCH /switches':
      setSwitches(sim, z.record(z.string(), z.unknown()).parse(body));
      return sim.switches;
    case 'PATCH /latency':
      for (const [route, ms] of Object.entries(z.record(z.string(), z.number()).parse(body)))
        sim.latencyMs.set(route, ms);
      return Object.fromEntries(sim.latencyMs);
    case 'PATCH /account': {
      const { blocksCaller, unsubscribesPerList, plan } = AccountBody.parse(body);
      sim.account.blocksCaller = blocksCaller ?? sim.account.blocksCaller;
      sim.account.unsubscribesPerList = unsubscribesPerList ?? sim.account.unsubscribesPerList;
      sim.account.plan = plan ?? sim.account.plan;
      return { changed: true };
    }
    case 'POST /counts/reset':
      sim.counts.reset();
      return { reset: true };
    case 'POST /api-keys':
      return setKey(sim, KeyBody.parse(body));
    default:
      return { result: act(sim, call, ActorArguments.parse(body ?? [])) ?? null };
  }
}

function setKey(sim: BrevoSimulator, { key, name, state, permissions }: z.infer<typeof KeyBody>): unknown {
  const known = sim.account.apiKeys.get(key) ?? sim.addKey({ key });
  known.name = name ?? known.name;
  known.state = state ?? known.state;
  known.permissions = permissions ?? known.permissions;
  return known;
}

function planFault(sim: BrevoSimulator, body: unknown): void {
  const { times, match, fault } = FaultBody.parse(body);
  const planned =
    fault.type === 'status'
      ? {
          type: fault.type,
          status: fault.status,
          ...(fault.body === undefined ? {} : { body: fault.body }),
          ...(fault.contentType === undefined ? {} : { contentType: fault.contentType }),
          ...(fault.headers === undefined ? {} : { headers: fault.headers }),
        }
      : fault;
  sim.faults.plan({ fault: planned, times, ...(match === undefined ? {} : { match: new RegExp(match) }) });
}

function setSwitches(sim: BrevoSimulator, values: Readonly<Record<string, unknown>>): void {
  const defaults = new Map<string, unknown>(Object.entries(DEFAULT_SWITCHES));
  for (const [name, value] of Object.entries(values)) {
    if (!defaults.has(name)) throw new Error(`no switch ${name}`);
    if (typeof value !== typeof defaults.get(name))
      throw new Error(`the switch ${name} is a ${typeof defaults.get(name)}`);
  }
  Object.assign(sim.switches, values);
}

function act(sim: BrevoSimulator, call: string, given: unknown[]): unknown {
  const [, actor, action] = /^POST \/(person|admin|campaign)\/(\w+)$/.exec(call) ?? [];
  const actions = new Map<string, unknown>(
    Object.entries(actor === 'person' ? sim.person : actor === 'admin' ? sim.admin : actor ? sim.campaign : {}),
  );
  const found = actions.get(action ?? '');
  if (typeof found !== 'function') throw new UnknownCall(`no ${call}`);
  const result: unknown = found(...given);
  return identified(result);
}

// A campaign holds all its recipients, so that only what names an entity is answered.
function identified(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) return undefined;
  const { id, name, email, emailBlacklisted, listIds, status }: Record<string, unknown> = { ...result };
  return { id, name, email, emailBlacklisted, listIds, status };
}

function summary(sim: BrevoSimulator): Record<string, unknown> {
  const { store, counts } = sim;
  const states = new Map<string, number>();
  for (const { state } of store.deliveries) states.set(state, (states.get(state) ?? 0) + 1);
  return {
    accounts: [...store.accounts.values()].map((account) => ({
      id: account.id,
      companyName: account.companyName,
      language: account.language,
      apiKeys: [...account.apiKeys.values()],
      contacts: account.contacts.size,
      blocked: [...account.contacts.all()].filter(({ emailBlacklisted }) => emailBlacklisted).length,
      lists: [...account.lists.values()].map(({ id, name }) => ({ id, name, ...account.contacts.count(id) })),
      attributes: [...account.attributes.keys()],
      webhooks: [...account.webhooks.values()].map(({ id, type, url, events }) => ({ id, type, url, events })),
      campaigns: [...account.campaigns.values()].map(({ id, name, status }) => ({ id, name, status })),
      processes: [...account.processes.values()].map(({ id, name, status }) => ({ id, name, status })),
    })),
    deliveries: Object.fromEntries(states),
    systemMails: store.systemMails.length,
    nextDueAt: sim.nextDueAt() ?? null,
    switches: sim.switches,
    counts: {
      total: counts.total,
      byRoute: Object.fromEntries(counts.byRoute),
      byStatus: Object.fromEntries(counts.byStatus),
      maxInFlight: counts.maxInFlight,
    },
  };
}

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}
