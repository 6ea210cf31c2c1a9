import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MEMBER_STATUSES, type Member, type MemberStatus } from './entities.ts';
import { type MemberFilter, MemberIndex, subscriberHash } from './member-index.ts';
import { uniqueEmailId } from './store.ts';

function memberOf(number: number, status: MemberStatus, at: number): Member {
  const emailAddress = `m${number}@immo-test.de`;
  return {
    hash: subscriberHash(emailAddress),
    emailAddress,
    uniqueEmailId: uniqueEmailId(emailAddress),
    contactId: `contact${number}`,
    webId: number,
    emailType: 'html',
    status,
    refusal: undefined,
    unsubscribedBy: undefined,
    unsubscribeReason: '',
    mergeFields: {},
    tags: new Map(),
    ipSignup: '',
    timestampSignup: undefined,
    ipOpt: '',
    timestampOpt: at,
    lastChanged: at,
    language: '',
    vip: false,
    source: '',
    activities: [],
    logPosition: -1,
  };
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), status: fc.constantFrom(...MEMBER_STATUSES) }),
  fc.record({ kind: fc.constant('touch' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('remove' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('move' as const), pick: fc.nat() }),
  fc.record({
    kind: fc.constant('status' as const),
    pick: fc.nat(),
    status: fc.constantFrom(...MEMBER_STATUSES),
  }),
);

test('whatever happens, every question is answered as a plain search through all members would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.nat({ max: 60 }), (steps, since) => {
      const index = new MemberIndex();
      const plain: Member[] = [];
      for (const [at, next] of steps.entries()) {
        const picked = 'pick' in next ? plain[next.pick % Math.max(1, plain.length)] : undefined;
        if (next.kind === 'add') {
          const member = memberOf(at, next.status, at);
          plain.push(member);
          index.add(member);
        } else if (!picked) continue;
        else if (next.kind === 'touch') index.touch(picked, at);
        else if (next.kind === 'status') index.setStatus(picked, next.status);
        else if (next.kind === 'move') {
          const emailAddress = `moved${at}@immo-test.de`;
          index.rekey(picked, { emailAddress, uniqueEmailId: uniqueEmailId(emailAddress) });
        } else {
          index.remove(picked);
          plain.splice(plain.indexOf(picked), 1);
        }
        expect(index.select({}).length).toBe(plain.filter(({ status }) => status !== 'archived').length);
      }
      const ids = (filter: MemberFilter): number[] => index.select(filter).map(({ webId }) => webId);
      for (const status of MEMBER_STATUSES) {
        const expected = plain.filter((member) => member.status === status);
        expect(index.count(status)).toBe(expected.length);
        expect(ids({ status })).toEqual(expected.map(({ webId }) => webId));
        const changed = expected.filter(({ lastChanged }) => lastChanged >= since);
        expect(ids({ status, sinceLastChanged: since })).toEqual(changed.map(({ webId }) => webId));
        const times = index.select({ status, sortField: 'last_changed' }).map(({ lastChanged }) => lastChanged);
        expect(times).toEqual(expected.map(({ lastChanged }) => lastChanged).sort((a, b) => a - b));
      }
      for (const member of plain) expect(index.find(member.emailAddress)).toBe(member);
    }),
  );
});

test('the log of changes stays short however often members change', () => {
  const index = new MemberIndex();
  const member = memberOf(1, 'subscribed', 0);
  index.add(member);
  for (let at = 1; at < 10_000; at += 1) index.touch(member, at);
  expect(index.select({ sinceLastChanged: 9_999 })).toEqual([member]);
  expect(member.logPosition).toBeLessThan(2_000);
});
