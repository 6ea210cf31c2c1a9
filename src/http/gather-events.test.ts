import { expect, test } from 'vitest';
import type { ReceivedEvent } from '../db/provider-events.ts';
import { createEventGatherer } from './gather-events.ts';

const ONE = { tenantId: 'one', connectionId: 'one' };
const OTHER = { tenantId: 'other', connectionId: 'other' };

const event = (body: string): ReceivedEvent => ({ contentType: 'text/plain', body, receivedAt: 0 });
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A database in which statements end when the test says so. */
function slowStore() {
  const statements: { connectionId: string; bodies: string[]; end: () => void; fail: (error: unknown) => void }[] = [];
  const save = createEventGatherer(({ connectionId }, events) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    statements.push({ connectionId, bodies: events.map(({ body }) => body), end: resolve, fail: reject });
    return promise;
  });
  return { statements, save };
}

test('webhooks that come while one is being stored are stored together, in their order', async () => {
  const { statements, save } = slowStore();
  const saved = ['a', 'b', 'c'].map((body) => save(ONE, event(body)));
  expect(statements.map(({ bodies }) => bodies)).toEqual([['a']]);
  statements[0]?.end();
  await settle();
  expect(statements.map(({ bodies }) => bodies)).toEqual([['a'], ['b', 'c']]);
  statements[1]?.end();
  await Promise.all(saved);
});

test('F1: a webhook is not answered before its own row is stored', async () => {
  const { statements, save } = slowStore();
  const answered: string[] = [];
  for (const body of ['a', 'b']) void save(ONE, event(body)).then(() => answered.push(body));
  await settle();
  expect(answered).toEqual([]);
  statements[0]?.end();
  await settle();
  expect(answered).toEqual(['a']);
  statements[1]?.end();
  await settle();
  expect(answered).toEqual(['a', 'b']);
});

test('where storing fails, all that were in it fail and later ones are tried', async () => {
  const { statements, save } = slowStore();
  const first = save(ONE, event('a'));
  const second = save(ONE, event('b'));
  statements[0]?.fail(new Error('database is gone'));
  await expect(first).rejects.toThrow('database is gone');
  await settle();
  statements[1]?.end();
  await second;
});

test('a connection whose webhooks cannot be stored at the moment does not keep another one’s waiting', async () => {
  const { statements, save } = slowStore();
  const stuck = save(ONE, event('a'));
  const other = save(OTHER, event('b'));
  statements.find(({ connectionId }) => connectionId === OTHER.connectionId)?.end();
  await other;
  statements[0]?.end();
  await stuck;
});

test('one statement holds neither too many webhooks nor too long ones', async () => {
  const { statements, save } = slowStore();
  const long = 'x'.repeat(900_000);
  const bodies = ['first', long, long, long, ...Array.from({ length: 300 }, String)];
  const saved = bodies.map((body) => save(ONE, event(body)));
  for (let index = 0; index < 4; index += 1) {
    statements[index]?.end();
    await settle();
  }
  expect(statements.map(({ bodies }) => bodies.length)).toEqual([1, 2, 200, 101]);
  await Promise.all(saved);
});
