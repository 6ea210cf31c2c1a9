import type { Operation } from '../../src/core/operation.ts';
import type { PersonCase, PlanRules, SeenContact } from '../../src/core/person-case.ts';
import type { PersonPlan } from '../../src/core/person-plan.ts';
import { foldTag, MARKER_TAG, type ProviderTag } from '../../src/core/tag.ts';
import { contact, member, named } from './person-cases.ts';

/** Learned after everything that is drawn. */
const NEWEST = 100;

/**
 * Carries a plan out on paper, at two sides that accept everything: the person as the next run would read him. A tag that
 * the CRM does not know yet has to have a key in the book of tags all the same.
 */
export function carryOut(who: PersonCase, plan: PersonPlan, rules: PlanRules): PersonCase {
  const done = plan.operations.reduce((person, operation) => applied(person, operation, rules), who);
  const { agreed } = plan;
  if (!agreed) return done;
  return changeContact(done, agreed.contactId, (seen) => ({ ...seen, base: agreed.base }));
}

function applied(who: PersonCase, operation: Operation, rules: PlanRules): PersonCase {
  const held = who.member;
  switch (operation.kind) {
    case 'write-consent': {
      // Whoever lets an opt-out through books it (R2, R14).
      const ledger = operation.to === 'no' ? { ...who.ledger, optOut: { order: NEWEST } } : who.ledger;
      const isOutOverFlags = who.isOutOverFlags && operation.to !== 'no';
      return changeContact({ ...who, ledger, isOutOverFlags }, operation.contactId, (seen) => ({
        ...seen,
        consent: operation.to,
        asksYes: undefined,
      }));
    }
    case 'unsubscribe-member': {
      // A Yes beside a No is nobody's opt-out (R8).
      const { contactId } = operation;
      const saysYes = who.contacts.some(({ id, consent }) => id === contactId && consent === 'yes');
      return {
        ...who,
        member: held ? { ...held, status: 'unsubscribed' } : member('unsubscribed', { tags: [] }),
        isOutOverFlags: saysYes && who.contacts.length > 1,
      };
    }
    case 'remove-member':
      // A provider without tags has no archive either: the member is off the list.
      return { ...who, member: held && (rules.tags ? { ...held, status: 'archived' } : undefined) };
    case 'move-member': {
      const moved = who.cameFrom?.member;
      const { contactId } = operation;
      const arrived = changeContact(who, contactId, (seen) => ({
        ...seen,
        base: seen.former?.base,
        former: undefined,
      }));
      return { ...arrived, member: moved && { ...moved, email: operation.email }, cameFrom: undefined };
    }
    case 'change-contact-address':
      return { ...who, contacts: who.contacts.filter(({ id }) => id !== operation.contactId) };
    case 'update-member':
      return { ...who, member: held && { ...held, fields: { ...held.fields, ...operation.after } } };
    case 'tag-member':
      return { ...who, member: held && { ...held, tags: changed(held.tags, operation) } };
    case 'tag-contact':
      return changeContact(who, operation.contactId, (seen) => ({
        ...seen,
        tagKeys: retagged(seen, operation, rules),
      }));
    case 'create-contact':
      return {
        ...who,
        contacts: [
          contact({
            id: 'new',
            fields: operation.fields,
            tagKeys: retagged(contact(), { add: operation.tags, remove: [] }, rules),
          }),
        ],
      };
    case 'raise-member':
    case 'add-member': {
      const tags = changed(held?.tags ?? [], { add: operation.tags, remove: [] });
      return { ...who, member: member('subscribed', { fields: operation.fields, tags }), isOutOverFlags: false };
    }
  }
}

function changeContact(who: PersonCase, id: string, change: (seen: SeenContact) => SeenContact): PersonCase {
  return { ...who, contacts: who.contacts.map((seen) => (seen.id === id ? change(seen) : seen)) };
}

function changed(
  tags: readonly ProviderTag[],
  change: { add: readonly string[]; remove: readonly string[] },
): ProviderTag[] {
  const gone = new Set(change.remove.map(foldTag));
  return [...tags.filter(({ name }) => !gone.has(foldTag(name))), ...named(...change.add)];
}

function retagged(
  seen: SeenContact,
  change: { add: readonly string[]; remove: readonly string[] },
  { tagBook }: PlanRules,
): string[] {
  const gone = new Set(change.remove.flatMap(tagBook.keysOf));
  const kept = seen.tagKeys.filter((key) => !gone.has(key));
  return [...kept, ...change.add.map((name) => tagBook.keysOf(name)[0] ?? MARKER_TAG)];
}
