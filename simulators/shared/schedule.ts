type Task = { dueAt: number; order: number; run: () => void | Promise<void> };

/** What a vendor does later by itself, earliest first; tasks of one instant keep the order they were planned in. */
export class Schedule {
  #heap: Task[] = [];
  #planned = 0;

  /** Instant in ms at which the next task is due; undefined: none waits. */
  nextDueAt(): number | undefined {
    return this.#heap[0]?.dueAt;
  }

  plan(dueAt: number, run: Task['run']): void {
    this.#planned += 1;
    const heap = this.#heap;
    heap.push({ dueAt, order: this.#planned, run });
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfEarlier(at, parent)) break;
      at = parent;
    }
  }

  /** Takes the next task if it is due. */
  takeDue(now: number): Task['run'] | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (!first || first.dueAt > now) return undefined;
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first.run;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const child = this.#isEarlier(right, left) ? right : left;
      if (child >= this.#heap.length || !this.#swapIfEarlier(child, at)) return;
      at = child;
    }
  }

  #isEarlier(one: number, other: number): boolean {
    const a = this.#heap[one];
    const b = this.#heap[other];
    if (!a || !b) return false;
    return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.order < b.order);
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    if (!this.#isEarlier(child, parent)) return false;
    const a = this.#heap[child];
    const b = this.#heap[parent];
    if (!a || !b) return false;
    this.#heap[child] = b;
    this.#heap[parent] = a;
    return true;
  }
}
