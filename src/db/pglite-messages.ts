/** One execution of a prepared statement. `values`: in PostgreSQL's text format; null is NULL. */
export type Execution = { statement: string; values: readonly (string | null)[] };

/** A column of an answer. `parse`: makes its text a value; undefined: the text is the value. */
export type AnswerColumn = { name: string; parse: ((text: string) => unknown) | undefined };

/** What an execution answered. `tag`: says what was done, and to how many rows. */
export type Answer<R> = { rows: R[]; tag: string };

/** Types of messages, as PostgreSQL's protocol has them. */
const BIND = 0x42;
const BIND_COMPLETE = 0x32;
const DATA_ROW = 0x44;
const COMMAND_COMPLETE = 0x43;
const ERROR = 0x45;

/** Executes what was bound last to its end. */
const EXECUTE = Uint8Array.of(0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0);
const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4);

/** Bytes of a number that says how long something is. */
const LENGTH = 4;
/** Bytes of a message's type and length. */
const HEAD = 1 + LENGTH;
/** Bytes of all that is neither a value nor the statement's name. */
const FRAME = HEAD + 8 + EXECUTE.length + SYNC.length;
/** No sign takes more bytes for each of its units. */
const MOST_BYTES = 3;

/** Writes messages into one piece of memory: what it returned is gone with the next ones. */
export type MessageWriter = (executions: readonly Execution[]) => Uint8Array;

/** Makes a writer of the messages that execute prepared statements one after the other and then end. */
export function createMessageWriter(): MessageWriter {
  let memory = Buffer.allocUnsafe(16_384);

  return (executions) => {
    let end = 0;
    for (const { statement, values } of executions) {
      const most = values.reduce((sum, value) => sum + LENGTH + MOST_BYTES * (value?.length ?? 0), FRAME);
      memory = withRoom(memory, end, most + statement.length);
      const begin = end;
      memory[begin] = BIND;
      // What is bound has no name.
      memory[begin + HEAD] = 0;
      end += HEAD + 1;
      end += memory.write(statement, end, 'latin1');
      memory[end] = 0;
      // No formats: all values are texts, and so is the answer.
      end = memory.writeUInt16BE(0, end + 1);
      end = memory.writeUInt16BE(values.length, end);
      for (const value of values) {
        const length = value === null ? -1 : memory.write(value, end + LENGTH, 'utf8');
        end = memory.writeInt32BE(length, end) + Math.max(0, length);
      }
      end = memory.writeUInt16BE(0, end);
      memory.writeInt32BE(end - begin - 1, begin + 1);
      memory.set(EXECUTE, end);
      end += EXECUTE.length;
    }
    memory.set(SYNC, end);
    return memory.subarray(0, end + SYNC.length);
  };
}

function withRoom(memory: Buffer<ArrayBuffer>, used: number, more: number): Buffer<ArrayBuffer> {
  if (used + more <= memory.length) return memory;
  const larger = Buffer.allocUnsafe(2 * (used + more));
  memory.copy(larger, 0, 0, used);
  return larger;
}

/**
 * Reads what the last of several executions answered.
 *
 * @param messages everything that came back, of all of them
 * @param columns of the last one
 * @returns undefined where one of them failed
 */
export function readAnswer<R>(messages: Buffer, columns: readonly AnswerColumn[]): Answer<R> | undefined {
  let rows: R[] = [];
  let tag = '';
  for (let at = 0; at < messages.length; ) {
    const next = at + 1 + messages.readInt32BE(at + 1);
    switch (messages[at]) {
      case BIND_COMPLETE:
        rows = [];
        break;
      case DATA_ROW:
        rows.push(readRow<R>(messages, at + HEAD, columns));
        break;
      case COMMAND_COMPLETE:
        tag = messages.toString('latin1', at + HEAD, next - 1);
        break;
      case ERROR:
        return undefined;
    }
    at = next;
  }
  return { rows, tag };
}

function readRow<R>(messages: Buffer, begin: number, columns: readonly AnswerColumn[]): R {
  const row: Record<string, unknown> = {};
  let at = begin + 2;
  for (const { name, parse } of columns) {
    const length = messages.readInt32BE(at);
    at += LENGTH;
    if (length < 0) row[name] = null;
    else {
      const text = messages.toString('utf8', at, at + length);
      row[name] = parse ? parse(text) : text;
      at += length;
    }
  }
  return row as R;
}
