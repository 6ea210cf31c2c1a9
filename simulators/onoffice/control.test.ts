import { expect, test } from 'vitest';
import { createOnOfficeSimulator } from './index.ts';
import { errorCode, testClock } from './test-client.ts';

function simulator() {
  return createOnOfficeSimulator({ clock: testClock() });
}

async function control(sim: ReturnType<typeof simulator>, path: string, body?: unknown) {
  const answer = await sim.fetch(
    new Request(
      `http://crm.test/_control${path}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    ),
  );
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function form(sim: ReturnType<typeof simulator>, path: string, fields: [string, string][]): Promise<string> {
  const answer = await sim.fetch(
    new Request(`http://crm.test/_console${path}`, { method: 'POST', body: new URLSearchParams(fields) }),
  );
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

async function page(sim: ReturnType<typeof simulator>, path: string): Promise<string> {
  const answer = await sim.fetch(new Request(`http://crm.test/_console${path}`));
  expect(answer.status).toBe(200);
  return answer.text();
}

test('another process can play the agent and look at a contact', async () => {
  const sim = simulator();
  const { body } = await control(sim, '/agent/create', { fields: { Name: 'A', Email: 'a@immo-test.de' } });
  await control(sim, '/agent/edit', { id: body.id, fields: { newsletter_aktiv: '1' } });
  await control(sim, '/agent/private', { id: body.id });
  const contact = await control(sim, `/contacts/${body.id}`);
  expect(contact.body).toMatchObject({
    mainEmail: 'a@immo-test.de',
    fields: { Privat: '1', newsletter_aktiv: '1' },
    newsletterHistory: [{ to: '4' }, { from: '4', to: '1', by: 'agent' }],
  });
  await control(sim, '/agent/delete', { id: body.id });
  expect((await control(sim, `/contacts/${body.id}`)).status).toBe(404);
});

test('switches, faults and counters are set over HTTP', async () => {
  const sim = simulator();
  await control(sim, '/switches', { unknownFieldCode: 75 });
  expect(sim.switches.unknownFieldCode).toBe(75);
  await control(sim, '/action-faults', { code: 88, match: 'read address' });
  expect(await errorCode(sim, 'read address')).toBe(88);
  expect((await control(sim, '')).body).toMatchObject({ addresses: 0, counts: { requests: 1 } });
  await control(sim, '/counts/reset', {});
  expect(sim.counts.requests).toBe(0);
});

test.each([
  ['/switches', { unknownFieldCode: 76 }, 'must be one of'],
  ['/switches', { nonsense: 1 }, 'unknown switch'],
  ['/switches', { latencyMs: -1 }, 'whole number'],
  ['/faults', { fault: { type: 'flood' } }, 'fault'],
  ['/faults', { fault: { type: 'truncate' }, match: '(' }, 'regular expression'],
  ['/agent/edit', { id: 1, fields: {} }, 'no contact 1'],
  ['/agent/create', { fields: { Nonsense: 'x' } }, 'no field Nonsense'],
])('%s refuses %j and says why', async (path, body, complaint) => {
  const answer = await control(simulator(), path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toContain(complaint);
});

test('the console creates, finds, edits and deletes a contact', async () => {
  const sim = simulator();
  const tag = sim.agent.addTag('Neubau');
  const created = await form(sim, '/new', [
    ['Name', 'Beispiel'],
    ['Email', 'eva@immo-test.de'],
    ['newsletter_aktiv', '1'],
    ['has-tags', '1'],
    ['NewsletterTag', tag],
  ]);
  const path = created.replace('/_console', '').replace(/\?.*/, '');
  expect(await page(sim, '?search=eva')).toContain('Beispiel');
  expect(await page(sim, '?search=nobody')).toContain('0 contacts');
  expect(await page(sim, path)).toContain(`value="${tag}" checked`);
  await form(sim, path, [
    ['Name', 'Muster'],
    ['has-tags', '1'],
    ['archived', 'on'],
    ['newsletter_aktiv', '0'],
  ]);
  const [contact] = [...sim.store.addresses.values()];
  expect(contact?.values).toMatchObject({ Name: 'Muster', NewsletterTag: [], Status: '0', newsletter_aktiv: '0' });
  await form(sim, `${path}/delete`, []);
  expect(sim.store.addresses.size).toBe(0);
});

test('the console plans faults and shows what happened; mistakes come back as a message', async () => {
  const sim = simulator();
  await form(sim, '/faults', [
    ['fault', '502'],
    ['times', '1'],
    ['match', ''],
  ]);
  expect(sim.faults.take('read address')).toMatchObject({ type: 'status', status: 502 });
  const refused = await form(sim, '/faults', [
    ['fault', '502'],
    ['times', '0'],
  ]);
  expect(await page(sim, refused.replace('/_console', ''))).toContain('role="alert"');
  sim.agent.createContact({});
  expect(await page(sim, '/log')).toContain('add');
  await form(sim, '/tags/add', [['label', 'Neubau']]);
  await form(sim, '/tags/rename', [
    ['tag', 'Neubau'],
    ['label', 'Altbau'],
  ]);
  expect(await page(sim, '/tags')).toContain('Altbau');
});

test('what people typed is never markup', async () => {
  const sim = simulator();
  const evil = `<script>alert("1")</script>'`;
  sim.agent.addTag(evil);
  const { id } = sim.agent.createContact({ Name: evil, Email: `${evil}@immo-test.de` });
  for (const path of ['', `/contacts/${id}`, '/tags', '/log', `?done=${encodeURIComponent(evil)}`]) {
    const shown = await page(sim, path);
    expect(shown).not.toContain('<script');
    expect(shown).not.toContain(`alert("1")`);
  }
});

test('other addresses are not found', async () => {
  const answer = await simulator().fetch(new Request('http://crm.test/'));
  expect(answer.status).toBe(404);
});
