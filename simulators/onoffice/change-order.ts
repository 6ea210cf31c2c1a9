/** Record ids in the order of their last change, so that "changed since" costs as much as what changed. */
export class ChangeOrder {
  #ids: number[] = [];
  #times: number[] = [];
  #position = new Map<number, number>();
  #sorted = true;

  /** Notes that a record changed at an instant. */
  touch(id: number, at: number): void {
    const last = this.#times.at(-1);
    if (last !== undefined && at < last) this.#sorted = false;
    this.#position.set(id, this.#ids.length);
    this.#ids.push(id);
    this.#times.push(at);
    if (this.#ids.length > 1000 && this.#ids.length > 2 * this.#position.size) this.#tidy();
  }

  /** Forgets a record. */
  remove(id: number): void {
    this.#position.delete(id);
  }

  /** Ids of the records changed at or after an instant, oldest change first. */
  since(at: number): number[] {
    if (!this.#sorted) this.#tidy();
    let from = 0;
    let to = this.#times.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#times[middle] ?? 0) < at) from = middle + 1;
      else to = middle;
    }
    return this.#ids.slice(from).filter((id, index) => this.#position.get(id) === from + index);
  }

  #tidy(): void {
    const alive = [...this.#position].map(([id, position]) => ({ id, position, at: this.#times[position] ?? 0 }));
    alive.sort((a, b) => a.at - b.at || a.position - b.position);
    this.#ids = alive.map(({ id }) => id);
    this.#times = alive.map(({ at }) => at);
    this.#position = new Map(this.#ids.map((id, index) => [id, index]));
    this.#sorted = true;
  }
}
