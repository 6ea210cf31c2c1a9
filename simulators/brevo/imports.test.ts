import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

function withList(options: Parameters<typeof createTestWorld>[0] = {}) {
  const world = createTestWorld({ ...options, switches: { limits: false, ...options.switches } });
  const list = world.sim.admin.createList('onoffice');
  const importRows = async (rows: object[], more: object = {}) => {
    const body = { jsonBody: rows, listIds: [list.id], disableNotification: true, ...more };
    const answer = await world.call('POST', '/contacts/import', body);
    expect(answer.status).toBe(202);
    return Number(answer.body.processId);
  };
  return { ...world, list, importRows, find: (email: string) => world.sim.account.contacts.byEmail(email)! };
}

test('an import is queued, runs, and changes the list only when it has completed', async () => {
  const { call, sim, clock, list, importRows } = withList();
  const id = await importRows([{ email: 'anna@immo-test.de', attributes: { VORNAME: 'Anna' } }]);
  const look = async () => {
    await sim.pump();
    const process = await call('GET', `/processes/${id}`);
    return [process.body.status, sim.account.contacts.count(list.id).unique];
  };
  expect(await look()).toEqual(['queued', 0]);
  clock.advance(1000);
  expect(await look()).toEqual(['in_process', 0]);
  clock.advance(4000);
  expect(await look()).toEqual(['completed', 1]);
  expect((await call('GET', `/contacts/lists/${list.id}`)).body).toMatchObject({ uniqueSubscribers: 1 });
  expect((await call('GET', '/processes')).body).toMatchObject({ count: 1, processes: [{ id, name: 'IMPORTUSER' }] });
});

test('imports of an account run one after the other, and take as long as their rows and switches say', async () => {
  const { sim, clock, importRows, settle } = withList({ switches: { processMsPerThousand: 1000 } });
  const start = clock.now();
  const rows = Array.from({ length: 2000 }, (_, number) => ({ email: `a${number}@immo-test.de` }));
  await importRows(rows);
  await importRows([{ email: 'b@immo-test.de' }]);
  await settle();
  const ends = [...sim.account.processes.values()].map(({ completedAt }) => (completedAt ?? 0) - start);
  expect(ends).toEqual([7000, 11_001]);
});

test('bad rows are left out and listed in files, unknown attributes dropped in silence, doubles applied in order', async () => {
  const { call, sim, importRows, settle, find } = withList();
  sim.admin.addContact({ email: 'other@immo-test.de', attributes: { SMS: '1' } });
  const id = await importRows([
    { email: 'anna@immo-test.de', attributes: { VORNAME: 'Anna', UNBEKANNT: 'x' } },
    { email: 'kein-at' },
    { email: 'ANNA@immo-test.de', attributes: { NACHNAME: 'Müller' } },
  ]);
  await settle();
  expect(find('anna@immo-test.de').attributes).toEqual({ VORNAME: 'Anna', NACHNAME: 'Müller' });
  const { info } = (await call('GET', `/processes/${id}`)).body as { info: { import: Record<string, string | null> } };
  const file = await sim.fetch(new Request(info.import.invalid_emails!));
  expect(await file.text()).toBe('INVALID_EMAILS\nkein-at\n');
  expect(info.import.duplicate_email_id).toMatch(/\.csv$/);
  expect(info.import.duplicate_ext_id).toBe(null);
  sim.switches.importInfo = 'counts';
  expect((await call('GET', `/processes/${id}`)).body.info).toMatchObject({ import: { invalid_emails: 1 } });
});

test('known contacts are updated unless told otherwise, and empty values erase only when asked', async () => {
  const { sim, importRows, settle, find, list } = withList();
  sim.admin.addContact({ email: 'anna@immo-test.de', attributes: { VORNAME: 'Anna', NACHNAME: 'Alt' } });
  const row = { email: 'anna@immo-test.de', attributes: { VORNAME: '', NACHNAME: 'Neu' } };
  await importRows([row], { updateExistingContacts: false });
  await settle();
  expect(find('anna@immo-test.de')).toMatchObject({ attributes: { NACHNAME: 'Alt' }, listIds: [list.id] });
  await importRows([row]);
  await settle();
  expect(find('anna@immo-test.de').attributes).toEqual({ VORNAME: 'Anna', NACHNAME: 'Neu' });
  await importRows([row], { emptyContactsAttributes: true });
  await settle();
  expect(find('anna@immo-test.de').attributes).toEqual({ NACHNAME: 'Neu' });
});

test('emailBlacklist blocks everybody in the file; false and absent keep the block, unless the switch lifts it', async () => {
  const { sim, importRows, settle, find } = withList();
  const row = { email: 'anna@immo-test.de' };
  await importRows([row], { emailBlacklist: true });
  await settle();
  expect(find('anna@immo-test.de').emailBlacklisted).toBe(true);
  await importRows([row], { emailBlacklist: false });
  await importRows([row]);
  await settle();
  expect(find('anna@immo-test.de').emailBlacklisted).toBe(true);
  sim.switches.importLiftsBlock = true;
  await importRows([row]);
  await settle();
  expect(find('anna@immo-test.de').emailBlacklisted).toBe(false);
});

