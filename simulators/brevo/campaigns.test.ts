import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

const NONE = { hardBounce: 0, softBounce: 0, open: 0, click: 0, unsubscribe: 0, complain: 0 };
const EVENTS = ['delivered', 'opened', 'click', 'hardBounce', 'softBounce', 'spam', 'unsubscribed', 'contactUpdated'];

async function withCampaign() {
  const world = createTestWorld({ switches: { limits: false } });
  const { sim, call } = world;
  await call('POST', '/webhooks', { type: 'marketing', url: 'https://connector.test/hook', events: EVENTS });
  sim.admin.importContacts(2, ['a@immo-test.de', 'b@immo-test.de', 'c@immo-test.de']);
  sim.admin.importContacts(2, ['blocked@immo-test.de'], { blocked: true });
  const campaign = sim.campaign.send(2, { name: 'Juli 2026', rates: NONE });
  const take = async () => {
    await world.settle();
    return world.received.splice(0).map(({ body }) => body);
  };
  return { ...world, campaign, take };
}

test('a campaign reaches everybody on the list who is not blocked, and its events name it', async () => {
  const { take, campaign } = await withCampaign();
  const delivered = await take();
  expect(delivered.map(({ email }) => email)).toEqual(['a@immo-test.de', 'b@immo-test.de', 'c@immo-test.de']);
  expect(delivered[0]).toMatchObject({
    event: 'delivered',
    id: 1,
    camp_id: campaign.id,
    'campaign name': 'Juli 2026',
    date_sent: '2026-03-01 09:00:00',
    date_event: '2026-03-01 09:01:00',
    ts_sent: 1772352000,
    ts_event: 1772352060,
  });
});

test('opens, clicks with URL in capitals, and opens by a proxy are told and counted', async () => {
  const { sim, call, take, campaign } = await withCampaign();
  await take();
  sim.campaign.open(campaign.id, 'a@immo-test.de');
  sim.campaign.open(campaign.id, 'a@immo-test.de', { proxy: true });
  sim.campaign.click(campaign.id, 'a@immo-test.de', 'https://makler.test/5');
  expect(await take()).toMatchObject([
    { event: 'opened' },
    { event: 'proxy_open' },
    { event: 'click', URL: 'https://makler.test/5' },
  ]);
  const stats = await call('GET', '/contacts/a%40immo-test.de/campaignStats');
  expect(stats.body).toMatchObject({
    messagesSent: [{ campaignId: campaign.id, eventTime: '2026-03-01T09:00:00.123+01:00' }],
    opened: [{ campaignId: campaign.id, count: 2 }],
    clicked: [{ campaignId: campaign.id, links: [{ url: 'https://makler.test/5', count: 1 }] }],
  });
  expect((await call('GET', '/contacts/blocked@immo-test.de/campaignStats')).body).not.toHaveProperty('opened');
});

test('unsubscription, complaint and hard bounce block, each with its cause in the statistics; a soft bounce does not', async () => {
  const { sim, call, take, campaign } = await withCampaign();
  await take();
  const read = async (email: string) => (await call('GET', `/contacts/${email}`)).body;
  sim.campaign.bounce(campaign.id, 'a@immo-test.de', 'soft');
  expect(await read('a@immo-test.de')).toMatchObject({ emailBlacklisted: false, statistics: { softBounces: [{}] } });
  sim.campaign.bounce(campaign.id, 'a@immo-test.de', 'hard');
  expect(await read('a@immo-test.de')).toMatchObject({ emailBlacklisted: true, statistics: { hardBounces: [{}] } });
  expect((await read('a@immo-test.de')).statistics).not.toHaveProperty('unsubscriptions');
  sim.person.unsubscribe('b@immo-test.de', { campaignId: campaign.id });
  expect(await read('b@immo-test.de')).toMatchObject({
    emailBlacklisted: true,
    statistics: { unsubscriptions: { userUnsubscription: [{ campaignId: campaign.id }], adminUnsubscription: [] } },
  });
  sim.person.complain('c@immo-test.de', { campaignId: campaign.id });
  expect(await read('c@immo-test.de')).toMatchObject({ emailBlacklisted: true, statistics: { complaints: [{}] } });
  expect((await take()).map(({ event, list_id }) => [event, list_id])).toEqual([
    ['soft_bounce', undefined],
    ['hard_bounce', undefined],
    ['contact_updated', undefined],
    ['unsubscribe', [2]],
    ['contact_updated', undefined],
    ['spam', undefined],
    ['contact_updated', undefined],
  ]);
  const byReason = sim.store.consentHistory.slice(-3).map(({ by, reason }) => [by, reason]);
  expect(byReason).toEqual([
    ['provider', 'bounced'],
    ['person', 'unsubscribed'],
    ['person', 'complained'],
  ]);
});

