import { hash as digest } from 'node:crypto';
import type { Member, MemberStatus } from './member.ts';

/** What `GET /lists/{id}/members` can ask for; instants in ms, `since` included, `before` not. */
export type MemberFilter = {
  status?: MemberStatus | undefined;
  emailType?: string | undefined;
  uniqueEmailId?: string | undefined;
  vipOnly?: boolean | undefined;
  sinceLastChanged?: number | undefined;
  beforeLastChanged?: number | undefined;
  sinceTimestampOpt?: number | undefined;
  beforeTimestampOpt?: number | undefined;
  sortField?: 'timestamp_opt' | 'timestamp_signup' | 'last_changed' | undefined;
  descending?: boolean | undefined;
};

/** Key of an address in member paths: MD5 of the lower-cased address. */
export function subscriberHash(email: string): string {
  return digest('md5', email.toLowerCase());
}

const MAX_KEPT_ANSWERS = 32;

/**
 * The members of one audience, found by every id and listed without sorting: a log of changes is always in the order of
 * `last_changed`, and the answer to a question is kept until a member changes, so that paging costs a slice a page.
 */
export class MemberIndex {
  readonly #byWebId = new Map<number, Member>();
  readonly #byHash = new Map<string, Member>();
  readonly #byContactId = new Map<string, Member>();
  readonly #byUniqueEmailId = new Map<string, Member>();
  readonly #counts = new Map<MemberStatus, number>();
  readonly #selections = new Map<string, Member[]>();
  #log: Member[] = [];

  /** All members, oldest first, archived ones included. */
  all(): IterableIterator<Member> {
    return this.#byWebId.values();
  }

  /** How many have this status. */
  count(status: MemberStatus): number {
    return this.#counts.get(status) ?? 0;
  }

  get size(): number {
    return this.#byWebId.size;
  }

  /** Finds by hash, plain address or contact id: the three forms a member path takes. */
  find(key: string): Member | undefined {
    if (key.includes('@')) return this.#byHash.get(subscriberHash(key));
    return this.#byHash.get(key) ?? this.#byContactId.get(key);
  }

  add(member: Member): void {
    this.#byWebId.set(member.webId, member);
    this.#byContactId.set(member.contactId, member);
    this.#register(member);
    this.#counts.set(member.status, this.count(member.status) + 1);
    this.touch(member, member.lastChanged);
  }

  remove(member: Member): void {
    this.#byWebId.delete(member.webId);
    this.#byContactId.delete(member.contactId);
    this.#unregister(member);
    this.#counts.set(member.status, this.count(member.status) - 1);
    member.logPosition = -1;
    this.#selections.clear();
  }

  /** Gives a member a new address and with it a new hash and unique e-mail id. */
  rekey(member: Member, address: { emailAddress: string; uniqueEmailId: string }): void {
    this.#unregister(member);
    member.emailAddress = address.emailAddress;
    member.hash = subscriberHash(address.emailAddress);
    member.uniqueEmailId = address.uniqueEmailId;
    this.#register(member);
    this.#selections.clear();
  }

  setStatus(member: Member, status: MemberStatus): void {
    this.#counts.set(member.status, this.count(member.status) - 1);
    member.status = status;
    this.#counts.set(status, this.count(status) + 1);
    this.#selections.clear();
  }

  /** Moves `last_changed`. The log stays in order even if the clock is set back. */
  touch(member: Member, at: number): void {
    const newest = this.#log.at(-1)?.lastChanged ?? 0;
    member.lastChanged = Math.max(at, newest);
    member.logPosition = this.#log.length;
    this.#log.push(member);
    this.#selections.clear();
    if (this.#log.length > 2 * this.#byWebId.size + 1000) {
      this.#log = this.#log.filter((logged, position) => logged.logPosition === position);
      for (const [position, logged] of this.#log.entries()) logged.logPosition = position;
    }
  }

  /** Members that meet the filter, in order. The answer is shared: callers slice it and leave it as it is. */
  select(filter: MemberFilter): readonly Member[] {
    const key = JSON.stringify(filter);
    const known = this.#selections.get(key);
    if (known) return known;
    const selected = this.#candidates(filter).filter((member) => meets(member, filter));
    if (filter.descending) selected.reverse();
    // Pollers ask with a new instant each time: without a bound a quiet audience would keep all their answers.
    if (this.#selections.size >= MAX_KEPT_ANSWERS) this.#selections.clear();
    this.#selections.set(key, selected);
    return selected;
  }

  #candidates(filter: MemberFilter): Member[] {
    if (filter.uniqueEmailId !== undefined) {
      const found = this.#byUniqueEmailId.get(filter.uniqueEmailId);
      return found ? [found] : [];
    }
    if (filter.sortField === 'last_changed' || filter.sinceLastChanged !== undefined) {
      const changed = this.#changedSince(filter.sinceLastChanged ?? 0);
      return filter.sortField === 'last_changed' ? changed : sorted(changed, filter.sortField);
    }
    return filter.sortField ? sorted([...this.all()], filter.sortField) : [...this.all()];
  }

  #changedSince(since: number): Member[] {
    const changed: Member[] = [];
    for (let position = this.#log.length - 1; position >= 0; position -= 1) {
      const member = this.#log[position];
      if (!member || member.logPosition !== position) continue;
      if (member.lastChanged < since) break;
      changed.push(member);
    }
    return changed.reverse();
  }

  #register(member: Member): void {
    this.#byHash.set(member.hash, member);
    this.#byUniqueEmailId.set(member.uniqueEmailId, member);
  }

  #unregister(member: Member): void {
    this.#byHash.delete(member.hash);
    this.#byUniqueEmailId.delete(member.uniqueEmailId);
  }
}

function sorted(members: Member[], field: MemberFilter['sortField']): Member[] {
  if (field === 'timestamp_opt') return members.sort((a, b) => (a.timestampOpt ?? 0) - (b.timestampOpt ?? 0));
  if (field === 'timestamp_signup') return members.sort((a, b) => (a.timestampSignup ?? 0) - (b.timestampSignup ?? 0));
  return members.sort((a, b) => a.webId - b.webId);
}

// Without a status archived members are left out (fact sheet 3.4).
function meets(member: Member, filter: MemberFilter): boolean {
  if (filter.status ? member.status !== filter.status : member.status === 'archived') return false;
  if (filter.emailType !== undefined && member.emailType !== filter.emailType) return false;
  if (filter.vipOnly && !member.vip) return false;
  return (
    member.lastChanged >= (filter.sinceLastChanged ?? 0) &&
    member.lastChanged < (filter.beforeLastChanged ?? Number.POSITIVE_INFINITY) &&
    (member.timestampOpt ?? 0) >= (filter.sinceTimestampOpt ?? 0) &&
    (member.timestampOpt ?? 0) < (filter.beforeTimestampOpt ?? Number.POSITIVE_INFINITY)
  );
}
