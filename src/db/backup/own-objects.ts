import type { Migration } from '../migrate.ts';

/** What migrations make, by name. */
export type OwnObjects = { tables: string[]; sequences: string[]; functions: string[] };

/**
 * Names everything of ours in a database, so that a restore can take it away without touching what others keep there. A test
 * compares it with what the migrations really leave.
 */
export function ownObjects(migrations: readonly Migration[]): OwnObjects {
  const scripts = migrations.map(({ script }) => script).join('\n');
  const made = (what: string) => {
    const dropped = new Set(namesIn(scripts, `drop ${what} (?:if exists )?`));
    return [...new Set(namesIn(scripts, `create (?:unlogged )?(?:or replace )?${what} (?:if not exists )?`))].filter(
      (name) => !dropped.has(name),
    );
  };
  return { tables: made('table'), sequences: made('sequence'), functions: made('function') };
}

function namesIn(scripts: string, before: string): string[] {
  return [...scripts.matchAll(new RegExp(`^${before}(\\w+)`, 'gim'))].map(([, name = '']) => name);
}
