import { MARKETPLACE_PATHS } from '../../src/http/marketplace-paths.ts';
import { type Answered, type HttpWorld, PROVIDER_SECRET, PUBLIC_URL } from './http-world.ts';

const url = (kind: keyof typeof MARKETPLACE_PATHS) => `${PUBLIC_URL}${MARKETPLACE_PATHS[kind]}`;

/** The query of a URL that the CRM calls. */
export const queryOf = (called: string) => new URL(called).search.slice(1);

/** An administrator of the CRM begins an activation. */
export function beginActivation(world: HttpWorld, userId = world.crm.agent.userId) {
  const begun = world.crm.marketplace.startActivation({
    url: url('activation'),
    providerSecret: PROVIDER_SECRET,
    userId,
  });
  return { ...begun, query: queryOf(begun.url) };
}

/** What the page of an activation does: exchanges the signed call, then hands in the key. */
export async function activate(
  world: HttpWorld,
  begun: { query: string; apiKey: string } = beginActivation(world),
): Promise<Answered> {
  const opened = await post(world, '/api/marketplace/activations', { query: begun.query });
  if (opened.status !== 200) return opened;
  return post(world, '/api/marketplace/activations/confirm', { ticket: opened.json.ticket, apiKey: begun.apiKey });
}

/** The query with which a user of the CRM opens us. */
export function serviceQuery(world: HttpWorld, userId = world.crm.agent.userId, parameters = {}): string {
  return queryOf(
    world.crm.marketplace.serviceUrl({ url: url('service'), providerSecret: PROVIDER_SECRET, userId, parameters }),
  );
}

/** The URL of a webhook call of the CRM. */
export function webhookUrl(world: HttpWorld, userId = world.crm.agent.userId): string {
  const { marketplace } = world.crm;
  const parameters = { addressId: '10501' };
  return marketplace.serviceUrl({ url: url('webhook'), providerSecret: PROVIDER_SECRET, userId, parameters });
}

/** Exchanges a service call for a session. */
export function openSession(world: HttpWorld, query = serviceQuery(world)): Promise<Answered> {
  return post(world, '/api/marketplace/sessions', { query });
}

/** Opens us as a user of the CRM; answers how his page calls the API. */
export async function enter(world: HttpWorld, userId = world.crm.agent.userId) {
  const { json } = await openSession(world, serviceQuery(world, userId));
  const token = String(json.token);
  return {
    token,
    session: json.session as unknown as {
      operator: { name: string; role: string };
      language: string;
      crmCustomer: string;
    },
    call: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
      world.request(path, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(payload === undefined ? {} : { payload }),
      }),
  };
}

function post(world: HttpWorld, path: string, payload: object): Promise<Answered> {
  return world.request(path, { method: 'POST', payload });
}
