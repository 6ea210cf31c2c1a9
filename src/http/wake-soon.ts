/** Wait for more of a burst before a lane is woken, in ms: one job for many webhooks. */
const GATHER_MS = 50;

/**
 * Wakes lanes a moment later, once for all that was asked meanwhile. A wake that fails is no loss: the tick finds the stored
 * rows.
 *
 * @param onError told of wakes that failed
 */
export function createWakeSoon(
  queue: { wake(lane: string): Promise<void> },
  onError: (error: unknown) => void,
): (lane: string) => void {
  const asked = new Set<string>();
  return (lane) => {
    if (asked.has(lane)) return;
    asked.add(lane);
    setTimeout(() => {
      asked.delete(lane);
      queue.wake(lane).catch(onError);
    }, GATHER_MS).unref();
  };
}
