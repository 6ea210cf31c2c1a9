import { PGlite } from '@electric-sql/pglite';

// 128 MB of buffers would double the memory without a gain in speed.
export const POSTGRES_SETTINGS = ['shared_buffers=16MB'];

/** Makes the files of a new embedded database in its folder. Run in a process of its own, whose memory goes with it. */
export async function initialiseFolder(dataDir: string): Promise<void> {
  const pglite = await PGlite.create({ dataDir, postgresqlconf: POSTGRES_SETTINGS });
  await pglite.close();
}

if (import.meta.main) await initialiseFolder(process.argv[2] ?? '');
