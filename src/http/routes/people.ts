import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import { UserError } from '../../core/errors.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import { enterOptIn } from '../../sync/opt-in/enter-opt-in.ts';
import { peopleView } from '../../sync/views/people-view.ts';
import { type PersonViewParts, personView } from '../../sync/views/person-view.ts';
import { type ProofView, proofView } from '../../sync/views/proof-view.ts';
import type { peopleRoutes } from '../api/people.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { callerName } from '../auth.ts';
import { openConnection, openWithKeys, readSecret } from '../open-connection.ts';
import { checkRecord } from './consent-record.ts';

/** Finding people, explaining one, and entering an opt-in by hand. */
export function peopleHandlers(parts: AppParts): Handlers<keyof typeof peopleRoutes> {
  const { clock, queue, runEvents } = parts;
  return {
    'GET /api/connections/:connectionId/people': async ({ params: { connectionId }, query }) => {
      const { store } = await openConnection(parts, connectionId);
      return peopleView(store.tables, { search: query.search, after: query.after });
    },

    'GET /api/connections/:connectionId/people/:person': async ({ params: { connectionId, person }, query }) => {
      const view = await openPerson(parts, connectionId, query.language);
      return personView(view, whoIsAsked(person));
    },

    'GET /api/connections/:connectionId/contacts/:contactId/crm-url': async ({ params }) => {
      const { store, credentials, connection } = await openWithKeys(parts, params.connectionId);
      if ((await store.tables.contacts.addressOf(params.contactId)) === undefined) {
        throw new UserError({ code: 'contact.not_found', status: 404 });
      }
      const { reads } = parts.systems.crm(credentials.crm, undefined, connection.crmFacts.has);
      return { url: (await reads.readContactUrl(params.contactId)) ?? null };
    },

    'GET /api/connections/:connectionId/contacts/:contactId/proof': async ({ params, query }) =>
      makeProof(parts, params, query.language ?? parts.language),

    'POST /api/connections/:connectionId/contacts/:contactId/opt-in': async (call) => {
      const { connectionId, contactId } = call.params;
      const { person, givenAt, evidence, setsField } = call.body;
      const view = await openPerson(parts, connectionId, call.query.language);
      const typed = { person, givenAt, how: evidence, operator: callerName(call.caller) };
      await enterOptIn({ store: view.store, clock }, contactId, typed, { setsField });
      await queue.wake(connectionId);
      runEvents.emit({ connectionId, what: 'overview' });
      return personView(view, { contactId });
    },
  };
}

/** What a person's page needs; the provider is opened for what it knows without a call. */
export async function openPerson(
  parts: AppParts,
  connectionId: string,
  language: LetterLanguage = parts.language,
): Promise<PersonViewParts> {
  const { connection, scope, store } = await openConnection(parts, connectionId);
  if (connection.state === 'disconnected') {
    const capabilities = parts.systems.capabilities(connection.provider);
    return { connection, store, provider: { capabilities, memberUrl: () => undefined }, language };
  }
  const key = await readSecret(parts, scope, 'provider-key');
  return { connection, store, provider: parts.systems.provider(connection.provider, key).reads, language };
}

/** Makes the proof sheet of one contact; the whole record of the tenant is checked for it. */
export async function makeProof(
  parts: AppParts,
  { connectionId, contactId }: { connectionId: string; contactId: string },
  language: LetterLanguage,
): Promise<ProofView> {
  const { scope, store } = await openConnection(parts, connectionId);
  const check = await checkRecord(parts, scope.tenantId);
  return proofView(store.tables, contactId, check, language, parts.clock.now());
}

/** An address in its comparable form, or the record number of a contact. @throws UserError 400 `input.invalid` */
export function whoIsAsked(text: string): { email: EmailAddress } | { contactId: string } {
  if (!text.includes('@')) return { contactId: text };
  const email = parseEmailAddress(text);
  if (!email) throw new UserError({ code: 'input.invalid', field: 'person', params: { field: 'person' } });
  return { email };
}
