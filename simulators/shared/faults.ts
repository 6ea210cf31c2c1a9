/** What goes wrong with a call, on command. */
export type Fault =
  /** Answer with this status; `body` undefined means no body, else it is sent as it is. The call is not carried out. */
  | { type: 'status'; status: number; body?: string; contentType?: string; headers?: Record<string, string> }
  /** Carry the call out, then answer 502 with HTML: the caller cannot know that it went through. */
  | { type: 'lose-answer' }
  /** Answer the first half of the real body. The call is carried out. */
  | { type: 'truncate' }
  /** Wait this many milliseconds before the call is carried out. */
  | { type: 'delay'; ms: number };

/** Which calls a fault meets, and how many of them. */
export type PlannedFault = { fault: Fault; times: number /** matched against `METHOD /path` */; match?: RegExp };

/** The faults that wait to happen, first planned first. */
export class FaultPlan {
  #planned: PlannedFault[] = [];

  /** Plans a fault for the next `times` matching calls. */
  plan(planned: PlannedFault): void {
    this.#planned.push({ ...planned });
  }

  /** Forgets every planned fault. */
  clear(): void {
    this.#planned = [];
  }

  /** Takes the fault for this call, if one waits. `call` is `METHOD /path` (onOffice: `action resourcetype`). */
  take(call: string): Fault | undefined {
    const found = this.#planned.find((planned) => planned.times > 0 && (!planned.match || planned.match.test(call)));
    if (!found) return undefined;
    found.times -= 1;
    this.#planned = this.#planned.filter((planned) => planned.times > 0);
    return found.fault;
  }
}

/**
 * Carries out a call under a fault.
 *
 * @param serve carries the call out and answers it
 * @param wait waits; handed in, so that a lab can run on virtual time
 */
export async function underFault(
  fault: Fault | undefined,
  serve: () => Promise<Response>,
  wait: (ms: number) => Promise<void>,
): Promise<Response> {
  if (!fault) return serve();
  switch (fault.type) {
    case 'status':
      return new Response(fault.body ?? null, {
        status: fault.status,
        headers: { ...(fault.contentType ? { 'content-type': fault.contentType } : {}), ...fault.headers },
      });
    case 'lose-answer': {
      await serve();
      return new Response('<html><body><h1>502 Bad Gateway</h1></body></html>', {
        status: 502,
        headers: { 'content-type': 'text/html' },
      });
    }
    case 'truncate': {
      const answer = await serve();
      const body = await answer.text();
      return new Response(body.slice(0, Math.floor(body.length / 2)), answer);
    }
    case 'delay':
      await wait(fault.ms);
      return serve();
  }
}