test('a person who leaves while an import waits stays blocked', async () => {
  const { sim, clock, importRows, settle, find } = withList();
  sim.admin.addContact({ email: 'anna@immo-test.de' });
  await importRows([{ email: 'anna@immo-test.de' }]);
  clock.advance(2000);
  sim.person.unsubscribe('anna@immo-test.de');
  await settle();
  expect(find('anna@immo-test.de').emailBlacklisted).toBe(true);
});

test('a CSV is read by its header in all three delimiters, with quotes', async () => {
  const { call, list, settle, find } = withList();
  for (const [number, delimiter] of [';', ',', '\t'].entries()) {
    const header = ['NACHNAME', 'EMAIL'].join(delimiter);
    const fileBody = `${header}\r\n"Mül${delimiter}""ler"""${delimiter}a${number}@immo-test.de\r\n`;
    expect((await call('POST', '/contacts/import', { fileBody, listIds: [list.id] })).status).toBe(202);
    await settle();
    expect(find(`a${number}@immo-test.de`).attributes.NACHNAME).toBe(`Mül${delimiter}"ler"`);
  }
});

test('a file on the web is read as CSV or JSON by its content', async () => {
  const files: Record<string, string> = {
    'https://files.test/a.csv': 'EMAIL;VORNAME\na@immo-test.de;Anna\n',
    'https://files.test/b.json': '[{"email":"b@immo-test.de","attributes":{"VORNAME":"Bea"}}]',
  };
  const { call, list, settle, find } = withList({ fetch: async ({ url }) => new Response(files[url]) });
  for (const fileUrl of Object.keys(files))
    expect((await call('POST', '/contacts/import', { fileUrl, listIds: [list.id] })).status).toBe(202);
  await settle();
  expect(find('a@immo-test.de').attributes).toEqual({ VORNAME: 'Anna' });
  expect(find('b@immo-test.de').attributes).toEqual({ VORNAME: 'Bea' });
});

test('an import without exactly one source, a list, a usable row or below 10 MB is refused', async () => {
  const { call, list } = withList();
  const rows = [{ email: 'anna@immo-test.de' }];
  const refused = async (body: object) => {
    const { status, body: error } = await call('POST', '/contacts/import', body);
    return [status, error.code];
  };
  expect(await refused({ listIds: [list.id] })).toEqual([400, 'missing_parameter']);
  expect(await refused({ jsonBody: rows })).toEqual([400, 'missing_parameter']);
  expect(await refused({ jsonBody: rows, listIds: [99] })).toEqual([400, 'invalid_parameter']);
  expect(await refused({ jsonBody: [{ email: 'x' }], listIds: [list.id] })).toEqual([400, 'invalid_parameter']);
  const large = [{ email: 'anna@immo-test.de', attributes: { VORNAME: 'x'.repeat(10_000_000) } }];
  expect(await refused({ jsonBody: large, listIds: [list.id] })).toEqual([400, 'invalid_parameter']);
});

test('a list can be made by the import, and its owner is told by mail unless that is disabled', async () => {
  const { call, sim, settle, importRows } = withList();
  await importRows([{ email: 'a@immo-test.de' }]);
  expect(sim.store.systemMails).toEqual([]);
  const newList = { listName: 'Neu', folderId: 1 };
  await call('POST', '/contacts/import', { jsonBody: [{ email: 'a@immo-test.de' }], newList });
  await settle();
  expect(sim.account.lists.values().find(({ name }) => name === 'Neu')).toBeDefined();
  expect(sim.store.systemMails).toMatchObject([{ kind: 'import-report' }]);
});

test('a 524 says nothing: the import may have been accepted', async () => {
  const { call, sim, list } = withList({ switches: { importAnswer: '524-accepted' } });
  const send = () => call('POST', '/contacts/import', { jsonBody: [{ email: 'a@immo-test.de' }], listIds: [list.id] });
  const lost = await send();
  expect([lost.status, lost.headers.get('content-type')]).toEqual([524, 'text/html; charset=UTF-8']);
  expect(sim.account.processes.size).toBe(1);
  sim.switches.importAnswer = '524-refused';
  expect((await send()).status).toBe(524);
  expect(sim.account.processes.size).toBe(1);
});

test('a failed import changes nothing, and its end is told to notifyUrl whatever it was', async () => {
  const { call, sim, importRows, settle, received } = withList({ switches: { processOutcome: 'failed' } });
  const id = await importRows([{ email: 'a@immo-test.de' }], { notifyUrl: 'https://connector.test/done' });
  await settle();
  expect((await call('GET', `/processes/${id}`)).body).toMatchObject({ status: 'failed', error: expect.any(String) });
  expect(sim.account.contacts.size).toBe(0);
  expect(received.map(({ url }) => url)).toEqual(['https://connector.test/done']);
});

