import { badRequest } from './problem.ts';

type FieldTree = Map<string, FieldTree>;

/** Cuts an answer down to what `fields` or `exclude_fields` ask for. */
export type FieldFilter = (answer: Record<string, unknown>) => Record<string, unknown>;

/**
 * Reads `fields` and `exclude_fields`: comma-separated paths relative to the answer, through arrays. Unknown paths are
 * ignored (fact sheet 3.4).
 *
 * @throws Problem 400 if both are given
 */
export function readFieldFilter(query: URLSearchParams): FieldFilter {
  const fields = query.get('fields');
  const excluded = query.get('exclude_fields');
  if (fields && excluded) throw badRequest("The 'fields' and 'exclude_fields' parameters are mutually exclusive.");
  if (fields) {
    const tree = parseFields(fields);
    return (answer) => keep(answer, tree);
  }
  if (excluded) {
    const tree = parseFields(excluded);
    return (answer) => drop(answer, tree);
  }
  return (answer) => answer;
}

function parseFields(text: string): FieldTree {
  const tree: FieldTree = new Map();
  for (const path of text.split(',')) {
    let branch = tree;
    for (const name of path.trim().split('.')) {
      const next = branch.get(name) ?? new Map();
      branch.set(name, next);
      branch = next;
    }
  }
  return tree;
}

function keep(value: Record<string, unknown>, tree: FieldTree): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, branch] of tree)
    if (name in value) kept[name] = branch.size === 0 ? value[name] : through(value[name], branch, keep);
  return kept;
}

function drop(value: Record<string, unknown>, tree: FieldTree): Record<string, unknown> {
  const left: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const branch = tree.get(name);
    if (!branch) left[name] = inner;
    else if (branch.size > 0) left[name] = through(inner, branch, drop);
  }
  return left;
}

function through(value: unknown, branch: FieldTree, cut: typeof keep): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => through(element, branch, cut));
  return isRecord(value) ? cut(value, branch) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
