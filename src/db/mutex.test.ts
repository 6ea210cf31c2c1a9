import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMutex, holding } from './mutex.ts';

test('one at a time has the lock, in the order of asking', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 20 }), async (turns) => {
      const mutex = createMutex();
      const order: number[] = [];
      let inside = 0;
      await Promise.all(
        turns.map(async (ticks, index) => {
          const release = await mutex.acquire();
          inside += 1;
          expect(inside).toBe(1);
          order.push(index);
          for (let tick = 0; tick < ticks; tick += 1) await setImmediate();
          inside -= 1;
          release();
        }),
      );
      expect(order).toEqual(turns.map((_, index) => index));
    }),
    { numRuns: 30 },
  );
});

test('giving up twice lets nobody in twice', async () => {
  const mutex = createMutex();
  const release = await mutex.acquire();
  release();
  release();
  await mutex.acquire();
  let isIn = false;
  void mutex.acquire().then(() => {
    isIn = true;
  });
  await setImmediate();
  expect(isIn).toBe(false);
});

test('taking the lock inside itself throws, also deep inside and beside another lock', async () => {
  const mutex = createMutex();
  const other = createMutex();
  await holding(mutex, () =>
    holding(other, async () => {
      await setImmediate();
      await expect(mutex.acquire()).rejects.toThrow('inside its own transaction');
      await expect(other.acquire()).rejects.toThrow('inside its own transaction');
    }),
  );
});

test('holding one lock does not keep from another', async () => {
  await holding(createMutex(), async () => (await createMutex().acquire())());
});

test('what was begun inside and goes on after the end may take the lock', async () => {
  const mutex = createMutex();
  const ended = Promise.withResolvers<void>();
  let later: Promise<() => void> = Promise.reject();
  later.catch(() => {});
  await holding(mutex, async () => {
    later = ended.promise.then(() => mutex.acquire());
  });
  ended.resolve();
  (await later)();
});

test('work that fails has ended, too', async () => {
  const mutex = createMutex();
  await expect(holding(mutex, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  (await mutex.acquire())();
});
