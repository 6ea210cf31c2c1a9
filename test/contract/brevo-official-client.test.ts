import { BrevoClient } from '@getbrevo/brevo';
import { expect, test } from 'vitest';
import { createBrevoSimulator } from '../../simulators/brevo/index.ts';
import { listen } from '../../simulators/shared/simulator.ts';
import { START } from './brevo-world.ts';

const ANNA = 'anna+neu@immo-test.de';
const BERT = 'bert@immo-test.de';

test('Brevo’s own client makes, fills, watches and empties a list at the simulator over HTTP', async () => {
  let now = START;
  const simulator = createBrevoSimulator({
    clock: { now: () => now },
    fetch: async () => new Response(null, { status: 200 }),
    // The clock stands still, so every call falls into the same second.
    switches: { limits: false },
  });
  const running = await listen(simulator, 0, 0);
  const work = async () => {
    for (let dueAt = simulator.nextDueAt(); dueAt !== undefined; dueAt = simulator.nextDueAt()) {
      now = Math.max(now, dueAt);
      await simulator.pump();
    }
  };
  try {
    const baseUrl = `${running.origin}/v3`;
    const { account, contacts, process, webhooks } = new BrevoClient({
      apiKey: simulator.apiKey,
      baseUrl,
      maxRetries: 0,
    });
    expect(await account.getAccount()).toMatchObject({
      companyName: 'Muster Immobilien GmbH',
      plan: [{ type: 'free' }],
    });
    const stranger = new BrevoClient({ apiKey: 'xkeysib-falsch', baseUrl, maxRetries: 0 });
    await expect(stranger.account.getAccount()).rejects.toMatchObject({
      statusCode: 401,
      body: { code: 'unauthorized' },
    });

    const { id: folderId } = await contacts.createFolder({ name: 'onoffice' });
    const { id: listId } = await contacts.createList({ name: 'onoffice', folderId });
    expect((await contacts.getLists({ limit: 50 })).lists).toContainEqual(
      expect.objectContaining({ id: listId, name: 'onoffice', folderId }),
    );
    await contacts.createAttribute({ attributeCategory: 'normal', attributeName: 'ANREDE', type: 'text' });
    expect((await contacts.getAttributes()).attributes).toContainEqual(
      expect.objectContaining({ name: 'ANREDE', category: 'normal', type: 'text' }),
    );

    const created = await contacts.createContact({
      email: ANNA,
      attributes: { VORNAME: 'Anna', ANREDE: 'Frau' },
      updateEnabled: false,
    });
    expect(created?.id).toEqual(expect.any(Number));
    await expect(contacts.createContact({ email: ANNA, updateEnabled: false })).rejects.toMatchObject({
      statusCode: 400,
      body: { metadata: { duplicate_identifiers: ['email'] } },
    });
    await contacts.updateContact({ identifier: ANNA, attributes: { VORNAME: 'Änne' } });
    expect(await contacts.getContactInfo({ identifier: ANNA })).toMatchObject({
      id: created?.id,
      email: ANNA,
      emailBlacklisted: false,
      listIds: [],
      attributes: { VORNAME: 'Änne', ANREDE: 'Frau' },
    });
    await expect(contacts.getContactInfo({ identifier: 'niemand@immo-test.de' })).rejects.toMatchObject({
      statusCode: 404,
      body: { code: 'document_not_found' },
    });

    const both = { listId, body: { emails: [ANNA, 'niemand@immo-test.de'] } };
    const split = { contacts: { success: [ANNA], failure: ['niemand@immo-test.de'] } };
    expect(await contacts.addContactToList(both)).toEqual(split);
    await expect(contacts.addContactToList(both)).rejects.toMatchObject({ statusCode: 400 });
    expect(await contacts.removeContactFromList(both)).toEqual(split);
    await contacts.addContactToList({ listId, body: { emails: [ANNA] } });

    const { processId = 0 } = await contacts.importContacts({
      jsonBody: [{ email: BERT, attributes: { VORNAME: 'Bert' } }, { email: 'kaputt' }],
      listIds: [listId],
      disableNotification: true,
      updateExistingContacts: false,
    });
    expect(await process.getProcess({ processId })).toMatchObject({ id: processId, status: 'queued' });
    await work();
    expect(await process.getProcess({ processId })).toMatchObject({
      name: 'IMPORTUSER',
      status: 'completed',
      info: { import: { invalid_emails: expect.stringContaining('.csv') } },
    });

    await contacts.updateContact({ identifier: BERT, emailBlacklisted: true });
    const onList = await contacts.getContactsFromList({ listId, limit: 500, sort: 'asc' });
    expect(onList).toMatchObject({
      count: 2,
      contacts: [
        { email: ANNA, emailBlacklisted: false },
        { email: BERT, emailBlacklisted: true },
      ],
    });
    const paged = await contacts.getContacts({ listIds: [listId], limit: 1, offset: 1, sort: 'asc' });
    expect(paged).toMatchObject({ count: 2, contacts: [{ email: BERT, listIds: [listId] }] });

    const marketing = { type: 'marketing' } as const;
    await expect(webhooks.getWebhooks(marketing)).rejects.toMatchObject({ statusCode: 400 });
    const { id: webhookId } = await webhooks.createWebhook({
      ...marketing,
      url: 'https://connector.test/hook',
      events: ['unsubscribed', 'contactDeleted'],
      auth: { type: 'bearer', token: 'geheim' },
    });
    await webhooks.updateWebhook({ webhookId, events: ['unsubscribed'] });
    const { webhooks: listed } = await webhooks.getWebhooks(marketing);
    expect(listed).toMatchObject([{ id: webhookId, type: 'marketing', events: ['unsubscribed'] }]);
    await webhooks.deleteWebhook({ webhookId });
    await expect(webhooks.getWebhooks(marketing)).rejects.toMatchObject({ statusCode: 400 });
    await contacts.deleteContact({ identifier: ANNA });
    expect((await contacts.getContactsFromList({ listId })).count).toBe(1);
  } finally {
    await running.close();
  }
});
