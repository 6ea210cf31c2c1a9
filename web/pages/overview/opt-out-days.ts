import type { OptOuts } from '../../api-types.ts';

/** Opt-outs of one day in UTC, by direction. */
export type OptOutDay = { day: string; toCrm: number; toProvider: number };

const DAY_MS = 86_400_000;

/** Every day from `since` on, those without opt-outs too, so that the chart's axis is time. */
export function optOutDays({ days, since }: Pick<OptOuts, 'days' | 'since'>, count = 30): OptOutDay[] {
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.parse(since) + index * DAY_MS).toISOString().slice(0, 10);
    const of = (direction: OptOuts['days'][number]['direction']) =>
      days.find((row) => row.day === day && row.direction === direction)?.count ?? 0;
    return { day, toCrm: of('to-crm'), toProvider: of('to-provider') };
  });
}
