import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/connection.ts';
import type { Operation } from '../../core/operation.ts';
import type { PersonCase } from '../../core/person-case.ts';
import type { ConsentEntry } from '../../db/consent-records.ts';
import type { Store } from '../../db/store.ts';
import { chunksOf } from './chunks-of.ts';
import { orderOfReading, type WriteDescription } from './describe-write.ts';
import type { GateRow, OnIntent, OperationOf } from './gate-rows.ts';

type MayPass<K extends Operation['kind']> = (person: PersonCase | undefined, operation: OperationOf<K>) => boolean;
type Describe<K extends Operation['kind']> = (
  operation: OperationOf<K>,
  person: PersonCase | undefined,
) => WriteDescription;
type Passed<K extends Operation['kind']> = { allowed: GateRow<K>[]; refused: GateRow<K>[] };

/** Makes the turnstile of the gate: what it lets through and what it refuses stands in the record (R2, R14). */
export function createPass(parts: { connection: Pick<Connection, 'id'>; store: Store; clock: Clock }) {
  const { connection, store, clock } = parts;

  /** Records the verdict of every row before anything is sent, in transactions of a bounded size. */
  async function pass<K extends Operation['kind']>(
    rows: readonly GateRow<K>[],
    onIntent: OnIntent,
    mayPass: MayPass<K>,
    describe: Describe<K>,
  ): Promise<Passed<K>> {
    const passed: Passed<K> = { allowed: [], refused: [] };
    for (const chunk of chunksOf(rows)) {
      const { allowed, refused } = await passChunk(chunk, onIntent, mayPass, describe);
      passed.allowed.push(...allowed);
      passed.refused.push(...refused);
    }
    return passed;
  }

  function passChunk<K extends Operation['kind']>(
    rows: readonly GateRow<K>[],
    onIntent: OnIntent,
    mayPass: MayPass<K>,
    describe: Describe<K>,
  ): Promise<Passed<K>> {
    return store.transact(async (tables) => {
      const people = await tables.people.load([...new Set(rows.map((row) => row.operation.email))]);
      const byEmail = new Map(people.map((person) => [person.email, person]));
      const verdicts = rows.map((row) => ({ row, passes: mayPass(byEmail.get(row.operation.email), row.operation) }));
      const entries = verdicts.map(({ row, passes }): ConsentEntry => {
        const { operation } = row;
        const contactId = 'contactId' in operation ? operation.contactId : undefined;
        const description = describe(operation, byEmail.get(operation.email));
        return {
          connectionId: connection.id,
          contactId,
          email: operation.email,
          learnedOrder:
            description.source === 'crm-user' ? orderOfReading(byEmail.get(operation.email), contactId) : undefined,
          ...description,
          effect: passes ? description.effect : 'neutral',
          verdict: passes ? 'allowed' : 'refused',
          happenedAt: description.happenedAt,
          evidence: {},
          wrote: operation.kind,
        };
      });
      await tables.consent.append(entries, clock.now());
      const allowed = verdicts.filter(({ passes }) => passes).map(({ row }) => row);
      await onIntent(
        tables,
        allowed.map(({ id }) => id),
      );
      return { allowed, refused: verdicts.filter(({ passes }) => !passes).map(({ row }) => row) };
    });
  }

  return pass;
}
