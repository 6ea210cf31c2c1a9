/** An error code that single actions answer on command. */
export type PlannedActionFault = {
  code: number;
  times: number;
  /** matched against `verb resourcetype` */
  match?: RegExp;
  /** only for this record */
  resourceId?: string;
  /** carry the action out before it is reported as failed */
  carryOut?: boolean;
};

/** Planned failures of actions inside an answer that is otherwise in order. */
export class ActionFaults {
  #planned: PlannedActionFault[] = [];

  plan(planned: PlannedActionFault): void {
    this.#planned.push({ ...planned });
  }

  clear(): void {
    this.#planned = [];
  }

  /** Takes the fault for this action, if one waits. */
  take(call: string, resourceId: string): PlannedActionFault | undefined {
    const found = this.#planned.find(
      (planned) =>
        (!planned.match || planned.match.test(call)) &&
        (planned.resourceId === undefined || planned.resourceId === resourceId),
    );
    if (!found) return undefined;
    found.times -= 1;
    this.#planned = this.#planned.filter(({ times }) => times > 0);
    return found;
  }
}
