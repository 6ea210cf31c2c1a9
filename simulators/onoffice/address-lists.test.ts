import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChangeOrder } from './change-order.ts';
import { createOnOfficeSimulator } from './index.ts';
import { call, testClock } from './test-client.ts';

type Step =
  | { do: 'create'; newsletter: string; name: string }
  | { do: 'edit'; index: number; newsletter: string; name: string }
  | { do: 'delete'; index: number }
  | { do: 'wait' }
  | { do: 'read'; query: number };

const QUERIES = [
  {},
  { filter: { newsletter_aktiv: [{ op: '=', val: '1' }] } },
  { sortby: 'Name', sortorder: 'DESC' },
  { sortby: 'Aenderung' },
  { filter: { Aenderung: [{ op: '>', val: '2026-02-01 09:30:03' }] }, sortby: 'Aenderung', sortorder: 'DESC' },
  { filter: { email: [{ op: 'in', val: ['a@immo-test.de', 'b@immo-test.de'] }] } },
];

const values = { newsletter: fc.constantFrom('0', '1', '4'), name: fc.constantFrom('a', 'b', 'c') };
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('create' as const), ...values }),
    fc.record({ do: fc.constant('edit' as const), index: fc.nat(20), ...values }),
    fc.record({ do: fc.constant('delete' as const), index: fc.nat(20) }),
    fc.record({ do: fc.constant('wait' as const) }),
    fc.record({ do: fc.constant('read' as const), query: fc.nat(QUERIES.length - 1) }),
  ),
  { maxLength: 40 },
);

test('a kept list answers what a fresh one would, whatever was written in between', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history: Step[]) => {
      const clock = testClock();
      const sim = createOnOfficeSimulator({ clock });
      const idAt = (index: number) => [...sim.store.addresses.keys()][index % Math.max(1, sim.store.addresses.size)];
      for (const step of history) {
        if (step.do === 'wait') clock.advance(1000);
        else if (step.do === 'read') {
          const read = async () => (await call(sim, 'read address', QUERIES[step.query])).data;
          const kept = await read();
          sim.store.lists.clear();
          expect(kept).toEqual(await read());
        } else if (step.do === 'create') {
          sim.agent.createContact({
            Name: step.name,
            Email: `${step.name}@immo-test.de`,
            newsletter_aktiv: step.newsletter,
          });
        } else {
          const id = idAt(step.index);
          if (id === undefined) continue;
          if (step.do === 'delete') sim.agent.deleteContact(id);
          else
            sim.agent.editContact(id, {
              Name: step.name,
              Email: `${step.name}@immo-test.de`,
              newsletter_aktiv: step.newsletter,
            });
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('the order of changes knows who changed since when, whatever order the times came in', () => {
  const touches = fc.array(fc.record({ id: fc.nat(5), at: fc.nat(20), gone: fc.boolean() }), { maxLength: 60 });
  fc.assert(
    fc.property(touches, fc.nat(20), (list, since) => {
      const order = new ChangeOrder();
      const last = new Map<number, number>();
      for (const { id, at, gone } of list) {
        if (gone) {
          order.remove(id);
          last.delete(id);
        } else {
          order.touch(id, at);
          last.set(id, at);
        }
      }
      const expected = [...last].filter(([, at]) => at >= since).map(([id]) => id);
      expect(new Set(order.since(since))).toEqual(new Set(expected));
      const times = order.since(since).map((id) => last.get(id)!);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }),
  );
});
