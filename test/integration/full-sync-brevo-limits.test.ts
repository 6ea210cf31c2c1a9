import { expect, test } from 'vitest';
import { brevoList, expectBrevoSettled, plantBrevoContact } from '../support/brevo-people.ts';
import { plantContact } from '../support/plant.ts';
import { syncAndApprove } from '../support/settled.ts';
import { createWorld } from '../support/world.ts';

const CONTACTS = 5_000;
/** Contacts of the account that the CRM does not know, on no list of ours. */
const FOREIGN = 2_500;
/** Section 9: bytes of one import. */
const IMPORT_BYTES = 8_000_000;

test('section 9: with the limits on, a first sync causes not one 429 and no more imports and reads than allowed', {
  timeout: 120_000,
}, async () => {
  const world = await createWorld({
    provider: 'brevo',
    switches: { brevo: { limits: true, processQueueMs: 30 * 60_000 } },
    seed: (crm, _, brevo) => {
      brevoList(brevo);
      for (let number = 0; number < FOREIGN; number += 1) {
        const foreign = plantBrevoContact(brevo, {
          email: `fremd.${number}@immo-test.de`,
          standing: 'on another list',
        });
        if (foreign) foreign.modifiedAt -= number * 60_000;
      }
      for (let number = 0; number < CONTACTS; number += 1)
        plantContact(crm, { email: `kontakt.${number}@immo-test.de`, firstName: 'Anna', lastName: `Muster ${number}` });
    },
  });
  const { byRoute, byStatus } = world.brevo.counts;
  const told = { bytes: 0 };
  world.brevo.counts.reset();
  world.onRequest = ({ call, body }) => {
    if (call === 'POST /v3/contacts/import') told.bytes += Buffer.byteLength(body);
  };
  const run = await syncAndApprove(world);
  expect(run).toMatchObject({ state: 'succeeded', error: null });
  expect(world.brevo.account.contacts.size).toBe(CONTACTS + FOREIGN);
  expect(byStatus.get(429) ?? 0).toBe(0);
  const imports = byRoute.get('POST /contacts/import') ?? 0;
  expect(imports).toBeLessThanOrEqual(Math.ceil(told.bytes / IMPORT_BYTES) + 1);
  const before = Math.ceil(FOREIGN / 1000);
  // The newest contact that was there before cannot be told from the first new one, and is read again.
  const after = 2 * Math.ceil((CONTACTS + 1) / 1000);
  // One more for what changed while somebody looked at the preview.
  expect(byRoute.get('GET /contacts') ?? 0).toBeLessThanOrEqual(before + 1 + after);
  expect(byRoute.get('GET /processes/{processId}') ?? 0).toBeLessThanOrEqual(20);
  await expectBrevoSettled(world);
  expect(byStatus.get(429) ?? 0).toBe(0);
  await world.close();
});