test('statistics go back 90 days, and a wider window is refused', async () => {
  const { call, clock, take } = await withCampaign();
  await take();
  const stats = (query = '') => call('GET', `/contacts/a@immo-test.de/campaignStats${query}`);
  expect((await stats('?startDate=2026-03-01&endDate=2026-03-01')).body).toHaveProperty('delivered');
  expect((await stats('?startDate=2026-03-02&endDate=2026-03-05')).body).toEqual({});
  expect((await stats('?startDate=2026-01-01&endDate=2026-05-01')).body.code).toBe('out_of_range');
  expect((await stats('?startDate=2026-03-01')).status).toBe(400);
  clock.advance(91 * 24 * 3_600_000);
  expect((await stats()).body).toEqual({});
});

test('campaigns are listed by time and status, with sums only when asked', async () => {
  const { call, sim, take, campaign } = await withCampaign();
  expect((await call('GET', '/emailCampaigns?status=inProcess')).body.count).toBe(1);
  await take();
  sim.campaign.open(campaign.id, 'a@immo-test.de');
  const window = 'startDate=2026-02-01T00:00:00.000Z&endDate=2026-04-01T00:00:00.000Z';
  const read = async (query: string) => (await call('GET', `/emailCampaigns?status=sent&${query}`)).body;
  expect(await read(window)).toMatchObject({
    campaigns: [{ id: campaign.id, recipients: { lists: [2] }, statistics: {} }],
  });
  const global = { sent: 3, delivered: 3, uniqueViews: 1, unsubscriptions: 0 };
  expect(await read(`${window}&statistics=globalStats`)).toMatchObject({
    campaigns: [{ statistics: { globalStats: global } }],
  });
  expect((await read('startDate=2023-02-01T00:00:00.000Z&endDate=2026-04-01T00:00:00.000Z')).code).toBe('out_of_range');
  expect((await call('GET', '/emailCampaigns?limit=101')).status).toBe(400);
});

test('recipients and contacts are exported as files through a process', async () => {
  const { call, sim, take, campaign } = await withCampaign();
  await take();
  sim.campaign.open(campaign.id, 'a@immo-test.de');
  const file = async (path: string, body: object) => {
    const { status, body: started } = await call('POST', path, body);
    expect(status).toBe(202);
    await take();
    const process = await call('GET', `/processes/${String(started.processId)}`);
    return (await sim.fetch(new Request(String(process.body.export_url)))).text();
  };
  const recipients = `/emailCampaigns/${campaign.id}/exportRecipients`;
  expect(await file(recipients, { recipientsType: 'openers' })).toBe('EMAIL\na@immo-test.de\n');
  expect((await call('POST', recipients, { recipientsType: 'delivered' })).status).toBe(400);
  const blocked = await file('/contacts/export', {
    customContactFilter: { actionForContacts: 'unsubscribed', listId: 2, modifiedSince: '2026-02-01T00:00:00.000Z' },
    exportSubscriptionStatus: ['email_marketing'],
  });
  expect(blocked).toBe(
    'CONTACT ID;EMAIL;ADDED_TIME;MODIFIED_TIME;email_marketing\n' +
      '4;blocked@immo-test.de;2026-03-01 09:00:00;2026-03-01 09:00:00;unsubscribed\n',
  );
  const openers = { customContactFilter: { actionForEmailCampaigns: 'openers', emailCampaignId: campaign.id } };
  expect(await file('/contacts/export', openers)).toContain('a@immo-test.de');
});

test('a drawn campaign plays out the same for the same seed', async () => {
  const play = async () => {
    const { sim, settle } = createTestWorld();
    sim.admin.importContacts(
      2,
      Array.from({ length: 400 }, (_, number) => `a${number}@immo-test.de`),
    );
    const campaign = sim.campaign.send(2, { name: 'Juli', rates: { unsubscribe: 0.2, complain: 0.1 } });
    await settle();
    const recipients = [...campaign.recipients.values()];
    return recipients.map(({ opens, clicks, bounce, unsubscribed, complained }) => [
      opens,
      clicks,
      bounce,
      unsubscribed,
      complained,
    ]);
  };
  const first = await play();
  expect(first).toEqual(await play());
  expect(first.some(([opens]) => opens === 1)).toBe(true);
  expect(first.some((each) => each[3] === true)).toBe(true);
});

test('a double opt-in makes a contact only when it is confirmed', async () => {
  const { call, sim } = createTestWorld();
  const body = {
    email: 'a@immo-test.de',
    includeListIds: [2],
    templateId: 1,
    redirectionUrl: 'https://makler.test/ok',
  };
  expect((await call('POST', '/contacts/doubleOptinConfirmation', body)).status).toBe(201);
  expect((await call('GET', '/contacts/a@immo-test.de')).status).toBe(404);
  sim.person.confirm('a@immo-test.de');
  expect((await call('GET', '/contacts/a@immo-test.de')).body.listIds).toEqual([2]);
  expect(sim.store.systemMails).toMatchObject([{ kind: 'opt-in', to: 'a@immo-test.de' }]);
});
