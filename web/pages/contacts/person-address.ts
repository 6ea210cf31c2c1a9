/**
 * Where everything about one person stands. The router decodes what it may without changing the path's meaning, so a percent sign
 * of the address itself is encoded twice.
 *
 * @param person an e-mail address, or the record number of a contact
 */
export function personAddress(connectionId: string, person: string): string {
  const encoded = encodeURIComponent(person.replaceAll('%', '%25')).replaceAll('%40', '@');
  return `/connections/${connectionId}/contacts/${encoded}`;
}

/** The person that the router found in an address: signs with a meaning in paths are still encoded in it. */
export function personOf(parameter: string): string {
  try {
    return decodeURIComponent(parameter);
  } catch {
    return parameter;
  }
}
