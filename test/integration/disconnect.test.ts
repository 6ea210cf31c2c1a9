import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_SECRET, DEFAULT_TOKEN } from '../../simulators/onoffice/index.ts';
import { Secret } from '../../src/core/secret.ts';
import { connectionRow, connections } from '../../src/db/connections.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { formerConnections } from '../../src/db/former-connections.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { secrets } from '../../src/db/secrets.ts';
import { disconnect } from '../../src/sync/leave/disconnect.ts';
import type { AudienceEnd } from '../../src/sync/leave/plan-disconnect.ts';
import { startRun } from '../../src/sync/set-up/start-run.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES, type Side } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

const address = (name: string) => `${name}@immo-test.de`;
const [ANNA, BERT, CARA, DORA, EMIL] = ['anna', 'bert', 'cara', 'dora', 'emil'].map(address) as [
  string,
  string,
  string,
  string,
  string,
];
const PLACE = { publicUrl: 'https://connector.test', installationId: 'installation', isPractice: false };
const box = createSecretBox(Buffer.alloc(32, 7));

let database: Database;

beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

type Story = { world: World; ids: Record<string, number> };

/** Anna, Bert, Dora and Emil were put into the audience by us; Cara was there before. */
async function begin(side: Side): Promise<Story> {
  const ids: Record<string, number> = {};
  const world = await createSyncedWorld({
    database,
    provider: side.name,
    seed: (crm, mailchimp, brevo) => {
      for (const email of [ANNA, BERT, CARA, DORA, EMIL]) ids[email] = plantContact(crm, { email, firstName: 'Vor' });
      side.plantSubscribed({ mailchimp, brevo }, CARA);
    },
  });
  return { world, ids };
}

async function current({ store, clock, connection: { id } }: World) {
  const connection = await connections(database.db).get(id);
  if (!connection) throw new Error('the connection is gone');
  return { connection, store, clock };
}

async function end(world: World, side: Side, audience: AudienceEnd) {
  const key = new Secret(side.name === 'brevo' ? world.brevo.apiKey : world.mailchimp.apiKey);
  const hook = { place: PLACE, secret: new Secret('secret') };
  const provider = world.systems.provider(side.name, key).reads;
  const state = await disconnect({ ...(await current(world)), provider, hook }, audience, randomUUID());
  await world.work();
  const { connection } = await current(world);
  expect(connection.state).toBe('disconnected');
  const { rows } = await sql`select name from secrets where connection_id = ${connection.id}`.execute(database.db);
  expect(rows, 'its keys are forgotten').toEqual([]);
  return { state, hooks: () => provider.listWebhookUrls(connection.audienceId ?? '') };
}

/** As the set-up does when the same customer chooses the same audience. */
async function connectAgain(world: World, side: Side): Promise<void> {
  const { connection } = await current(world);
  const hashes = { crmAccount: connection.tenantId, hookSecret: connection.id };
  expect(await formerConnections(database.db).revive(connection.id, connection, hashes)).toBe(true);
  const scope = { tenantId: connection.tenantId, connectionId: connection.id };
  const vault = secrets(database.db, scope, box);
  await vault.put('crm-token', new Secret(DEFAULT_TOKEN));
  await vault.put('crm-secret', new Secret(DEFAULT_SECRET));
  await vault.put('provider-key', new Secret(side.name === 'brevo' ? world.brevo.apiKey : world.mailchimp.apiKey));
  await connectionRow(database.db, scope).setState('ready');
  world.advance(5_000);
  await startRun(await current(world), { id: randomUUID(), asksFirst: false });
}

test.each(SIDES)(
  'U7, $name: leaving takes out whom we put there and nobody else, and coming back puts them back',
  async (side) => {
    const { world, ids } = await begin(side);
    side.personLeaves(world, BERT);
    const ended = await end(world, side, 'take-out');
    expect(ended.state).toBe('leaving');
    expect(await ended.hooks(), 'its hook is gone').toEqual([]);
    const statuses = () => [ANNA, BERT, CARA, DORA, EMIL].map((email) => side.status(world, email));
    expect(statuses()).toEqual(['out', 'opted-out', 'subscribed', 'out', 'out']);

    // While nobody looks, Dora says No, and Emil signs up by himself and leaves again.
    world.crm.agent.editContact(ids[DORA] ?? 0, { newsletter_aktiv: '0' });
    side.signsUp(world, EMIL);
    side.personLeaves(world, EMIL);
    await connectAgain(world, side);
    const asked = await world.drain();
    expect(asked).toMatchObject({ state: 'awaiting-approval', question: 'first-sync' });
    expect(statuses(), 'the preview writes nothing').toEqual(['out', 'opted-out', 'subscribed', 'out', 'opted-out']);

    await world.approve();
    expect(statuses()).toEqual(['subscribed', 'opted-out', 'subscribed', 'out', 'opted-out']);
    expect([ANNA, BERT, CARA, DORA, EMIL].map((email) => newsletterOf(world, ids[email] ?? 0))).toEqual([
      '1',
      '2',
      '1',
      '0',
      '2',
    ]);
    await side.expectSettled(world);
  },
);

test.each(SIDES)(
  'U7, $name: an audience may stay as it is, and coming back goes on from what was known',
  async (side) => {
    const { world, ids } = await begin(side);
    expect(await end(world, side, 'keep')).toMatchObject({ state: 'disconnected' });
    expect([ANNA, CARA].map((email) => side.status(world, email))).toEqual(['subscribed', 'subscribed']);

    side.administratorRemoves(world, ANNA);
    side.personLeaves(world, BERT);
    world.crm.agent.editContact(ids[CARA] ?? 0, { Vorname: '' });
    await connectAgain(world, side);
    await world.drain();
    await world.approve();
    // Who was taken out there meanwhile is not put back (M20), and a name that was seen to become empty is emptied (M9).
    expect([ANNA, BERT].map((email) => newsletterOf(world, ids[email] ?? 0))).toEqual(['4', '2']);
    expect(side.firstName(world, CARA)).toBe('');
    await side.expectSettled(world);
  },
);

test('U7: leaving goes on where it was when the process is killed in between', async () => {
  const [side] = SIDES;
  if (!side) throw new Error('there are sides');
  const { world, ids } = await begin(side);
  let calls = 0;
  const isTakingOut = (call: string) => call.startsWith('DELETE') && call.includes('/members/');
  world.onRequest = ({ call }) => (isTakingOut(call) && ++calls === 2 ? 'kill-after' : undefined);
  await end(world, side, 'take-out');
  expect([ANNA, BERT, CARA, DORA, EMIL].map((email) => side.status(world, email))).toEqual([
    'out',
    'out',
    'subscribed',
    'out',
    'out',
  ]);
  // Nobody counts as removed by somebody else because the one who took him out did not live to write it down (M20).
  world.onRequest = undefined;
  await connectAgain(world, side);
  await world.drain();
  await world.approve();
  for (const email of [ANNA, BERT, CARA, DORA, EMIL]) {
    expect(side.status(world, email), email).toBe('subscribed');
    expect(newsletterOf(world, ids[email] ?? 0), email).toBe('1');
  }
  await side.expectSettled(world);
});
