/** Where everything about one person stands. @param person an e-mail address, or the record number of a contact */
export function personAddress(connectionId: string, person: string): string {
  return `/connections/${connectionId}/contacts/${encodeURIComponent(person)}`;
}
