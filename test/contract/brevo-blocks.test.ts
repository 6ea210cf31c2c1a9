import fc from 'fast-check';
import { expect, test } from 'vitest';
import { address, brevoWorld, MAPPING, newMember, raisedMember } from './brevo-world.ts';

const EMAILS = Array.from({ length: 25 }, (_, number) => `m${number}@immo-test.de`);

const anyEmail = fc.constantFrom(...EMAILS.slice(0, 6));
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('update', 'remove', 'unsubscribe', 'raise', 'add'), email: anyEmail }),
  fc.record({
    kind: fc.constantFrom('person leaves', 'person complains', 'bounce', 'admin unblocks'),
    email: anyEmail,
  }),
  fc.record({ kind: fc.constantFrom('import', 'wait', 'wait long'), email: anyEmail }),
);

test('whatever is called in whatever order, no call of ours gives mails back to a person who left by himself', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { brevo, reads, writes, audienceId, bounce, pass, at } = brevoWorld({ switches: { limits: false } });
      brevo.admin.importContacts('onoffice', EMAILS.slice(0, 4));
      for (const { kind, email } of steps) {
        const one = address(email);
        const isThere = at(email) !== undefined;
        if (kind === 'update') await reads.updateMember(audienceId, one, { firstName: 'Neu' }, MAPPING);
        else if (kind === 'remove') await writes.removeMember(audienceId, one);
        else if (kind === 'unsubscribe') await writes.unsubscribeMember(audienceId, one, MAPPING);
        else if (kind === 'raise') await writes.raiseMember(audienceId, raisedMember(email), MAPPING);
        else if (kind === 'add') await writes.addMembers(audienceId, [newMember(email)], MAPPING);
        else if (kind === 'import')
          await writes.addMembers(
            audienceId,
            EMAILS.map((each) => newMember(each)),
            MAPPING,
          );
        else if (kind === 'wait') await pass(10_000);
        else if (kind === 'wait long') await pass(100 * 86_400_000);
        else if (isThere && kind === 'person leaves') brevo.person.unsubscribe(email);
        else if (isThere && kind === 'person complains') brevo.person.complain(email);
        else if (isThere && kind === 'bounce') bounce(email);
        else if (isThere) brevo.admin.unblock(email);
      }
      await pass(60_000);
      const blockedBy = new Map<string, string | undefined>();
      for (const { email, by, reason, from, to } of brevo.store.consentHistory) {
        const wasBlocked = from !== 'absent' && from.blocked;
        const isBlocked = to !== 'absent' && to.blocked;
        if (isBlocked && (!wasBlocked || reason !== undefined)) blockedBy.set(email, reason);
        if (wasBlocked && !isBlocked && by === 'api') expect([email, blockedBy.get(email)]).toEqual([email, undefined]);
      }
    }),
    { numRuns: 150 },
  );
});
