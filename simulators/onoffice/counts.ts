/** What was asked of the simulator, for tests of budgets. */
export class CallCounts {
  requests = 0;
  /** by `verb resourcetype` */
  actions: Record<string, number> = {};
  maxInFlight = 0;
  /** actions answered with an error, by code */
  errors: Record<number, number> = {};
  #inFlight = 0;

  begin(): void {
    this.requests += 1;
    this.#inFlight += 1;
    this.maxInFlight = Math.max(this.maxInFlight, this.#inFlight);
  }

  end(): void {
    this.#inFlight -= 1;
  }

  noteAction(call: string): void {
    this.actions[call] = (this.actions[call] ?? 0) + 1;
  }

  noteError(code: number): void {
    this.errors[code] = (this.errors[code] ?? 0) + 1;
  }

  reset(): void {
    this.requests = 0;
    this.actions = {};
    this.maxInFlight = this.#inFlight;
    this.errors = {};
  }

  toJSON(): { requests: number; actions: Record<string, number>; maxInFlight: number; errors: Record<number, number> } {
    return { requests: this.requests, actions: this.actions, maxInFlight: this.maxInFlight, errors: this.errors };
  }
}
