import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carryOut } from '../../test/support/carry-out.ts';
import { anyPerson, anyRulesWith, TAG_LABELS } from '../../test/support/person-cases.ts';
import type { PersonFields } from './contact.ts';
import { cutText } from './cut-text.ts';
import type { PersonCase, PlanRules } from './person-case.ts';
import type { PersonPlan } from './person-plan.ts';
import { planPerson } from './plan-person.ts';

/** Labels of every tag that the drawn people may carry, so that a tag that comes into the CRM has a key there. */
const LABELS = new Map([...TAG_LABELS, ['t5', 'VIP'], ['t6', 'foreign']]);

/** People and rules that fit together: no text longer than the provider keeps. */
const cases = fc.tuple(anyPerson, anyRulesWith(LABELS)).map(([who, how]): [PersonCase, PlanRules] => {
  const held = who.member && { ...who.member, fields: cutFields(who.member.fields, how.maxFieldBytes) };
  return [{ ...who, member: held }, how];
});

function cutFields(fields: PersonFields, maxBytes: number): PersonFields {
  const cut = (text: string) => cutText(text, maxBytes);
  return {
    salutation: cut(fields.salutation),
    letterSalutation: cut(fields.letterSalutation),
    firstName: cut(fields.firstName),
    lastName: cut(fields.lastName),
  };
}

const has = ({ operations }: PersonPlan, ...kinds: string[]) => operations.some(({ kind }) => kinds.includes(kind));

test('R13: what is carried out is not planned again', () => {
  fc.assert(
    fc.property(cases, ([who, how]) => {
      const first = planPerson(who, how);
      const after = carryOut(who, first, how);
      const second = planPerson(after, how);
      // Whom a raise or a new contact brought together is read anew, and his tags meet for the first time.
      const mayMeetTags = has(first, 'raise-member', 'create-contact');
      const left = second.operations.filter(
        ({ kind }) => !mayMeetTags || (kind !== 'tag-member' && kind !== 'tag-contact'),
      );
      expect(left, JSON.stringify(first)).toEqual([]);
      const third = planPerson(carryOut(after, second, how), how);
      expect(third.operations, JSON.stringify(second)).toEqual([]);
    }),
    { numRuns: 30_000 },
  );
});

test('R13: what is agreed on stays agreed on', () => {
  fc.assert(
    fc.property(cases, ([who, how]) => {
      const settled = planPerson(who, how);
      if (!settled.agreed || settled.operations.length > 0) return;
      const again = planPerson(carryOut(who, settled, how), how);
      expect(again).toEqual(settled);
    }),
    { numRuns: 30_000 },
  );
});

/** One link for each address: when the representative changes it moves (R8). */
function withOneLink(who: PersonCase): PersonCase {
  const linked = who.contacts.find(({ base }) => base);
  return { ...who, contacts: who.contacts.map((seen) => (seen === linked ? seen : { ...seen, base: undefined })) };
}

test('F5: a plan of which only a part was carried out leaves nobody in the audience whom the whole takes out', () => {
  const isActive = (who: PersonCase) => who.member?.status === 'subscribed';
  fc.assert(
    fc.property(cases, fc.nat(5), ([drawn, how], count) => {
      const who = withOneLink(drawn);
      const plan = planPerson(who, how);
      const half = carryOut(who, { ...plan, operations: plan.operations.slice(0, count) }, how);
      const rest = planPerson(half, how);
      // No beside subscribed under an older base looks like a foreign raise (R1): it is asked.
      if (rest.memberReason === 'resubscribed_elsewhere') return;
      const end = carryOut(half, rest, how);
      const whole = carryOut(who, plan, how);
      if (!isActive(whole)) expect(isActive(end)).toBe(false);
    }),
    { numRuns: 30_000 },
  );
});
