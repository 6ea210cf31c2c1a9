import { sql } from 'kysely';
import type { AddressMove } from '../core/address-move.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Queryable } from './database.ts';
import { jsonRows } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** By what an event names a member: an address, and ids by the provider's own word for them. */
export type MemberName = { email: EmailAddress | undefined; ids: Readonly<Record<string, string>> };

/** Addresses and ids that members had before (R7): events that come late still name them. */
export function memberAliases(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    /**
     * Remembers what members are known by before they get another address or vanish.
     *
     * @param rows `from`: the address they are stored under; `to`: the one they are known under from now on
     */
    async keep(rows: readonly AddressMove[]): Promise<void> {
      if (rows.length === 0) return;
      await sql`
        with page as (select * from json_to_recordset(${jsonRows(rows)}) as p ("from" text, "to" text))
        update member_aliases set email_key = page."to" from page
        where connection_id = ${connectionId} and email_key = page."from" and page."from" <> page."to"`.execute(db);
      await sql`
        with page as (select * from json_to_recordset(${jsonRows(rows)}) as p ("from" text, "to" text)),
        known as (
          select 'email' as kind, page."from" as value, page."to" as email_key from page where page."from" <> page."to"
          union all
          select id.key, id.value, page."to" from page
            join members on members.connection_id = ${connectionId} and members.email_key = page."from"
            cross join lateral jsonb_each_text(members.ids) as id where id.value <> '')
        insert into member_aliases (tenant_id, connection_id, kind, value, email_key)
        select distinct on (kind, value) ${tenantId}, ${connectionId}, kind, value, email_key from known
        on conflict (connection_id, kind, value) do update set email_key = excluded.email_key`.execute(db);
    },

    /**
     * Finds the members that are meant: by the address they have now, else by an address or id they had before, else by an
     * id they have now.
     *
     * @returns the address under which each is known now, in order; undefined: never seen
     */
    async resolve(names: readonly MemberName[]): Promise<(EmailAddress | undefined)[]> {
      if (names.length === 0) return [];
      const asked = names.flatMap(({ email, ids }, position) => [
        ...(email === undefined ? [] : [{ position, kind: 'email', value: email }]),
        ...Object.entries(ids)
          .filter(([, value]) => value !== '')
          .map(([kind, value]) => ({ position, kind, value })),
      ]);
      const { rows } = await sql<{ position: number; email_key: EmailAddress }>`
        with named as (select * from json_to_recordset(${jsonRows(asked)}) as n (position int, kind text, value text)),
        known as (
          select named.position, 0 as rank, members.email_key from named join members
            on named.kind = 'email' and members.connection_id = ${connectionId} and members.email_key = named.value
          union all
          select named.position, case named.kind when 'email' then 1 else 2 end, alias.email_key
          from named join member_aliases as alias
            on alias.connection_id = ${connectionId} and alias.kind = named.kind and alias.value = named.value)
        select distinct on (position) position, email_key from known order by position, rank, email_key`.execute(db);
      const found = new Map(rows.map((row) => [row.position, row.email_key]));
      const unknown = asked.filter(({ position, kind }) => kind !== 'email' && !found.has(position));
      if (unknown.length > 0) {
        // One walk through all members, only for names that nothing else knows.
        const { rows: byIds } = await sql<{ position: number; email_key: EmailAddress }>`
          select distinct on (position) named.position, members.email_key
          from members cross join lateral jsonb_each_text(members.ids) as id
          join json_to_recordset(${jsonRows(unknown)}) as named (position int, kind text, value text)
            on named.kind = id.key and named.value = id.value
          where members.connection_id = ${connectionId} order by position, members.email_key`.execute(db);
        for (const row of byIds) found.set(row.position, row.email_key);
      }
      return names.map((_, position) => found.get(position));
    },
  };
}
