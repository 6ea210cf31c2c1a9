const URGENT = '/urgent';

/** Name under which the queue knows a connection's lane; the main lane's is the connection's id. */
export function laneName({ connectionId, lane }: { connectionId: string; lane: 'main' | 'urgent' }): string {
  return lane === 'urgent' ? `${connectionId}${URGENT}` : connectionId;
}

/** The connection and the lane of a name. */
export function parseLaneName(name: string): { connectionId: string; lane: 'main' | 'urgent' } {
  return name.endsWith(URGENT)
    ? { connectionId: name.slice(0, -URGENT.length), lane: 'urgent' }
    : { connectionId: name, lane: 'main' };
}
