import { sql } from 'kysely';
import type { Stage } from '../stage.ts';

/** Begins the last line of every note of ours, by which a lost one is looked for. */
const REFERENCE = /\S+$/;

/**
 * M25, M26: each happening is one activity. No contact has an entry twice, and none of what was noted is left open.
 *
 * @returns what is wrong, in sentences
 */
export async function checkActivities({ world }: Stage): Promise<string[]> {
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const { addressIds, note, by } of world.crm.store.activities.all()) {
    if (by !== 'api') continue;
    for (const id of addressIds) {
      const entry = `${id} ${REFERENCE.exec(note.trim())?.[0] ?? note}`;
      const mail = `${id} ${note.split('\n')[0]}`;
      const isMail = note.includes('Brief ') && !note.includes('Anlass');
      if (seen.has(entry) || (isMail && seen.has(mail))) problems.push(`M26: contact ${id} has twice: ${note}`);
      seen.add(entry);
      if (isMail) seen.add(mail);
    }
  }
  const now = new Date(world.time.now()).toISOString();
  const { rows } = await sql<{ kind: string; count: number }>`
    select kind, count(*)::int as count from activities where state in ('noted', 'sent') and due_at <= ${now} group by kind`.execute(
    world.database.db,
  );
  return [...problems, ...rows.map(({ kind, count }) => `M25: ${count} activities (${kind}) are not written`)];
}
