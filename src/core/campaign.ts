/** The provider's own figures of a campaign: people, not happenings. */
export type CampaignFigures = {
  recipients: number;
  delivered: number;
  opened: number;
  clicked: number;
  bounced: number;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** When a campaign's report is looked at, counted from its sending, in ms: bounces and openings come for days. */
const LOOKS_AFTER_MS = [10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS, 168 * HOUR_MS] as const;

/** After this long nothing is looked at any more, in ms. */
export const LAST_LOOK_AFTER_MS = 168 * HOUR_MS;

/**
 * When a report is looked at next.
 *
 * @param sentAt ISO 8601
 * @returns instant in ms; undefined: it was looked at for the last time
 */
export function nextLookAt(sentAt: string, now: number): number | undefined {
  return LOOKS_AFTER_MS.map((after) => Date.parse(sentAt) + after).find((at) => at > now);
}

/** When the report of a campaign that was not known is looked at: in its time, or at once where that has passed. */
export function firstLookAt(sentAt: string, now: number): number {
  return Math.max(Date.parse(sentAt) + LOOKS_AFTER_MS[0], now);
}

/**
 * Whether the provider counts more people than we were told of (F2), so that events were lost. Openings are left out of it:
 * the provider counts those of mail proxies, too.
 */
export function hasLostEvents(
  figures: Partial<CampaignFigures>,
  noted: { delivered: number | undefined; clicked: number | undefined; bounced: number | undefined },
): boolean {
  const lacks = (figure: number | undefined, count: number | undefined) => count !== undefined && (figure ?? 0) > count;
  return (
    lacks(figures.delivered, noted.delivered) ||
    lacks(figures.clicked, noted.clicked) ||
    lacks(figures.bounced, noted.bounced)
  );
}
