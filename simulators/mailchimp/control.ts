import { z } from 'zod';
import type { MailchimpSimulator } from './mailchimp-simulator.ts';
import { DEFAULT_SWITCHES } from './switches.ts';
import { isoTime } from './world.ts';

const FaultBody = z.object({
  times: z.int().positive().default(1),
  /** a regular expression over `METHOD /3.0/path` */
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
const ActorArguments = z.array(z.unknown());

/**
 * Answers the control API: `GET /_control` sums the state up; `POST /_control/faults`, `DELETE /_control/faults`;
 * `PATCH /_control/switches`; `PATCH /_control/latency` (`{"POST /lists/{list_id}": 200}`);
 * `POST /_control/{person|admin|campaign}/{action}` with the arguments as a JSON array;
 * `POST /_control/api-keys` (`{"key": …, "state": "active" | "revoked" | "disabled"}`); `POST /_control/counts/reset`;
 * `GET /_control/consent-history`, `GET /_control/deliveries`.
 */
export async function serveControl(sim: MailchimpSimulator, request: Request, url: URL): Promise<Response> {
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

function control(sim: MailchimpSimulator, call: string, body: unknown): unknown {
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
    case 'POST /counts/reset':
      sim.counts.reset();
      return { reset: true };
    case 'POST /api-keys': {
      const { key, state } = z
        .object({ key: z.string(), state: z.enum(['active', 'revoked', 'disabled']) })
        .parse(body);
      sim.account.apiKeys.set(key, state);
      return Object.fromEntries(sim.account.apiKeys);
    }
    default:
      return { result: act(sim, call, ActorArguments.parse(body ?? [])) ?? null };
  }
}

function planFault(sim: MailchimpSimulator, body: unknown): void {
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

/** Sets switches by name. Throws for a name that does not exist or a value of another type. */
export function setSwitches(sim: MailchimpSimulator, values: Readonly<Record<string, unknown>>): void {
  const defaults = new Map<string, unknown>(Object.entries(DEFAULT_SWITCHES));
  for (const [name, value] of Object.entries(values)) {
    if (!defaults.has(name)) throw new Error(`no switch ${name}`);
    if (typeof value !== typeof defaults.get(name))
      throw new Error(`the switch ${name} is a ${typeof defaults.get(name)}`);
  }
  Object.assign(sim.switches, values);
}

function act(sim: MailchimpSimulator, call: string, given: unknown[]): unknown {
  const [, actor, action] = /^POST \/(person|admin|campaign)\/(\w+)$/.exec(call) ?? [];
  const actions = new Map<string, unknown>(
    Object.entries(actor === 'person' ? sim.person : actor === 'admin' ? sim.admin : actor ? sim.campaign : {}),
  );
  const found = actions.get(action ?? '');
  if (typeof found !== 'function') throw new UnknownCall(`no ${call}`);
  const result: unknown = found(...given);
  return typeof result === 'number' ? result : identified(result);
}

// Entities hold circular references, so that only what names them is answered.
function identified(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) return undefined;
  const { id, hash, emailAddress, status }: Record<string, unknown> = { ...result };
  return { id, hash, emailAddress, status };
}

function summary(sim: MailchimpSimulator): Record<string, unknown> {
  const { store, counts } = sim;
  const states = new Map<string, number>();
  for (const { state } of store.deliveries) states.set(state, (states.get(state) ?? 0) + 1);
  return {
    dataCenter: sim.dataCenter,
    accounts: [...store.accounts.values()].map(({ id, name, apiKeys }) => ({
      id,
      name,
      apiKeys: Object.fromEntries(apiKeys),
    })),
    lists: [...store.lists.values()].map((list) => ({
      id: list.id,
      name: list.name,
      members: Object.fromEntries(
        (['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional', 'archived'] as const).map((status) => [
          status,
          list.members.count(status),
        ]),
      ),
      tags: [...list.tags.values()].map(({ name, members }) => ({ name, members: members.size })),
      webhooks: [...list.webhooks.values()].map(({ id, url, disabled }) => ({ id, url, disabled })),
    })),
    campaigns: [...store.campaigns.values()].map(({ id, title, status, sentAt }) => ({
      id,
      title,
      status,
      sentAt: isoTime(sentAt),
    })),
    deliveries: Object.fromEntries(states),
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
