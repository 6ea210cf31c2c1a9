import { gzipSync } from 'node:zlib';
import { tarArchive } from './tar.ts';
import type { World } from './world.ts';

/** Results of one file of the archive. */
const RESULTS_PER_FILE = 500;

/**
 * Answers the download of a batch's results: a gzip'd tar that starts with `./`, may hold an empty file, and is refused
 * once its address is ten minutes old, or for a while after the batch finished, as the switch says (fact sheet 4.1).
 */
export function serveBatchResult(world: World, url: URL): Response {
  const id = /^\/_batch-results\/([0-9a-f]+)\.tar\.gz$/.exec(url.pathname)?.[1];
  const batch = id === undefined ? undefined : world.store.batches.get(id);
  if (!batch) return new Response('Not Found', { status: 404 });
  const now = world.clock.now();
  if (now > Number(url.searchParams.get('until'))) return new Response('Request has expired', { status: 403 });
  if (batch.completedAt === undefined || now < batch.completedAt + world.switches.batchResultDelayMs)
    return new Response('Bad Request', { status: 400 });
  const files = [];
  for (let from = 0; from < batch.results.length; from += RESULTS_PER_FILE)
    files.push({
      name: `./${batch.id}-${from / RESULTS_PER_FILE}.json`,
      content: JSON.stringify(batch.results.slice(from, from + RESULTS_PER_FILE)),
    });
  const archive = tarArchive(
    [{ name: './', content: '' }, ...files, { name: `./${batch.id}-empty.json`, content: '' }],
    batch.completedAt,
  );
  return new Response(new Uint8Array(gzipSync(archive)), { headers: { 'content-type': 'application/gzip' } });
}
