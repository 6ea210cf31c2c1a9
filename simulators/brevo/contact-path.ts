import { isAddress } from './address-rules.ts';
import { contactNotFound, invalid } from './api-error.ts';
import type { Call } from './call.ts';
import type { Contact } from './entities.ts';

/**
 * The contact of the path: by address or number, or as `identifierType` says (fact sheet 4.2).
 *
 * @throws ApiError 400 for a malformed address, 404
 */
export function contactOfPath(call: Call): Contact {
  const { contacts } = call.account;
  const identifier = call.params.identifier ?? '';
  const find = (): Contact | undefined => {
    switch (call.query.get('identifierType') ?? guessType(identifier)) {
      case 'email_id':
        if (!isAddress(identifier)) throw invalid('Invalid email address');
        return contacts.byEmail(identifier);
      case 'contact_id':
        return contacts.byId(Number(identifier));
      case 'ext_id':
        return contacts.byExtId(identifier);
      case 'phone_id':
        return contacts.byAttribute('SMS', identifier);
      case 'whatsapp_id':
        return contacts.byAttribute('WHATSAPP', identifier);
      case 'landline_number_id':
        return contacts.byAttribute('LANDLINE_NUMBER', identifier);
      default:
        throw invalid('identifierType is not valid');
    }
  };
  const found = find();
  if (!found) throw contactNotFound();
  return found;
}

function guessType(identifier: string): string {
  return /^\d+$/.test(identifier) ? 'contact_id' : 'email_id';
}
