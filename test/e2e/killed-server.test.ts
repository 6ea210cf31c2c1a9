import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { connectAccount } from '../../src/cli/connect-account.ts';
import { audienceOf } from '../support/plant.ts';
import { type ListeningSimulators, listenToSimulators } from '../support/practice-world.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

/** What both sides hold at the end; numbers and times that the simulators give are left out. */
function stateOf({ crm, mailchimp }: ListeningSimulators) {
  const list = audienceOf(mailchimp);
  const members = [...list.members.all()]
    .map(({ emailAddress, status, mergeFields, tags }) => ({
      emailAddress,
      status,
      mergeFields,
      tags: [...tags.keys()].map((id) => list.tags.get(id)?.name ?? '').sort(),
    }))
    .sort((a, b) => (a.emailAddress < b.emailAddress ? -1 : 1));
  const contacts = [...crm.store.addresses.values()]
    .map(({ values: { Vorname, Name, newsletter_aktiv, NewsletterTag, Briefanrede }, emails }) => ({
      Vorname,
      Name,
      newsletter_aktiv,
      tags: [...(Array.isArray(NewsletterTag) ? NewsletterTag : [])].length,
      Briefanrede,
      emails: emails.map(({ address }) => address),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return { members, contacts };
}

/** A server whose first full sync has been approved. */
type Running = { server: ServerProcess; simulators: ListeningSimulators; restart(): Promise<ServerProcess> };

/** Connects, starts and approves a first full sync; `disturb` is called while it runs, until it has ended. */
async function firstSync(disturb: (running: Running) => Promise<ServerProcess>) {
  const simulators = await listenToSimulators({ contacts: 350, seed: 11, latencyMs: 20 });
  open.push(simulators);
  const folder = mkdtempSync(join(tmpdir(), 'newsletter-connector-kill-'));
  open.push({ close: async () => rmSync(folder, { recursive: true, force: true }) });
  const start = () => startServerProcess(folder, simulators.environment);
  let server = await start();
  open.push({ close: () => server.stop() });
  const restart = async () => {
    await server.kill();
    server = await start();
    return server;
  };
  const connectionId = await connectAccount(server.call, simulators.keys);
  const params = { connectionId };
  const { id: runId } = await server.call('POST /api/connections/:connectionId/runs', {
    params,
    body: { preview: false },
  });
  const runParams = { connectionId, runId };
  const current = () => server.call('GET /api/connections/:connectionId/runs/:runId', { params: runParams });
  await expect.poll(async () => (await current()).state, { timeout: 60_000, interval: 100 }).toBe('awaiting-approval');
  await server.call('POST /api/connections/:connectionId/runs/:runId/approve', { params: runParams, body: {} });
  server = await disturb({ server, simulators, restart });
  await expect.poll(async () => (await current()).state, { timeout: 90_000, interval: 100 }).toBe('succeeded');
  const { bridge } = await server.call('GET /api/connections/:connectionId/overview', { params });
  return { state: stateOf(simulators), bridge, created: simulators.crm.store.addresses.size };
}

test('F5: killed with SIGKILL at five moments of a full sync and restarted, it ends as if undisturbed', async () => {
  const requestsBeforeKill = [5, 18, 8, 25, 15];
  const [undisturbed, disturbed] = await Promise.all([
    firstSync(async ({ server }) => server),
    firstSync(async ({ server: first, simulators: { mailchimp }, restart }) => {
      let server = first;
      for (const requests of requestsBeforeKill) {
        const from = mailchimp.counts.total;
        await expect
          .poll(() => mailchimp.counts.total - from >= requests, { timeout: 5_000, interval: 2 })
          .toBe(true)
          // The run was faster: then there is nothing left to kill.
          .catch(() => {});
        server = await restart();
      }
      return server;
    }),
  ]);
  expect(undisturbed.bridge?.addsUp).toBe(true);
  expect(disturbed.bridge).toMatchObject({ ...undisturbed.bridge, asOf: expect.any(String) });
  expect(disturbed.created, 'no contact is created twice').toBe(undisturbed.created);
  expect(disturbed.state).toEqual(undisturbed.state);
}, 240_000);
