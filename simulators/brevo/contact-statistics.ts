import type { Activity, Contact } from './entities.ts';

type Rendered = Record<string, unknown>;

/**
 * What campaigns did with a contact between two instants (fact sheet 6): opens and clicks are counts with one time each.
 *
 * @param stamp writes an instant
 * @returns `{}` if there is no history
 */
export function contactStatistics(
  { activities }: Contact,
  { from, to }: { from: number; to: number },
  stamp: (at: number) => string,
): Rendered {
  const within = activities.filter(({ at }) => at >= from && at <= to);
  if (within.length === 0) return {};
  const of = (type: Activity['type']): Activity[] => within.filter((activity) => activity.type === type);
  const plain = (type: Activity['type']): Rendered[] =>
    of(type).map(({ campaignId, at }) => ({ campaignId, eventTime: stamp(at) }));
  const user = of('userUnsubscription');
  const admin = of('adminUnsubscription');
  const parts: Record<string, Rendered[]> = {
    messagesSent: plain('sent'),
    delivered: plain('delivered'),
    opened: grouped(of('opened'), ({ campaignId }) => String(campaignId)).map(([first, count]) => ({
      campaignId: first.campaignId,
      count,
      eventTime: stamp(first.at),
      ip: first.ip ?? '',
    })),
    clicked: clicks(of('clicked'), stamp),
    hardBounces: plain('hardBounce'),
    softBounces: plain('softBounce'),
    complaints: plain('complaint'),
  };
  return {
    ...Object.fromEntries(Object.entries(parts).filter(([, entries]) => entries.length > 0)),
    ...(user.length + admin.length > 0
      ? {
          unsubscriptions: {
            userUnsubscription: user.map(({ campaignId, at, ip }) => ({ campaignId, eventTime: stamp(at), ip })),
            adminUnsubscription: admin.map(({ at, ip }) => ({ eventTime: stamp(at), ip })),
          },
        }
      : {}),
  };
}

function clicks(all: readonly Activity[], stamp: (at: number) => string): Rendered[] {
  return grouped(all, ({ campaignId }) => String(campaignId)).map(([{ campaignId }]) => ({
    campaignId,
    links: grouped(
      all.filter((click) => click.campaignId === campaignId),
      ({ url }) => url ?? '',
    ).map(([first, count]) => ({ count, eventTime: stamp(first.at), ip: first.ip ?? '', url: first.url })),
  }));
}

function grouped(all: readonly Activity[], keyOf: (activity: Activity) => string): [Activity, number][] {
  const groups = new Map<string, [Activity, number]>();
  for (const activity of all) {
    const group = groups.get(keyOf(activity));
    if (group) group[1] += 1;
    else groups.set(keyOf(activity), [activity, 1]);
  }
  return [...groups.values()];
}
