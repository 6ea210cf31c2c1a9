import { BrevoClient } from '@getbrevo/brevo';
import { expect, test } from 'vitest';
import { listen } from '../shared/simulator.ts';
import { createTestWorld } from './test-world.ts';

test('the official client sets up, imports, reads, changes and watches a list over HTTP', async () => {
  const { sim, settle, received } = createTestWorld();
  const running = await listen(sim, 0, 0);
  try {
    const client = new BrevoClient({ apiKey: sim.apiKey, baseUrl: `${running.origin}/v3`, maxRetries: 0 });
    expect((await client.account.getAccount()).companyName).toBe('Muster Immobilien GmbH');

    const { folders = [] } = await client.contacts.getFolders({});
    const { id: listId } = await client.contacts.createList({ name: 'onoffice', folderId: Number(folders[0]?.id) });
    await client.contacts.createAttribute({ attributeCategory: 'normal', attributeName: 'ANREDE', type: 'text' });
    const { attributes = [] } = await client.contacts.getAttributes();
    expect(attributes.map(({ name }) => name)).toEqual(expect.arrayContaining(['VORNAME', 'NACHNAME', 'ANREDE']));

    await expect(client.webhooks.getWebhooks({ type: 'marketing' })).rejects.toMatchObject({ statusCode: 400 });
    const webhook = await client.webhooks.createWebhook({
      type: 'marketing',
      url: 'https://connector.test/hook',
      events: ['unsubscribed', 'contactDeleted'],
      auth: { type: 'bearer', token: 'geheim' },
    });
    const { webhooks } = await client.webhooks.getWebhooks({ type: 'marketing' });
    expect(webhooks).toMatchObject([{ id: webhook.id, events: ['unsubscribed', 'contactDeleted'] }]);

    const anna = 'anna+neu@immo-test.de';
    const started = await client.contacts.importContacts({
      jsonBody: [{ email: anna, attributes: { VORNAME: 'Anna', ANREDE: 'Frau' } }, { email: 'kaputt' }],
      listIds: [listId],
      disableNotification: true,
    });
    await settle();
    const processId = Number(started.processId);
    expect(await client.process.getProcess({ processId })).toMatchObject({ name: 'IMPORTUSER', status: 'completed' });

    const members = await client.contacts.getContactsFromList({ listId, limit: 500, sort: 'asc' });
    expect(members).toMatchObject({ count: 1, contacts: [{ email: anna, attributes: { ANREDE: 'Frau' } }] });
    const both = await client.contacts.getContacts({ listIds: [2, listId], modifiedSince: '2026-01-01T00:00:00.000Z' });
    expect(both.count).toBe(1);

    await client.contacts.updateContact({ identifier: anna, attributes: { VORNAME: 'Änne' }, emailBlacklisted: true });
    const contact = await client.contacts.getContactInfo({ identifier: anna });
    expect(contact).toMatchObject({ emailBlacklisted: true, listIds: [listId], attributes: { VORNAME: 'Änne' } });
    const again = client.contacts.createContact({ email: anna });
    await expect(again).rejects.toMatchObject({
      statusCode: 400,
      body: { metadata: { duplicate_identifiers: ['email'] } },
    });
    await client.contacts.deleteContact({ identifier: anna });
    await expect(client.contacts.getContactInfo({ identifier: anna })).rejects.toMatchObject({ statusCode: 404 });
    await settle();
    expect(received.map(({ body, headers }) => [body.event, headers.get('authorization')])).toEqual([
      ['contact_deleted', 'Bearer geheim'],
    ]);
  } finally {
    await running.close();
  }
});
