import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

function withControl() {
  const world = createTestWorld();
  const list = world.sim.addAudience({ name: 'onoffice' });
  const ask = async (method: string, path: string, body?: string, type = 'application/json') => {
    const response = await world.sim.fetch(
      new Request(`http://127.0.0.1${path}`, {
        method,
        ...(body === undefined ? {} : { body, headers: { 'content-type': type } }),
      }),
    );
    return { status: response.status, location: response.headers.get('location'), text: await response.text() };
  };
  return { ...world, list, ask };
}

test('the control API plays people, sets switches, plans faults and sums up', async () => {
  const { ask, call, sim, list } = withControl();
  const form = JSON.stringify([list.id, { email: 'anna@immo-test.de' }]);
  expect((await ask('POST', '/_control/person/subscribe', form)).text).toContain('"status":"subscribed"');
  await ask('POST', '/_control/admin/archive', JSON.stringify([list.id, 'anna@immo-test.de']));
  const summary = JSON.parse((await ask('GET', '/_control')).text) as { lists: { members: object }[] };
  expect(summary.lists[0]?.members).toMatchObject({ archived: 1, subscribed: 0 });
  await ask('PATCH', '/_control/switches', '{"batchCompliance":"error"}');
  expect(sim.switches.batchCompliance).toBe('error');
  expect((await ask('PATCH', '/_control/switches', '{"nothing":1}')).status).toBe(400);
  await ask('POST', '/_control/faults', '{"fault":{"type":"status","status":500},"match":"ping"}');
  expect((await call('GET', '/ping')).status).toBe(500);
  expect(sim.counts.total).toBe(1);
  await ask('POST', '/_control/counts/reset');
  expect(sim.counts.total).toBe(0);
  expect((await ask('POST', '/_control/person/fly', '[]')).status).toBe(404);
});

test('the console shows members and events escaped, and carries out what its forms say', async () => {
  const { ask, sim, list } = withControl();
  sim.admin.addMember(list.id, { email: 'a@immo-test.de', tags: ['<b>Eigentümer</b>'] });
  const page = await ask('GET', `/_console?list=${list.id}`);
  expect(page.text).toContain('&lt;b&gt;Eigentümer&lt;/b&gt;');
  expect(page.text).not.toContain('<b>Eigentümer');
  const form = new URLSearchParams({ list: list.id, email: 'a@immo-test.de', action: 'unsubscribe' }).toString();
  const done = await ask('POST', '/_console', form, 'application/x-www-form-urlencoded');
  expect([done.status, done.location]).toEqual([303, `/_console?list=${list.id}`]);
  expect(list.members.find('a@immo-test.de')!.status).toBe('unsubscribed');
  const failed = await ask('POST', '/_console', 'action=archive&email=b@immo-test.de');
  expect(failed.location).toContain('error=');
});
