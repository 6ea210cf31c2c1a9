import { expect, test } from 'vitest';
import { createOnOfficeSimulator, urlSignature } from './index.ts';
import { providerEntry } from './provider-entry.ts';
import { testClock } from './test-client.ts';

const SECRET = 'provider-secret-1';

function world() {
  const sim = createOnOfficeSimulator({ clock: testClock() });
  sim.marketplace.provider = providerEntry('https://connector.example', SECRET);
  const broker = sim.addUser({ userName: 'makler', firstName: 'Mia', lastName: 'Makler', rights: { admin: false } });
  const ask = (path: string, init?: RequestInit) => sim.fetch(new Request(`https://crm.example/_crm${path}`, init));
  const framedBy = async (path: string) => {
    const source = /<iframe[^>]* src="([^"]+)"/.exec(await (await ask(path)).text())?.[1];
    return source === undefined ? undefined : new URL(source.replaceAll('&amp;', '&'));
  };
  const activate = async (userId: number) => {
    const answer = await ask(`/marketplace/activate?as=${userId}&lang=FRA`, { method: 'POST' });
    return (answer.headers.get('location') ?? '').replace('/_crm', '');
  };
  return { sim, broker, ask, framedBy, activate };
}

test('an administrator opens the activation in a frame, with the key to be copied; loaded again it is over', async () => {
  const { sim, ask, framedBy, activate } = world();
  const path = await activate(sim.agent.userId);
  const frame = await framedBy(path);
  expect(frame?.pathname).toBe('/onoffice/activate');
  const { signature, ...parameters } = Object.fromEntries(frame?.searchParams ?? []);
  expect(parameters).toMatchObject({ language: 'FRA', userId: String(sim.agent.userId) });
  expect(signature).toBe(urlSignature('https://connector.example/onoffice/activate', parameters, SECRET));
  expect((await ask(path)).headers.get('location')).toContain('/marketplace?');
});

test('nobody else activates a provider, and nobody opens one that is not activated', async () => {
  const { broker, ask, activate } = world();
  expect(await activate(broker.id)).not.toContain('activation');
  expect((await ask('/service')).headers.get('location')).toContain('/marketplace?');
});

test('the menu opens the service for whoever sits there, and its webhook is called from then on', async () => {
  const { sim, broker, ask, framedBy } = world();
  const begun = sim.marketplace.startActivation({
    url: 'https://connector.example/onoffice/activate',
    providerSecret: SECRET,
    userId: sim.agent.userId,
  });
  sim.marketplace.unlock(new URL(begun.url).searchParams.get('parameterCacheId') ?? '');
  const frame = await framedBy(`/service?as=${broker.id}&lang=ESP`);
  expect(frame?.pathname).toBe('/onoffice/service');
  expect(frame?.searchParams.get('userId')).toBe(String(broker.id));
  expect(frame?.searchParams.get('language')).toBe('ESP');
  expect(sim.marketplace.webhook?.url).toBe('https://connector.example/onoffice/webhook');
  const contact = sim.agent.createContact({ Name: 'A', newsletter_aktiv: '1' });
  const form = new URLSearchParams({ newsletter: '0' });
  await ask(`/contacts/${contact.id}?as=${broker.id}`, { method: 'POST', body: form });
  expect(sim.store.newsletterHistory(contact.id).at(-1)).toMatchObject({ to: '0', by: 'agent', userId: broker.id });
  sim.marketplace.block();
  expect(sim.marketplace.webhook).toBeUndefined();
});
