import { afterEach, expect, test } from 'vitest';
import { seedFromAgency as seedMailchimp } from '../../simulators/mailchimp/index.ts';
import { seedFromAgency as seedOnOffice } from '../../simulators/onoffice/index.ts';
import { drawAgency } from '../../simulators/shared/agency.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function agencyWorld(
  contacts: number,
  seed: number,
  audience: 'empty' | 'existing' = 'existing',
): Promise<World> {
  const agency = drawAgency({ contacts, seed, audience });
  world = await createWorld({
    seed: (crm, mailchimp) => {
      seedOnOffice(crm, agency);
      seedMailchimp(mailchimp, agency);
    },
  });
  return world;
}

test('M8, R12: the first full sync asks before anything is written, and a bridge that adds up stands at its end', async () => {
  const { sync, approve, store, mailchimp, crm } = await agencyWorld(600, 7);
  const before = { members: mailchimp.store.consentHistory.length, contacts: crm.counts.actions };
  const preview = await sync();
  expect(preview).toMatchObject({ state: 'awaiting-approval', question: 'first-sync' });
  expect(mailchimp.store.consentHistory.length).toBe(before.members);
  const run = await approve();
  expect(run).toMatchObject({ state: 'succeeded', error: null });
  const bridge = await store.tables.bridges.newest();
  expect(bridge?.addsUp).toBe(true);
});

test('R13: a second full sync plans and writes nothing', async () => {
  const { sync, approve, planOf } = await agencyWorld(600, 7);
  await sync();
  await approve();
  const second = await sync();
  expect(await planOf(second.id)).toEqual({});
  expect(second.state).toBe('succeeded');
});
