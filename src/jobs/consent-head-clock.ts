import { type ConsentHeadParts, logConsentHeads } from './log-consent-heads.ts';

/** How often it is looked whether a new day has begun. */
const CHECK_MS = 60_000;

/**
 * Logs the ends of the consent records once a day, apart from the tick: checking a long record must not keep lanes waiting.
 *
 * @param onError told of errors, after which it goes on
 */
export function startConsentHeadClock(
  parts: ConsentHeadParts,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  const run = () => {
    running ??= logConsentHeads(parts)
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(run, CHECK_MS);
  run();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
