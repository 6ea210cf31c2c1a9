import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MEMBER_STATUSES } from './entities.ts';
import { createTestWorld } from './test-world.ts';

const anna = 'anna.muster@immo-test.de';
const writable = fc.constantFrom(...MEMBER_STATUSES.filter((status) => status !== 'archived'));
const write = fc.record({
  how: fc.constantFrom('PUT', 'PATCH', 'POST', 'bulk'),
  status: writable,
  update_existing: fc.boolean(),
});
const modes = fc.record({
  batchCompliance: fc.constantFrom('silent' as const, 'error' as const),
  raiseAfterApiUnsubscribe: fc.constantFrom('allowed' as const, 'refused' as const, 'silent' as const),
});

test('no writes through the API, short of archiving him, subscribe somebody who left by himself', async () => {
  await fc.assert(
    fc.asyncProperty(modes, fc.array(write, { maxLength: 8 }), async (switches, writes) => {
      const { sim, call } = createTestWorld({ switches });
      const list = sim.addAudience({ name: 'onoffice' });
      sim.person.subscribe(list.id, { email: anna });
      sim.person.unsubscribe(list.id, anna);
      const from = sim.store.consentHistory.length;
      for (const { how, status, update_existing } of writes) {
        const record = { email_address: anna, status };
        if (how === 'bulk') await call('POST', `/lists/${list.id}`, { members: [record], update_existing });
        else if (how === 'POST') await call('POST', `/lists/${list.id}/members`, record);
        else await call(how, `/lists/${list.id}/members/${anna}`, record);
      }
      expect(sim.store.consentHistory.slice(from).filter(({ to }) => to === 'subscribed')).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('the record of consent always ends at the status the member has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 8 }), { maxLength: 15 }), async (steps) => {
      const { sim, call } = createTestWorld();
      const list = sim.addAudience({ name: 'onoffice' });
      const path = `/lists/${list.id}/members`;
      const actions: (() => unknown)[] = [
        () => sim.person.subscribe(list.id, { email: anna }),
        () => list.members.find(anna) && sim.person.unsubscribe(list.id, anna),
        () => list.members.find(anna) && sim.person.complain(list.id, anna),
        () => list.members.find(anna) && sim.admin.archive(list.id, anna),
        () => list.members.find(anna) && sim.admin.deletePermanently(list.id, anna),
        () => call('POST', path, { email_address: anna, status: 'subscribed' }),
        () => call('PUT', `${path}/${anna}`, { email_address: anna, status: 'pending' }),
        () => call('PATCH', `${path}/${anna}`, { status: 'unsubscribed' }),
        () => call('DELETE', `${path}/${anna}`),
      ];
      for (const step of steps) await actions[step]!();
      const history = sim.store.consentHistory;
      expect(history.at(-1)?.to ?? 'absent').toBe(list.members.find(anna)?.status ?? 'absent');
      for (const [index, change] of history.entries()) expect(change.from).toBe(history[index - 1]?.to ?? 'absent');
    }),
    { numRuns: 60 },
  );
});
