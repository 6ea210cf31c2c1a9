import { AsyncLocalStorage } from 'node:async_hooks';

/** A fair lock. Taking it again inside itself would wait for ever, so that throws. */
export type Mutex = {
  /** Waits for the lock; the function that comes back gives it up. */
  acquire(): Promise<() => void>;
};

type Hold = { mutex: Mutex; hasEnded: boolean };

const held = new AsyncLocalStorage<readonly Hold[]>();

/**
 * Runs `work` knowing that it holds `mutex`, so that a second `acquire` inside it throws instead of hanging. What `work` set
 * off and left behind, such as a timer, may acquire it again once `work` has ended.
 */
export async function holding<T>(mutex: Mutex, work: () => Promise<T>): Promise<T> {
  const hold: Hold = { mutex, hasEnded: false };
  try {
    return await held.run([...(held.getStore() ?? []), hold], work);
  } finally {
    hold.hasEnded = true;
  }
}

export function createMutex(): Mutex {
  let tail: Promise<void> = Promise.resolve();
  const mutex: Mutex = {
    async acquire() {
      if (held.getStore()?.some((hold) => hold.mutex === mutex && !hold.hasEnded)) {
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
