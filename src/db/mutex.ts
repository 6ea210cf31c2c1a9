import { AsyncLocalStorage } from 'node:async_hooks';

/** A fair lock. Taking it again inside itself would wait for ever, so that throws. */
export type Mutex = {
  /** Waits for the lock; the function that comes back gives it up. */
  acquire(): Promise<() => void>;
};

const held = new AsyncLocalStorage<Set<object>>();

/** Runs `work` knowing that it holds `mutex`, so that a second `acquire` inside it throws instead of hanging. */
export function holding<T>(mutex: Mutex, work: () => Promise<T>): Promise<T> {
  return held.run(new Set([...(held.getStore() ?? []), mutex]), work);
}

export function createMutex(): Mutex {
  let tail: Promise<void> = Promise.resolve();
  const mutex: Mutex = {
    async acquire() {
      if (held.getStore()?.has(mutex)) {
        throw new Error('The database was used inside its own transaction: use the transaction');
      }
      const before = tail;
      let release: () => void = () => {};
      tail = new Promise((resolve) => {
        release = resolve;
      });
      await before;
      return release;
    },
  };
  return mutex;
}
