/**
 * Whether a webhook is ours: its path is the prefix's or lies below it. The host does not count, so that a server that moved
 * to another address still knows its own hooks. `/hook/1` is not above `/hook/12`.
 */
export function isOwnHook(url: string, ownPrefix: string): boolean {
  const path = pathOf(url);
  const prefix = pathOf(ownPrefix);
  return path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
}

/** Whether two addresses of a webhook are the same; a mark behind one does not count (F9). */
export function isSameHook(url: string, other: string): boolean {
  return withoutMark(url) === withoutMark(other);
}

/** The address of a hook without what tells copies of an installation apart (F9). */
export function withoutMark(url: string): string {
  return url.replace(/\?mark=\w*$/, '');
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
