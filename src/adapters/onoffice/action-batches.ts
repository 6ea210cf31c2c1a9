import { ProviderError } from '../../core/errors.ts';
import type { OnOfficeLimits } from './limits.ts';
import type { Action, ActionResult, OnOfficeClient } from './onoffice-client.ts';

/**
 * Results of the actions that were answered, in order. `stop`: why the rest was not, and how many actions the request held
 * that failed; those behind them were not sent.
 */
export type BatchRun = {
  results: readonly ActionResult[];
  stop: { error: ProviderError; inRequest: number } | undefined;
};

/** Sends any number of actions, in requests whose size follows what onOffice bears. */
export type ActionBatches = {
  run(actions: readonly Action[], options: { isRepeatable: boolean }): Promise<BatchRun>;
};

/**
 * How many actions the next request takes, from how long the last one took: as many as fit into the target, at most twice
 * as many as before.
 */
export function nextBatchSize(last: { size: number; tookMs: number }, targetMs: number, max: number): number {
  const fitting = Math.floor((targetMs * last.size) / Math.max(1, last.tookMs));
  return Math.max(1, Math.min(fitting, last.size * 2, max));
}

/** Makes a sender that starts small and learns; reads and writes learn apart, because they take different times. */
export function createActionBatches(client: OnOfficeClient, limits: OnOfficeLimits): ActionBatches {
  let max = limits.maxActionsPerRequest;
  let size = Math.min(limits.firstActionsPerRequest, max);
  return {
    async run(actions, options) {
      const results: ActionResult[] = [];
      while (results.length < actions.length) {
        const batch = actions.slice(results.length, results.length + size);
        try {
          const answers = await client.send(batch, options);
          results.push(...answers.results);
          // A request that was small for want of actions says nothing about larger ones, unless it was slow itself; a single
          // action may be a page or the field list, which are slow by nature.
          const isTelling = batch.length === size || (batch.length > 1 && answers.tookMs > limits.targetRequestMs);
          if (isTelling)
            size = nextBatchSize({ size: batch.length, tookMs: answers.tookMs }, limits.targetRequestMs, max);
        } catch (error) {
          if (!(error instanceof ProviderError)) throw error;
          if (error.code !== 'onoffice.too_many_actions' || batch.length === 1)
            return { results, stop: { error, inRequest: batch.length } };
          // The highest number is not published: halved down to one, and kept.
          max = Math.floor(batch.length / 2);
          size = max;
        }
      }
      return { results, stop: undefined };
    },
  };
}
