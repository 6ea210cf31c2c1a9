import { type RawBuilder, sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import { textArray } from './json-rows.ts';

/** A condition: the column holds one of the addresses that are asked about. */
export type IsAsked = (column: string) => RawBuilder<boolean>;

/** @param isPage the addresses are a whole page of `nextAddresses`, ascending: read as one range of the index */
export function askedAddresses(emailKeys: readonly [EmailAddress, ...EmailAddress[]], isPage: boolean): IsAsked {
  const [first] = emailKeys;
  return (column) =>
    isPage
      ? sql`${sql.ref(column)} between ${first} and ${emailKeys.at(-1) ?? first}`
      : sql`${sql.ref(column)} = any(${textArray(emailKeys)})`;
}
