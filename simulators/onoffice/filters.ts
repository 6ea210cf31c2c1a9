import { ActionError } from './errors.ts';
import { normalDateTime } from './local-time.ts';
import { scalarText } from './scalar-text.ts';

/** How a column compares. `list`: several texts, one of which has to match. */
export type ColumnKind = 'text' | 'number' | 'date' | 'multiselect' | 'list';

/** A column that a filter can name. */
export type Column<T> = { kind: ColumnKind; read(row: T): string | readonly string[] };

export type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=' | 'between' | 'like' | 'not like' | 'in' | 'not in';

/** One parsed expression; dates are `YYYY-MM-DD HH:MM:SS`, text is in lower case. */
export type Condition = { field: string; operator: Operator; values: string[] };

export type Filter<T> = { conditions: Condition[]; matches(row: T): boolean };

const SPELLINGS = new Map<string, Operator>(
  Object.entries({
    is: '=',
    '=': '=',
    '!=': '!=',
    '<>': '!=',
    '>': '>',
    '<': '<',
    '>=': '>=',
    '<=': '<=',
    between: 'between',
    like: 'like',
    'not like': 'not like',
    in: 'in',
    'not in': 'not in',
  } as const),
);

const FOR_MULTISELECT: readonly Operator[] = ['=', '!=', 'like', 'not like', 'in', 'not in'];

/**
 * Reads a `filter` parameter: field name to a list of `{op, val}`, all joined by AND (fact sheet 2.3).
 *
 * @param columnOf finds a column; throws for unknown names
 * @throws ActionError 257 for a wrong shape, 142 unknown operator, 232 operator not for multiselects, 122 no date
 */
export function parseFilter<T>(raw: unknown, columnOf: (name: string) => Column<T>): Filter<T> {
  const conditions: Condition[] = [];
  const tests: ((row: T) => boolean)[] = [];
  for (const [field, expressions] of filterEntries(raw)) {
    const column = columnOf(field);
    if (!Array.isArray(expressions)) throw new ActionError(257, field);
    for (const expression of expressions) {
      const condition = parseExpression(field, expression, column.kind);
      conditions.push(condition);
      tests.push(testFor(column, condition));
    }
  }
  return { conditions, matches: (row) => tests.every((test) => test(row)) };
}

function filterEntries(raw: unknown): [string, unknown][] {
  if (raw === undefined || raw === null || (Array.isArray(raw) && raw.length === 0)) return [];
  if (typeof raw !== 'object' || Array.isArray(raw)) throw new ActionError(257);
  return Object.entries(raw);
}

function parseExpression(field: string, raw: unknown, kind: ColumnKind): Condition {
  if (typeof raw !== 'object' || raw === null || !('op' in raw) || !('val' in raw)) throw new ActionError(257, field);
  const operator = SPELLINGS.get(scalarText(raw.op).toLowerCase().trim().replace(/\s+/g, ' '));
  if (!operator) throw new ActionError(142, scalarText(raw.op));
  if (kind === 'multiselect' && !FOR_MULTISELECT.includes(operator)) throw new ActionError(232);
  const takesSeveral = operator === 'in' || operator === 'not in' || operator === 'between';
  const given: unknown[] = Array.isArray(raw.val) ? raw.val : [raw.val];
  if (operator === 'between' && given.length !== 2) throw new ActionError(257, field);
  if (!takesSeveral && given.length !== 1 && kind !== 'multiselect') throw new ActionError(257, field);
  return { field, operator, values: given.map((value) => normalValue(value, kind, operator)) };
}

function normalValue(value: unknown, kind: ColumnKind, operator: Operator): string {
  if (value !== null && typeof value === 'object') throw new ActionError(257);
  const text = value === true ? '1' : value === false ? '0' : scalarText(value);
  if (kind === 'date' && text !== '' && operator !== 'like' && operator !== 'not like') {
    const normal = normalDateTime(text);
    if (normal === undefined) throw new ActionError(122, text);
    return normal;
  }
  return text.toLowerCase();
}

function testFor<T>(column: Column<T>, condition: Condition): (row: T) => boolean {
  const { operator, values } = condition;
  const positive = positiveTest(column.kind, operator, values);
  const negative = operator === '!=' || operator === 'not like' || operator === 'not in';
  return (row) => {
    const value = column.read(row);
    const holds = typeof value === 'string' ? positive(value) : anyHolds(value, positive);
    return negative ? !holds : holds;
  };
}

function anyHolds(values: readonly string[], positive: (value: string) => boolean): boolean {
  return values.length === 0 ? positive('') : values.some(positive);
}

function positiveTest(kind: ColumnKind, operator: Operator, values: string[]): (value: string) => boolean {
  const normal = (value: string) =>
    kind === 'date' && value !== '' ? (normalDateTime(value) ?? value) : value.toLowerCase();
  const first = values[0] ?? '';
  const second = values[1] ?? '';
  switch (operator) {
    case '=':
    case '!=':
    case 'in':
    case 'not in':
      return (value) => {
        const text = normal(value);
        return values.some((wanted) => equal(text, wanted, kind));
      };
    case 'like':
    case 'not like': {
      const pattern = likePattern(first);
      return (value) => pattern.test(value.toLowerCase());
    }
    case 'between':
      return (value) =>
        value !== '' && order(normal(value), first, kind) >= 0 && order(normal(value), second, kind) <= 0;
    case '>':
      return (value) => value !== '' && order(normal(value), first, kind) > 0;
    case '>=':
      return (value) => value !== '' && order(normal(value), first, kind) >= 0;
    case '<':
      return (value) => value !== '' && order(normal(value), first, kind) < 0;
    case '<=':
      return (value) => value !== '' && order(normal(value), first, kind) <= 0;
  }
}

function equal(a: string, b: string, kind: ColumnKind): boolean {
  return a === b || (kind === 'number' && a !== '' && b !== '' && Number(a) === Number(b));
}

function order(a: string, b: string, kind: ColumnKind): number {
  if (kind === 'number') return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function likePattern(like: string): RegExp {
  const parts = like.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
