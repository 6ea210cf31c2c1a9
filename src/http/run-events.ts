/** Something moved at a connection; whoever is told reads it anew. */
export type RunEvent = { connectionId: string; what: 'run' | 'overview' };

type Listener = (event: RunEvent) => void;

/** News within this process; pages of other processes find out by asking the database. */
export type RunEvents = {
  on(listener: Listener): void;
  off(listener: Listener): void;
  emit(event: RunEvent): void;
};

/** Makes an emitter without listeners. */
export function createRunEvents(): RunEvents {
  const listeners = new Set<Listener>();
  return {
    on: (listener) => void listeners.add(listener),
    off: (listener) => void listeners.delete(listener),
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
}
