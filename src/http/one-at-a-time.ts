/** Runs work of one name one after the other. */
export type OneAtATime = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/**
 * Makes a queue of its own: two clicks on "Save" must not both look for an audience, find none and create one. Other
 * processes do not take part; what they make twice is found and refused when it is stored.
 */
export function createOneAtATime(): OneAtATime {
  const ends = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = ends.get(name) ?? Promise.resolve();
    const running = before.then(work, work);
    ends.set(name, running);
    try {
      return await running;
    } finally {
      if (ends.get(name) === running) ends.delete(name);
    }
  };
}
