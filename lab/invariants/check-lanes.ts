import { sql } from 'kysely';
import { subscriberHash } from '../../simulators/mailchimp/member-index.ts';
import type { Stage } from '../stage.ts';

/** Within this the look after a raise has to have led to a write, in ms: statements lie between, and the call for its tags. */
const AT_ONCE_MS = 2_500;

/**
 * F9: a worker that lost its lane writes nothing more, nor does anybody beside a twin that was found. R4: after each raise at
 * Mailchimp it is looked at the record at once, and whoever has an opt-out there since the raise was sent is taken out as soon as
 * the raise's tags are set. Of the product's records it is asked only what was on them then.
 *
 * @returns what is wrong, in sentences
 */
export async function checkLanes({ world, calmAt }: Stage): Promise<string[]> {
  const { raises, writes, wrongs } = world.lanes;
  const since = calmAt.at(-1) ?? 0;
  const recent = raises.filter(({ heardAt, turn }) => heardAt > since && !turn.worker.isDead());
  if (recent.length === 0) return [...wrongs];
  const { rows } = await sql<{ email: string; effect: string; at: number }>`
    select lower(email) as email, effect, (extract(epoch from learned_at) * 1000)::float8 as at
    from consent_records
    where effect <> 'neutral' and verdict = 'allowed' and email is not null`.execute(world.database.db);
  const late = recent.flatMap(({ email, sentAt, heardAt, turn }) => {
    const known = rows.filter((row) => row.email === email && row.at > sentAt && row.at < heardAt);
    if (!known.some(({ effect }) => effect === 'opt-out') || known.some(({ effect }) => effect === 'opt-in')) return [];
    const isTakenOut = writes.some(
      (write) =>
        write.turn === turn &&
        write.at >= heardAt &&
        write.at <= heardAt + AT_ONCE_MS &&
        write.call.endsWith(`/members/${subscriberHash(email)}`),
    );
    return isTakenOut
      ? []
      : [`R4: ${email} was raised while an opt-out was booked, and not taken out at once (${stamp(heardAt)})`];
  });
  return [...wrongs, ...late];
}

function stamp(at: number): string {
  return new Date(at).toISOString().slice(5, 19);
}
