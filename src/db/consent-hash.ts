/** Keyed hash under which consent records know an address, a contact, or evidence kept in clear beside them (R14). */
export type ConsentHash = (kind: 'email' | 'contact' | 'evidence', value: string) => string;
