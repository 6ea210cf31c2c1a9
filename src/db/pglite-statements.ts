import { type PGlite, protocol, types } from '@electric-sql/pglite';

/** What a statement answered. `affectedRows`: of INSERT, UPDATE, DELETE, MERGE and COPY, else undefined. */
export type StatementResult<R> = { rows: R[]; affectedRows: number | undefined };

/** Statements that are run with parameters on one session of PGlite. */
export type PgliteStatements = {
  /** @throws DatabaseError with PostgreSQL's code; it never holds the parameters */
  run<R>(text: string, parameters: readonly unknown[]): Promise<StatementResult<R>>;
  /** Gives up what was prepared: after a script a table may have other columns. */
  forget(): Promise<void>;
};

type Prepared = { name: string; parameterTypes: readonly number[]; columns: readonly Column[] };
type Column = { name: string; type: number };
type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];

/** Texts are written in the program, so there are only so many; beyond this they would be made up one by one. */
const MOST_PREPARED = 500;
/** A prepared statement would answer with other columns than when it was prepared. */
const FEATURE_NOT_SUPPORTED = '0A000';

/**
 * Prepares each text once and runs it from then on in one call into the database. PGlite's own `query` parses and plans anew
 * and takes six calls, which costs more than most of our statements themselves. Whoever calls has the session for himself.
 */
export function pgliteStatements(pglite: PGlite): PgliteStatements {
  const { serialize } = protocol;
  const known = new Map<string, Prepared>();
  let count = 0;

  const send = (...parts: readonly Uint8Array[]) => pglite.execProtocolStream(Buffer.concat(parts));

  async function prepare(text: string): Promise<Prepared> {
    if (known.size >= MOST_PREPARED) await forget();
    const name = `s${++count}`;
    const messages = await send(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    );
    const prepared = { name, parameterTypes: parameterTypesOf(messages), columns: columnsOf(messages) };
    known.set(text, prepared);
    return prepared;
  }

  async function run<R>(text: string, parameters: readonly unknown[]): Promise<StatementResult<R>> {
    const before = known.get(text);
    if (!before) return execute<R>(await prepare(text), parameters);
    try {
      return await execute<R>(before, parameters);
    } catch (error) {
      if (!isOutdated(error)) throw error;
      known.delete(text);
      await send(serialize.close({ type: 'S', name: before.name }), serialize.sync());
      return execute<R>(await prepare(text), parameters);
    }
  }

  async function execute<R>(prepared: Prepared, parameters: readonly unknown[]): Promise<StatementResult<R>> {
    const values = parameters.map((value, index) => serialized(value, prepared.parameterTypes[index]));
    const messages = await send(
      serialize.bind({ statement: prepared.name, values }),
      serialize.execute({}),
      serialize.sync(),
    );
    const rows: R[] = [];
    let affectedRows: number | undefined;
    for (const message of messages) {
      if (isDataRow(message)) rows.push(rowOf<R>(message.fields, prepared.columns));
      else if (isCommandComplete(message)) affectedRows = affectedRowsOf(message.text);
    }
    return { rows, affectedRows };
  }

  function serialized(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const serializer = type === undefined ? undefined : pglite.serializers[type];
    return serializer ? serializer(value) : String(value);
  }

  function rowOf<R>(fields: readonly (string | null)[], columns: readonly Column[]): R {
    const row: Record<string, unknown> = {};
    columns.forEach(({ name, type }, index) => {
      row[name] = types.parseType(fields[index] ?? null, type, pglite.parsers);
    });
    return row as R;
  }

  async function forget(): Promise<void> {
    known.clear();
    await pglite.exec('deallocate all');
  }

  return { run, forget };
}

function isOutdated(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === FEATURE_NOT_SUPPORTED;
}

function parameterTypesOf(messages: readonly Message[]): readonly number[] {
  const described = messages.find((message) => message.name === 'parameterDescription');
  return described && 'dataTypeIDs' in described ? (described.dataTypeIDs as number[]) : [];
}

function columnsOf(messages: readonly Message[]): readonly Column[] {
  const described = messages.find((message) => message.name === 'rowDescription');
  if (!described || !('fields' in described)) return [];
  return (described.fields as { name: string; dataTypeID: number }[]).map(({ name, dataTypeID }) => ({
    name,
    type: dataTypeID,
  }));
}

function isDataRow(message: Message): message is Message & { fields: (string | null)[] } {
  return message.name === 'dataRow';
}

function isCommandComplete(message: Message): message is Message & { text: string } {
  return message.name === 'commandComplete';
}

/** A command tag that counts rows ends in the count: `INSERT 0 5`, `UPDATE 3`. */
function affectedRowsOf(tag: string): number | undefined {
  const [command = '', ...rest] = tag.split(' ');
  return ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'].includes(command) ? Number(rest.at(-1)) : undefined;
}
