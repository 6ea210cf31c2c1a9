import type { World } from './world.ts';

/** Answers a file that a process left behind: whoever knows its address may read it. */
export function serveFile({ store }: World, url: URL): Response {
  const file = store.files.get(url.pathname.slice('/_files/'.length));
  if (file === undefined) return new Response('Not Found', { status: 404 });
  return new Response(file, { headers: { 'content-type': 'text/csv; charset=utf-8' } });
}
