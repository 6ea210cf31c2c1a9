import { credentialsOfRequest, hasBearer } from './bearer.ts';

/** What the page needs of a stream of server-sent events. */
export type EventStream = {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
};

/** A stream that was cut is asked for again this late, in ms. */
const RETRY_MS = 1_000;

/** Opens a stream of events; inside the CRM's frame with the session's token, which the browser's own streams cannot carry. */
export function openEventStream(path: string): EventStream {
  return hasBearer() ? new BearerEventStream(path) : new EventSource(path);
}

/** Server-sent events over an ordinary request. An answer that is no stream ends it, as it ends the browser's own. */
class BearerEventStream implements EventStream {
  readyState: number = EventSource.CONNECTING;
  readonly #path: string;
  readonly #target = new EventTarget();
  readonly #ended = new AbortController();

  constructor(path: string) {
    this.#path = path;
    void this.#run();
  }

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.#target.addEventListener(type, listener as EventListener);
  }

  close(): void {
    this.readyState = EventSource.CLOSED;
    this.#ended.abort();
  }

  async #run(): Promise<void> {
    while (this.readyState !== EventSource.CLOSED) {
      try {
        await this.#readOnce();
      } catch {
        // cut: the same as an end
      }
      if (this.#ended.signal.aborted) return;
      this.#target.dispatchEvent(new Event('error'));
      if (this.readyState === EventSource.CLOSED) return;
      this.readyState = EventSource.CONNECTING;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  async #readOnce(): Promise<void> {
    const { headers, credentials } = credentialsOfRequest();
    const answer = await fetch(this.#path, {
      headers: { ...headers, accept: 'text/event-stream' },
      credentials,
      cache: 'no-store',
      signal: this.#ended.signal,
    });
    if (!answer.ok || !answer.body) {
      this.readyState = EventSource.CLOSED;
      return;
    }
    this.readyState = EventSource.OPEN;
    this.#target.dispatchEvent(new Event('open'));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let unread = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (unread + value).split(/\r?\n\r?\n/);
      unread = events.pop() ?? '';
      for (const event of events) this.#tell(event);
    }
  }

  #tell(text: string): void {
    const lines = text.split(/\r?\n/);
    const valuesOf = (name: string) =>
      lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''));
    const data = valuesOf('data');
    if (data.length === 0) return;
    this.#target.dispatchEvent(new MessageEvent(valuesOf('event').at(-1) ?? 'message', { data: data.join('\n') }));
  }
}
