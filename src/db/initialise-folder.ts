import { PGlite } from '@electric-sql/pglite';
import { fromClusterTemplate } from './cluster-template.ts';

// 128 MB of buffers would double the memory without a gain in speed. Plans are made for each run of a prepared statement: one
// that was made for all runs while a table was empty costs minutes when a full sync has filled it.
export const POSTGRES_SETTINGS = ['shared_buffers=16MB', 'plan_cache_mode=force_custom_plan'];

/** Makes the files of a new embedded database in its folder. Run in a process of its own, whose memory goes with it. */
export async function initialiseFolder(dataDir: string): Promise<void> {
  const pglite = await PGlite.create({ dataDir, ...fromClusterTemplate(), postgresqlconf: POSTGRES_SETTINGS });
  await pglite.close();
}

if (import.meta.main) await initialiseFolder(process.argv[2] ?? '');
