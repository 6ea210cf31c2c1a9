import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { drawAgency } from '../shared/agency.ts';
import { seedFromAgency } from './index.ts';
import { createTestWorld } from './test-world.ts';

const HOUR = 3_600_000;

function withMembers(count: number) {
  const world = createTestWorld();
  const list = world.sim.addAudience({ name: 'onoffice' });
  const emails = Array.from({ length: count }, (_, number) => `m${number}@immo-test.de`);
  world.sim.admin.importMembers(list.id, emails, { silent: true });
  const runFor = async (hours: number): Promise<void> => {
    for (let hour = 0; hour < hours; hour += 1) {
      world.clock.advance(HOUR);
      await world.sim.pump();
    }
  };
  return { ...world, list, path: `/lists/${list.id}`, runFor };
}

test('a campaign is being sent, then sent, then opened, clicked, bounced and left over three days', async () => {
  const { call, sim, list, runFor } = withMembers(400);
  const rates = { hardBounce: 0.05, softBounce: 0.05, open: 0.5, click: 0.5, unsubscribe: 0.1, complain: 0.02 };
  const campaign = sim.campaign.send(list.id, { subject: 'Neue Objekte', title: 'Mai', rates });
  expect((await call('GET', `/campaigns/${campaign.id}`)).body.status).toBe('sending');
  await runFor(80);
  const sent = await call('GET', `/campaigns?status=sent&list_id=${list.id}&since_send_time=2026-03-01T08:00:00Z`);
  expect(sent.body.campaigns).toMatchObject([{ id: campaign.id, settings: { subject_line: 'Neue Objekte' } }]);
  const recipients = await call('GET', `/reports/${campaign.id}/sent-to?count=1000`);
  const states = (recipients.body.sent_to as { status: string }[]).map(({ status }) => status);
  expect(recipients.body.total_items).toBe(400);
  const hard = states.filter((status) => status === 'hard').length;
  expect(hard).toBeGreaterThan(5);
  expect(list.members.count('cleaned')).toBe(hard);
  const left = await call('GET', `/reports/${campaign.id}/unsubscribed?count=1000`);
  expect(left.body.total_items).toBe(list.members.count('unsubscribed'));
  const report = await call('GET', `/reports/${campaign.id}`);
  const opened = await call('GET', `/reports/${campaign.id}/open-details?count=1000`);
  expect(report.body.opens).toMatchObject({ unique_opens: (opened.body.members as []).length });
  const later = await call('GET', `/reports/${campaign.id}/email-activity?count=1000&since=2026-03-02T08:00:00Z`);
  for (const email of later.body.emails as { activity: { timestamp: string }[] }[])
    for (const { timestamp } of email.activity) expect(timestamp >= '2026-03-02T08:00:00').toBe(true);
  expect((await call('GET', `/reports/${campaign.id}/click-details`)).body.urls_clicked).not.toEqual([]);
});

test('the same seed gives the same campaign, however often the API is called meanwhile', async () => {
  const run = async (calls: number) => {
    const { call, sim, list, runFor } = withMembers(100);
    const campaign = sim.campaign.send(list.id, { subject: 's', title: 't' });
    for (let number = 0; number < calls; number += 1) await call('GET', '/ping');
    await runFor(80);
    return (await call('GET', `/reports/${campaign.id}`)).body;
  };
  expect(await run(0)).toEqual(await run(7));
});

test('the feed of an archived member shows that he had left, unless the switch hides it', async () => {
  const { call, sim, list, path } = withMembers(1);
  const campaign = sim.campaign.send(list.id, { subject: 's', title: 'Mai' });
  sim.person.unsubscribe(list.id, 'm0@immo-test.de', { campaignId: campaign.id });
  sim.admin.archive(list.id, 'm0@immo-test.de');
  const { hash } = list.members.find('m0@immo-test.de')!;
  const feed = await call('GET', `${path}/members/${hash}/activity-feed?activity_filters=sent,bounce,unsub`);
  expect(feed.body.activity).toMatchObject([
    { activity_type: 'unsub', campaign_id: campaign.id, campaign_title: 'Mai', is_admin_unsubscribed: false },
    { activity_type: 'sent' },
  ]);
  sim.switches.archivedFeed = 'missing';
  expect((await call('GET', `${path}/members/${hash}/activity-feed`)).status).toBe(404);
});

test('a batch runs later and leaves a packed archive of answers for ten minutes', async () => {
  const { call, sim, path, clock, runFor } = withMembers(1500);
  const batch = await call('POST', '/batches', {
    operations: [
      { method: 'GET', path: `${path}/members`, operation_id: 'all', params: { fields: 'members.id,total_items' } },
      {
        method: 'PUT',
        path: `${path}/members/x@example.com`,
        operation_id: 'fake',
        body: JSON.stringify({ email_address: 'x@example.com', status_if_new: 'subscribed' }),
      },
    ],
  });
  expect(batch.body).toMatchObject({ status: 'pending', response_body_url: '' });
  await runFor(1);
  const done = await call('GET', `/batches/${String(batch.body.id)}`);
  expect(done.body).toMatchObject({ status: 'finished', finished_operations: 3, errored_operations: 1 });
  const url = String(done.body.response_body_url);
  const archive = await sim.fetch(new Request(url));
  const text = gunzipSync(Buffer.from(await archive.arrayBuffer())).toString();
  expect(text.startsWith('./\0')).toBe(true);
  expect(text).toContain('"operation_id":"fake"');
  expect(text).toContain('looks fake or invalid');
  clock.advance(11 * 60_000);
  expect((await sim.fetch(new Request(url))).status).toBe(403);
});

test('the agency is found in the audience as it was before the connection; nobody there means no audience', async () => {
  const existing = createTestWorld();
  const agency = drawAgency({ contacts: 500, seed: 7, audience: 'existing' });
  const list = seedFromAgency(existing.sim, agency)!;
  expect(list.name).toBe('onoffice');
  expect(list.members.count('subscribed')).toBeGreaterThan(50);
  expect(list.members.count('unsubscribed')).toBeGreaterThan(5);
  expect(list.members.count('archived')).toBeGreaterThan(2);
  expect([...list.tags.values()].map(({ name }) => name)).toContain('Website');
  expect(existing.sim.store.deliveries).toEqual([]);
  const left = existing.sim.store.consentHistory.filter(({ to }) => to === 'unsubscribed');
  expect(new Set(left.map(({ by }) => by))).toEqual(new Set(['person']));
  const empty = createTestWorld();
  expect(seedFromAgency(empty.sim, drawAgency({ contacts: 500, seed: 7, audience: 'empty' }))).toBeUndefined();
  expect(empty.sim.store.lists.size).toBe(0);
});
