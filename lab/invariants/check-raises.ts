import { sql } from 'kysely';
import type { Saying } from '../happening.ts';
import type { History } from '../history.ts';
import { eligibleHolders } from '../holders.ts';
import { ownList } from '../own-audience.ts';
import { sayingsOf } from '../sayings.ts';
import type { Stage } from '../stage.ts';
import { consentHistories } from '../true-time.ts';
import { ownRaisesSince, type Raise } from './read-standing.ts';

/** So long after its row was marked as sent a raise may be carried out: calls are late, and imports wait in a queue, in ms. */
const CARRIED_OUT_MS = 15 * 60_000;

/** What an agent changed so long before a removal may not have been carried over when it happened, in ms. */
const ON_THE_WAY_MS = 5 * 60_000;

/** Deeds of one moment, and clocks of whole seconds, in ms. */
const TIE_MS = 1_100;

/**
 * R3: nobody is raised by a call that was to raise nobody. M20: nobody who was archived, deleted or taken off the list by an
 * administrator is put back, unless somebody has said or changed something since.
 *
 * @returns what is wrong, in sentences
 */
export async function checkRaises(stage: Stage, history: History): Promise<string[]> {
  const since = stage.calmAt.at(-1) ?? 0;
  const raises = ownRaisesSince(stage, stage.restoredAt).filter(({ where }) => where !== 'onoffice');
  const isNew = ({ at }: Raise) => at > since;
  if (!raises.some(isNew)) return [];
  const unasked = (await withoutRow(stage, raises)).filter(isNew);
  return [
    ...unasked.map(
      ({ email, where, at }) => `R3: ${email} was raised at ${where} (${stamp(at)}) by a call that raises nobody`,
    ),
    ...putBack(stage, raises.filter(isNew), sayingsOf(stage, history)),
  ];
}

/** Raises that no row of a plan asked for; each row asks for one. */
async function withoutRow({ world }: Stage, raises: readonly Raise[]): Promise<Raise[]> {
  const { rows } = await sql<{ email: string; sentAt: number; begunAt: number; where: string }>`
    select email_key as email, (extract(epoch from sent_at) * 1000)::float8 as "sentAt",
      (extract(epoch from sync_runs.started_at) * 1000)::float8 as "begunAt", provider as "where"
    from plan_rows join sync_runs on sync_runs.id = plan_rows.run_id
      join connections on connections.id = plan_rows.connection_id
    where plan_rows.kind in ('add-member', 'raise-member', 'move-member') and sent_at is not null
    order by sent_at`.execute(world.database.db);
  const left = [...rows];
  return [...raises]
    .sort((one, other) => one.at - other.at)
    .filter(({ email, where, at }) => {
      const place = left.findIndex(
        (row) =>
          row.email === email && row.where === where && row.begunAt < at + TIE_MS && at - row.sentAt < CARRIED_OUT_MS,
      );
      if (place >= 0) left.splice(place, 1);
      return place < 0;
    });
}

function putBack(stage: Stage, raises: readonly Raise[], sayings: readonly Saying[]): string[] {
  const firstCalm = stage.calmAt[0];
  if (firstCalm === undefined || stage.hasPutBack) return [];
  return raises.flatMap(({ where, email, at }) => {
    const removedAt = where === 'brevo' ? removalAtBrevo(stage, email, at) : removalAtMailchimp(stage, email, at);
    if (removedAt === undefined || removedAt < firstCalm || at - removedAt < TIE_MS) return [];
    const begins = removedAt - ON_THE_WAY_MS;
    if ((stage.touchedAt.get(email) ?? 0) > begins) return [];
    const holders = eligibleHolders(stage, email, at) as readonly string[];
    const isAnswered = sayings.some(
      ({ says, at: saidAt, about }) =>
        says === 'opt-in' && saidAt > begins && holders.some((one) => (about as Set<string>).has(one)),
    );
    return isAnswered
      ? []
      : [`M20: ${email} was put back at ${where} (${stamp(at)}), and removed at ${stamp(removedAt)}`];
  });
}

/** When an administrator took a subscribed member out who was raised next by us at an instant. */
function removalAtMailchimp({ world }: Stage, email: string, raisedAt: number): number | undefined {
  const before = consentHistories(world).mailchimp.filter((change) => change.email === email && change.at < raisedAt);
  const last = before.at(-1);
  if (last?.by !== 'admin' || last.from !== 'subscribed') return undefined;
  return last.to === 'archived' || last.to === 'absent' ? last.at : undefined;
}

function removalAtBrevo({ world }: Stage, email: string, raisedAt: number): number | undefined {
  const { id } = ownList(world.brevo);
  const before = consentHistories(world).brevo.filter(
    (change) => change.email.toLowerCase() === email && change.at < raisedAt,
  );
  const last = before.at(-1);
  if (last?.by !== 'admin' || last.from === 'absent' || last.from.blocked || !last.from.listIds.includes(id))
    return undefined;
  const isOff = last.to === 'absent' || (!last.to.blocked && !last.to.listIds.includes(id));
  const hasLeft = last.to !== 'absent' && last.to.listUnsubscribed.includes(id);
  return isOff && !hasLeft ? last.at : undefined;
}

function stamp(at: number): string {
  return new Date(at).toISOString().slice(5, 19);
}
