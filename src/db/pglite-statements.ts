import { type PGlite, protocol, types } from '@electric-sql/pglite';
import { type AnswerColumn, createMessageWriter, type Execution, readAnswer } from './pglite-messages.ts';

/** What a statement answered. `affectedRows`: of INSERT, UPDATE, DELETE, MERGE and COPY, else undefined. */
export type StatementResult<R> = { rows: R[]; affectedRows: number | undefined };

/** Statements that are run with parameters on one session of PGlite. */
export type PgliteStatements = {
  /**
   * @param options.begins it is the first one of a transaction
   * @throws DatabaseError with PostgreSQL's code; it never holds the parameters
   */
  run<R>(text: string, parameters: readonly unknown[], options: { begins: boolean }): Promise<StatementResult<R>>;
  /** Gives up what was prepared: after a script a table may have other columns. */
  forget(): Promise<void>;
};

/** `toText`: what makes a parameter a text; undefined: JavaScript. */
type Prepared = { name: string; toText: readonly (ToText | undefined)[]; columns: readonly AnswerColumn[] };
type ToText = (value: unknown) => string;
type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];

/** Texts are written in the program, so there are only so many; beyond this they would be made up one by one. */
const MOST_PREPARED = 500;
/** A prepared statement would answer with other columns than when it was prepared. */
const FEATURE_NOT_SUPPORTED = '0A000';

/**
 * Prepares each text once and runs it from then on in one call into the database. PGlite's own `query` parses and plans anew
 * and takes six calls, and its reading of the answer makes an object of each message: together that costs more than most of our
 * statements themselves. Whoever calls has the session for himself.
 */
export function pgliteStatements(pglite: PGlite): PgliteStatements {
  const { serialize } = protocol;
  const write = createMessageWriter();
  const known = new Map<string, Prepared>();
  let count = 0;
  let memory = Buffer.allocUnsafe(65_536);
  let received = 0;
  // The bytes are the database's own memory, which goes on changing. Its files are written as it runs.
  const receiving = {
    syncToFs: false,
    onRawData: (bytes: Uint8Array) => {
      if (received + bytes.length > memory.length) {
        const larger = Buffer.allocUnsafe(2 * (received + bytes.length));
        memory.copy(larger, 0, 0, received);
        memory = larger;
      }
      memory.set(bytes, received);
      received += bytes.length;
    },
  };

  const send = (...parts: readonly Uint8Array[]) => pglite.execProtocolStream(Buffer.concat(parts));

  async function prepare(text: string): Promise<Prepared> {
    if (known.size >= MOST_PREPARED) await forget();
    const name = `s${++count}`;
    const messages = await send(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    );
    const toText = parameterTypesOf(messages).map((type) => pglite.serializers[type]);
    const prepared = { name, toText, columns: columnsOf(messages) };
    known.set(text, prepared);
    return prepared;
  }

  async function run<R>(
    text: string,
    parameters: readonly unknown[],
    { begins }: { begins: boolean },
  ): Promise<StatementResult<R>> {
    const before = known.get(text);
    if (begins) {
      const begin = known.get('begin') ?? (await prepare('begin'));
      // Whether a statement can be prepared at all shows inside the transaction, as everything that goes wrong in it.
      if (before) return execute<R>(before, parameters, begin);
      await execute(begin, []);
    }
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

  /** @param before runs right before it; where that fails, it does not run */
  async function execute<R>(
    prepared: Prepared,
    parameters: readonly unknown[],
    before?: Prepared,
  ): Promise<StatementResult<R>> {
    const { name: statement, toText, columns } = prepared;
    const values = parameters.map((value, index) =>
      value === null || value === undefined ? null : (toText[index] ?? String)(value),
    );
    const executions: Execution[] = [{ statement, values }];
    if (before) executions.unshift({ statement: before.name, values: [] });
    received = 0;
    await pglite.execProtocolRawStream(write(executions), receiving);
    const messages = memory.subarray(0, received);
    const answer = readAnswer<R>(messages, columns);
    if (!answer) throw errorAmong(messages);
    return { rows: answer.rows, affectedRows: affectedRowsOf(answer.tag) };
  }

  function columnsOf(messages: readonly Message[]): readonly AnswerColumn[] {
    const described = messages.find((message) => message.name === 'rowDescription');
    if (!described || !('fields' in described)) return [];
    return (described.fields as { name: string; dataTypeID: number }[]).map(({ name, dataTypeID }) => {
      const parse = pglite.parsers[dataTypeID] ?? types.parsers[dataTypeID];
      return { name, parse: parse && ((text) => parse(text, dataTypeID)) };
    });
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

/** The first error of an answer that holds one. */
function errorAmong(messages: Uint8Array): unknown {
  const errors: unknown[] = [];
  new protocol.Parser().parse(messages, (message) => {
    if (message.name === 'error') errors.push(message);
  });
  return errors[0];
}

function parameterTypesOf(messages: readonly Message[]): readonly number[] {
  const described = messages.find((message) => message.name === 'parameterDescription');
  return described && 'dataTypeIDs' in described ? (described.dataTypeIDs as number[]) : [];
}

/** A command tag that counts rows ends in the count: `INSERT 0 5`, `UPDATE 3`. */
function affectedRowsOf(tag: string): number | undefined {
  const [command = '', ...rest] = tag.split(' ');
  return ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'].includes(command) ? Number(rest.at(-1)) : undefined;
}
