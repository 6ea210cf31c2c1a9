import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { clusterTemplatePath } from './cluster-template.ts';

/** Makes the template of new embedded databases where it is missing; it appears whole or not at all. */
export async function makeClusterTemplate(): Promise<void> {
  const path = clusterTemplatePath();
  if (existsSync(path)) return;
  const pglite = await PGlite.create();
  const files = await pglite.dumpDataDir('gzip');
  await pglite.close();
  const made = `${path}.${process.pid}.new`;
  writeFileSync(made, Buffer.from(await files.arrayBuffer()));
  renameSync(made, path);
}

if (import.meta.main) await makeClusterTemplate();
