import type { Contact } from '../../core/contact.ts';
import type { ContactPage, FoundContact } from '../../core/crm.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import { contradictsFields, type DoneResult, demandDone, type OnOfficeCustomer } from './customer.ts';
import { errorMeaning, onOfficeError } from './errors.ts';
import { type AddressFields, emailPlace, FIELD, missingField, parseContact, readableFields } from './field-map.ts';
import type { Action } from './onoffice-client.ts';

type ContactQuery = { offset: number; changedSince?: string; withCount?: boolean };

/** Reads of addresses; the shapes and errors are those of the port `Crm`. */
export type ContactReads = {
  readContacts(query: ContactQuery): Promise<ContactPage>;
  readContactsById(ids: readonly string[]): Promise<readonly Contact[]>;
  findContactsByEmail(emails: readonly EmailAddress[]): Promise<readonly (readonly FoundContact[])[]>;
};

/** Makes the reads of one customer. */
export function createContactReads(customer: OnOfficeCustomer): ContactReads {
  const { limits } = customer;
  // Learned once. A stable order keeps records from moving between pages while we read.
  let canSort = true;

  const withFields = async <T>(read: (fields: AddressFields, data: readonly string[]) => Promise<T>): Promise<T> => {
    const fields = await customer.fields.forReading();
    try {
      return await read(fields, readableFields(fields));
    } catch (error) {
      if (error instanceof ProviderError && contradictsFields(error.code)) customer.fields.drop();
      throw error;
    }
  };

  const pageAction = (fields: AddressFields, data: readonly string[], query: ContactQuery) =>
    readAddresses({
      data,
      listlimit: limits.pageSize,
      listoffset: query.offset,
      ...(canSort && fields.has(FIELD.customerNumber) ? { sortby: FIELD.customerNumber, sortorder: 'ASC' } : {}),
      ...(query.changedSince === undefined
        ? {}
        : { filter: { [FIELD.changed]: [{ op: '>=', val: query.changedSince }] } }),
    });

  const readPage = async (fields: AddressFields, data: readonly string[], query: ContactQuery) => {
    const counting = query.withCount ? [readAddresses({ data: [FIELD.email], listlimit: 1 })] : [];
    const [page, count] = await customer.readEach([pageAction(fields, data, query), ...counting]);
    return { page: demandDone(page), contactCount: count && demandDone(count).total };
  };

  return {
    readContacts: (query) =>
      withFields(async (fields, data) => {
        const { page, contactCount } = await readPage(fields, data, query).catch((error: unknown) => {
          if (!canSort || !(error instanceof ProviderError) || error.code !== 'onoffice.sort_refused') throw error;
          canSort = false;
          return readPage(fields, data, query);
        });
        const contacts = contactsOf(page, fields, data);
        const end = query.offset + page.records.length;
        const total = page.total ?? end;
        const isFull = page.records.length >= limits.pageSize;
        const hasMore = page.records.length > 0 && (page.total === undefined ? isFull : end < total);
        return {
          contacts,
          total,
          nextOffset: hasMore ? end : undefined,
          ...(contactCount === undefined ? {} : { contactCount }),
        };
      }),

    readContactsById: (ids) =>
      withFields(async (fields, data) => {
        const contacts: Contact[] = [];
        let groups = chunksOf([...new Set(ids)], limits.maxIdsPerAction);
        while (groups.length > 0) {
          const results = await customer.readEach(
            groups.map((recordids) => readAddresses({ data, recordids, listlimit: recordids.length })),
          );
          groups = groups.flatMap((group, index) => {
            const result = results[index];
            if (result?.outcome === 'failed' && errorMeaning(result.number).code === 'onoffice.record_missing')
              // One id that is gone may fail them all: halved until it stands alone.
              return group.length === 1 ? [] : chunksOf(group, Math.ceil(group.length / 2));
            const wanted = new Set(group);
            contacts.push(...contactsOf(demandDone(result), fields, data).filter((contact) => wanted.has(contact.id)));
            return [];
          });
        }
        return contacts;
      }),

    findContactsByEmail: (emails) =>
      withFields(async (fields, data) => {
        // The filter named like the entries searches all addresses of a record, the one named like the field the main one.
        const results = await customer.readEach(
          emails.map((email) =>
            readAddresses({
              data: [...data, 'email'],
              filter: { email: [{ op: 'in', val: spellings(email) }] },
              listlimit: limits.pageSize,
            }),
          ),
        );
        return emails.map((email, index) => foundContacts(demandDone(results[index]), email, fields, data));
      }),
  };
}

function readAddresses(parameters: Readonly<Record<string, unknown>>): Action {
  return { verb: 'read', resourceType: 'address', parameters };
}

function contactsOf(page: DoneResult, fields: AddressFields, asked: readonly string[]): readonly Contact[] {
  return page.records.map((record) => {
    // A field that was made inactive is left out in silence; read as empty it would empty the provider's (F4).
    const missing = missingField(record, asked);
    if (missing !== undefined) throw onOfficeError('onoffice.field_missing', { words: missing });
    if (record.id === '') throw onOfficeError('onoffice.unexpected_response', { words: 'record without id' });
    return parseContact(record, fields);
  });
}

function foundContacts(
  found: DoneResult,
  email: EmailAddress,
  fields: AddressFields,
  asked: readonly string[],
): readonly FoundContact[] {
  const contacts = contactsOf(found, fields, asked);
  return found.records.flatMap((record, index) => {
    const contact = contacts[index];
    // Checked again here: a system that does not know the filter answers with any contacts at all.
    const foundBy = emailPlace(record, email);
    return contact && foundBy ? [{ contact, foundBy }] : [];
  });
}

/** Case does not count in a filter, but the spaces that people paste along with an address do. */
function spellings(email: EmailAddress): readonly string[] {
  return [email, ` ${email}`, `${email} `, ` ${email} `];
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < list.length; start += size) chunks.push(list.slice(start, start + size));
  return chunks;
}
