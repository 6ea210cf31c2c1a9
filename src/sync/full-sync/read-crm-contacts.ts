import { CRM_OVERLAP_MS, laterStamp, stoodAt } from '../changes/poll-window.ts';
import { observeContacts } from '../observe-contacts.ts';
import { crmFacts } from '../set-up/check-crm.ts';
import { storeContacts } from '../store-contacts.ts';
import { CHUNK_SIZE, type PhaseStep } from '../sync-parts.ts';
import { completeAsOf } from './as-of.ts';

/**
 * Reads one page of the CRM's contacts (M9). When the listing has finished, contacts that it did not deliver are asked for
 * by their number before a loss is concluded (F4).
 */
export const readCrmContacts: PhaseStep = async (parts, run) => {
  const { crm, store, clock, language } = parts;
  if (run.cursor.isOpened !== true) {
    const access = await crm.checkAccess();
    const facts = crmFacts(access);
    await store.transact(async (tables) => {
      await tables.connection.saveCrmFacts(facts);
      await tables.refusals.forgetTemporary();
      await tables.runs.progress(run.id, {
        cursor: { isOpened: true, offset: 0 },
        done: 0,
        total: access.contactCount,
      });
    });
    return;
  }
  if (run.cursor.offset === undefined) {
    await concludeLosses(parts, run);
    return;
  }
  const offset = Number(run.cursor.offset);
  const readFrom = await store.tables.contacts.learnedSoFar();
  const page = await crm.readContacts({ offset });
  const observed = observeContacts(page.contacts, language);
  await store.transact(async (tables) => {
    for (let start = 0; start < observed.length; start += CHUNK_SIZE) {
      await storeContacts(tables, parts, run.id, observed.slice(start, start + CHUNK_SIZE), readFrom);
    }
    const done = Math.min(offset + page.contacts.length, page.total);
    const cursor = page.nextOffset === undefined ? { isOpened: true } : { isOpened: true, offset: page.nextOffset };
    await tables.runs.progress(run.id, { cursor, done, total: page.total });
    await tables.health.set('crm', 'ok', clock.now());
  });
};

const concludeLosses: PhaseStep = async (parts, run) => {
  const { crm, store, clock, language } = parts;
  const missing = await store.tables.contacts.unseen(run.id);
  for (let start = 0; start < missing.length; start += CHUNK_SIZE) {
    const asked = missing.slice(start, start + CHUNK_SIZE);
    const found = await crm.readContactsById(asked);
    const foundIds = new Set(found.map((contact) => contact.id));
    await store.transact(async (tables) => {
      await storeContacts(tables, parts, run.id, observeContacts(found, language));
      await tables.contacts.markUnreadable(asked.filter((id) => !foundIds.has(id)));
    });
  }
  await store.analyze();
  const newest = await store.tables.contacts.newestModification();
  const startedAt = Date.parse(run.phaseStartedAt);
  const { crmAsOf = '', crmReadAt = null } = (await store.tables.cursors.get()) ?? {};
  // Nothing may have changed for long: then the clock, as the polls know it, has gone on further than the newest stamp.
  const contactsAsOf = laterStamp(
    completeAsOf(newest, clock.now() - startedAt),
    stoodAt(crmAsOf, crmReadAt, startedAt, CRM_OVERLAP_MS),
  );
  await store.transact((tables) => tables.runs.enterPhase(run.id, 'reading-members', clock.now(), { contactsAsOf }));
};
