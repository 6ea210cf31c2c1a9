import client from '@mailchimp/mailchimp_marketing';
import { expect, test } from 'vitest';
import { listen } from '../shared/simulator.ts';
import { subscriberHash } from './member-index.ts';
import { createTestWorld } from './test-world.ts';

test('the official client makes an audience, fills, tags, watches and empties it over HTTP', async () => {
  const { sim, clock } = createTestWorld();
  const running = await listen(sim, 0, 0);
  try {
    client.setConfig({ apiKey: sim.apiKey, server: sim.dataCenter });
    client.basePath = `${running.origin}/3.0`;
    const { lists } = client;
    expect(await client.ping.get()).toEqual({ health_status: "Everything's Chimpy!" });
    const root = await client.root.getRoot();
    expect(root.pricing_plan_type).toBe('monthly');

    const list = await lists.createList({
      name: 'onoffice',
      contact: { company: 'Muster', address1: 'Hauptstr. 1', city: 'Aachen', state: '', zip: '52062', country: 'DE' },
      permission_reminder: 'Sie haben den Newsletter bestellt.',
      campaign_defaults: { from_name: 'Muster', from_email: 'info@muster-immo.de', subject: '', language: 'de' },
      email_type_option: false,
    });
    const listId = String(list.id);
    expect(listId).toMatch(/^[0-9a-f]{10}$/);
    const all = await lists.getAllLists({ count: 1000, fields: ['lists.name', 'constraints'] });
    expect(all).toEqual({
      lists: [{ name: 'onoffice' }],
      constraints: { may_create: true, max_instances: 5, current_total_instances: 1 },
    });
    await lists.addListMergeField(listId, { tag: 'ANREDE', name: 'Anrede', type: 'text', public: false });

    const anna = 'anna.muster@immo-test.de';
    const bulk = await lists.batchListMembers(
      listId,
      {
        members: [
          { email_address: anna, status: 'subscribed', merge_fields: { ANREDE: 'Frau' }, tags: ['Eigentümer'] },
          { email_address: 'x@example.com', status: 'subscribed' },
        ],
        update_existing: false,
      },
      { skipMergeValidation: true, skipDuplicateCheck: true },
    );
    expect(bulk).toMatchObject({ total_created: 1, total_updated: 0, error_count: 1 });

    await lists.updateListMemberTags(listId, subscriberHash(anna), { tags: [{ name: 'Mieter', status: 'active' }] });
    const tags = await lists.getListMemberTags(listId, subscriberHash(anna));
    expect(tags.tags).toMatchObject([{ name: 'Eigentümer' }, { name: 'Mieter' }]);
    const found = await lists.tagSearch(listId, { name: 'miet' });
    const [tag] = found.tags as { id: number }[];
    await lists.addListMember(listId, { email_address: 'bert@immo-test.de', status: 'subscribed' });
    const tagged = await lists.batchSegmentMembers(
      { members_to_add: ['bert@immo-test.de', 'nobody@immo-test.de'], members_to_remove: [anna] },
      listId,
      String(tag?.id),
    );
    expect(tagged).toMatchObject({ total_added: 1, total_removed: 1, error_count: 1 });

    const hook = await lists.createListWebhook(listId, {
      url: 'http://127.0.0.1:9/hook/secret',
      events: { unsubscribe: true },
      sources: { user: true, admin: true, api: false },
    });
    expect(hook.signing_secret).toMatch(/^[0-9a-f]{64}$/);
    const hooks = await lists.getListWebhooks(listId);
    expect((hooks.webhooks as object[])[0]).not.toHaveProperty('signing_secret');

    await lists.setListMember(listId, subscriberHash(anna), { merge_fields: { ANREDE: 'Dr.' } });
    expect(await lists.deleteListMember(listId, subscriberHash(anna))).toBeNull();
    const refused = lists.deleteListMember(listId, subscriberHash(anna));
    await expect(refused).rejects.toMatchObject({ status: 405, response: { body: { title: 'Method Not Allowed' } } });
    const members = await lists.getListMembersInfo(listId, { status: 'archived', count: 1000 });
    expect(members.members).toMatchObject([{ email_address: anna, merge_fields: { ANREDE: 'Dr.' } }]);

    const campaign = sim.campaign.send(listId, { subject: 'Neue Objekte', title: 'Mai' });
    clock.advance(60_000);
    await sim.pump();
    const sentTo = await client.reports.getCampaignRecipients(campaign.id, { count: 1000 });
    expect(sentTo.sent_to).toMatchObject([{ email_address: 'bert@immo-test.de', status: 'sent' }]);
  } finally {
    await running.close();
  }
});
