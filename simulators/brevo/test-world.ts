import { type BrevoSimulator, type BrevoSimulatorOptions, createBrevoSimulator } from './index.ts';

/** An answer as a test reads it; `text` is the raw body. */
export type TestAnswer = { status: number; headers: Headers; body: Record<string, unknown>; text: string };

/** A simulator on a clock that a test moves, with a receiver of webhooks that keeps what it gets. */
export type TestWorld = {
  sim: BrevoSimulator;
  clock: { now(): number; advance(ms: number): void };
  /** requests that arrived at the webhook's URL */
  received: { method: string; url: string; headers: Headers; body: Record<string, unknown>; at: number }[];
  /** what the receiver answers; 0: nobody answers */
  receiver: { status: number };
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
  /** moves the clock from one due thing to the next, until nothing waits */
  settle(): Promise<void>;
};

/** Builds a simulator for a test; the clock starts on 2026-03-01 and only moves when told. */
export function createTestWorld(options: Partial<BrevoSimulatorOptions> = {}): TestWorld {
  let now = Date.parse('2026-03-01T08:00:00.123Z');
  const clock = {
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  };
  const received: TestWorld['received'] = [];
  const receiver = { status: 200 };
  const sim = createBrevoSimulator({
    clock,
    wait: () => Promise.resolve(),
    fetch: async (request) => {
      const { method, url, headers } = request;
      received.push({ method, url, headers, body: asObject(JSON.parse(await request.text())), at: now });
      if (receiver.status === 0) throw new TypeError('fetch failed');
      return new Response(null, { status: receiver.status });
    },
    ...options,
  });
  const call: TestWorld['call'] = async (method, path, body, headers = {}) => {
    const response = await sim.fetch(
      new Request(`http://127.0.0.1/v3${path}`, {
        method,
        headers: { 'api-key': sim.apiKey, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: response.status, headers: response.headers, body: asObject(parsed), text };
  };
  const settle = async (): Promise<void> => {
    await sim.pump();
    for (let dueAt = sim.nextDueAt(); dueAt !== undefined; dueAt = sim.nextDueAt()) {
      now = Math.max(now, dueAt);
      await sim.pump();
    }
  };
  return { sim, clock, received, receiver, call, settle };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