test('webhooks of an import: none, list_addition for new members, or all', async () => {
  const { call, sim, importRows, settle, received } = withList();
  const events = ['listAddition', 'contactUpdated'];
  await call('POST', '/webhooks', { type: 'marketing', url: 'https://connector.test/hook', events });
  sim.admin.addContact({ email: 'known@immo-test.de' });
  const run = async (importEvents: 'none' | 'list_addition' | 'all', suffix: string) => {
    sim.switches.importEvents = importEvents;
    received.length = 0;
    await importRows([
      { email: `${suffix}@immo-test.de` },
      { email: 'known@immo-test.de', attributes: { VORNAME: suffix } },
    ]);
    await settle();
    return received.map(({ body }) => [body.event, body.email, body.api_key_name]);
  };
  expect(await run('none', 'a')).toEqual([]);
  sim.admin.removeFromList('onoffice', 'known@immo-test.de');
  await settle();
  expect(await run('list_addition', 'b')).toEqual([
    ['list_addition', 'b@immo-test.de', 'onOffice'],
    ['list_addition', 'known@immo-test.de', 'onOffice'],
  ]);
  expect(await run('all', 'c')).toEqual([
    ['list_addition', 'c@immo-test.de', 'onOffice'],
    ['contact_updated', 'known@immo-test.de', 'onOffice'],
  ]);
});

const STEPS = [
  'import',
  'import-silent-false',
  'csv',
  'name',
  'lists',
  'add-call',
  'remove-call',
  'upsert',
  'admin-list',
  'admin-name',
  'lift-put',
  'lift-admin',
  'lift-form',
  'lift-address',
  'lift-delete',
  'block',
  'leave',
  'bounce',
] as const;

test('a blocked contact stays blocked through import, name change and list change unless the sheet says it is lifted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { maxLength: 15 }), async (steps) => {
      const { call, sim, list, importRows, settle, find } = withList();
      let email = 'anna@immo-test.de';
      sim.admin.addContact({ email, blocked: true });
      let isBlocked = true;
      for (const [number, step] of steps.entries()) {
        if (!sim.account.contacts.byEmail(email)) sim.admin.addContact({ email });
        const name = { VORNAME: `Anna ${number}` };
        const put = (body: object) => call('PUT', `/contacts/${encodeURIComponent(email)}`, body);
        const isKnownTo = find(email).listIds.includes(list.id);
        const run: Record<(typeof STEPS)[number], () => unknown> = {
          import: () => importRows([{ email, attributes: name }]),
          'import-silent-false': () =>
            importRows([{ email }], { emailBlacklist: false, updateExistingContacts: false }),
          csv: () => call('POST', '/contacts/import', { fileBody: `EMAIL;VORNAME\n${email};x`, listIds: [list.id, 2] }),
          name: () => put({ attributes: name }),
          lists: () => put(isKnownTo ? { unlinkListIds: [list.id] } : { listIds: [list.id] }),
          'add-call': () => call('POST', `/contacts/lists/${list.id}/contacts/add`, { emails: [email] }),
          'remove-call': () => call('POST', `/contacts/lists/${list.id}/contacts/remove`, { emails: [email] }),
          upsert: () => call('POST', '/contacts', { email, updateEnabled: true, attributes: name, listIds: [2] }),
          'admin-list': () => sim.admin.importContacts(list.id, [email]),
          'admin-name': () => sim.admin.editProfile(email, name),
          'lift-put': () => put({ emailBlacklisted: false }),
          'lift-admin': () => sim.admin.unblock(email),
          'lift-form': () => sim.person.subscribe(list.id, { email }),
          'lift-address': () => put({ attributes: { EMAIL: `anna${number}@immo-test.de` } }),
          'lift-delete': () => sim.admin.deleteContact(email),
          block: () => put({ emailBlacklisted: true }),
          leave: () => sim.person.unsubscribe(email),
          bounce: () => {
            if (isBlocked) return;
            sim.admin.addToList(list.id, email);
            const campaign = sim.campaign.send(list.id, {
              name: 'Test',
              rates: { hardBounce: 0, softBounce: 0, open: 0 },
            });
            sim.campaign.bounce(campaign.id, email, 'hard');
          },
        };
        await run[step]();
        await settle();
        if (step === 'lift-address') email = `anna${number}@immo-test.de`;
        if (step.startsWith('lift')) isBlocked = false;
        if (step === 'block' || step === 'leave' || step === 'bounce') isBlocked = true;
        expect(sim.account.contacts.byEmail(email)?.emailBlacklisted ?? false).toBe(isBlocked);
      }
      const changes = sim.store.consentHistory;
      const last = changes.at(-1)?.to;
      expect(last === 'absent' ? false : last?.blocked).toBe(isBlocked);
    }),
    { numRuns: 60 },
  );
});
