import { createMailchimpSimulator, type MailchimpSimulator, type MailchimpSimulatorOptions } from './index.ts';

/** An answer as a test reads it. */
export type TestAnswer = { status: number; headers: Headers; body: Record<string, unknown> };

/** A simulator on a clock that a test moves, with a receiver of webhooks that keeps what it gets. */
export type TestWorld = {
  sim: MailchimpSimulator;
  clock: { now(): number; advance(ms: number): void };
  /** requests that arrived at the webhook's URL, validation included, with their raw bodies */
  received: { method: string; url: string; headers: Headers; body: string }[];
  /** what the receiver answers */
  receiver: { status: number };
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
};

/** Builds a simulator for a test; the clock starts on 2026-03-01 and only moves when told. */
export function createTestWorld(options: Partial<MailchimpSimulatorOptions> = {}): TestWorld {
  let now = Date.parse('2026-03-01T08:00:00Z');
  const clock = {
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  };
  const received: TestWorld['received'] = [];
  const receiver = { status: 200 };
  const sim = createMailchimpSimulator({
    clock,
    wait: () => Promise.resolve(),
    fetch: async (request) => {
      const { method, url, headers } = request;
      received.push({ method, url, headers, body: await request.text() });
      return new Response(null, { status: receiver.status });
    },
    ...options,
  });
  const call: TestWorld['call'] = async (method, path, body, headers = {}) => {
    const response = await sim.fetch(
      new Request(`http://127.0.0.1/3.0${path}`, {
        method,
        headers: { authorization: `Bearer ${sim.apiKey}`, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : {};
    return {
      status: response.status,
      headers: response.headers,
      body: typeof parsed === 'object' && parsed !== null ? { ...parsed } : {},
    };
  };
  return { sim, clock, received, receiver, call };
}
