import { join, relative } from 'node:path';
import { type Node, SyntaxKind } from 'typescript/unstable/ast';
import type { FileSystem } from 'typescript/unstable/fs';
import { API, type Project } from 'typescript/unstable/sync';

/** The one module that may call what writes consent (R2). */
const GATE = /^src\/sync\/consent-gate(\.ts$|\/)/;
/** Those who make the writers. */
const ADAPTERS = /^src\/adapters\//;
/** Where the two ports and what opens them are declared, by type. */
const DECLARATIONS = {
  CrmConsentWrites: 'src/core/crm.ts',
  ProviderConsentWrites: 'src/core/mailing-provider.ts',
} as const;
const OPENING = 'src/core/outside-systems.ts';
/** Files that open a lane: they hand the writers to the gate and can do nothing else with them. */
const LANE_OPENERS: ReadonlySet<string> = new Set(['src/sync/lanes/lane-parts.ts']);
/** The property under which an opened system carries its writer, and the gate's parts that take it. */
const WRITER = 'consentWrites';
const GATE_PARTS: ReadonlySet<string> = new Set(['crmWrites', 'providerWrites']);
const MAKE_GATE = 'createConsentGate';

/** A place in our sources and what is wrong with it. */
export type Offence = { file: string; line: number; why: string };

/**
 * Looks for ways around the consent gate (R2): by the compiler's own knowledge of which symbol a name stands for, so that
 * the gate's functions of the same names are told apart, and comments and texts do not count. Tests stand outside.
 *
 * @param root the project's folder
 * @param fs files to look at in place of those on the disk, for the check's own tests
 * @throws Error when what it looks for is not where it was: the check would be green on nothing
 */
export function consentWriteOffences(root: string, fs?: FileSystem): { offences: Offence[]; writes: number } {
  const api = new API({ cwd: root, ...(fs ? { fs } : {}) });
  try {
    const project = api.updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] }).getProjects()[0];
    if (!project) throw new Error('There is no TypeScript project.');
    const sources = { project, nameOf: (path: string) => relative(root, path).replaceAll('\\', '/') };
    const ports = Object.entries(DECLARATIONS).flatMap(([type, file]) => offencesAtPort(sources, root, type, file));
    const writes = ports.reduce((sum, port) => sum + port.writes, 0);
    return { offences: [...ports.flatMap(({ offences }) => offences), ...offencesAtWriters(sources)], writes };
  } finally {
    api.close();
  }
}

type Sources = { project: Project; nameOf: (path: string) => string };
type Reference = { file: string; node: Node };

/** Who names a port of consent writes, and who calls its functions. */
function offencesAtPort(
  sources: Sources,
  root: string,
  type: string,
  file: string,
): { offences: Offence[]; writes: number } {
  const source = sources.project.program.getSourceFile(join(root, file));
  const port = source && findNode(source, (node) => isTypeNamed(node, type));
  const members = port ? findNodes(port, ({ kind }) => kind === SyntaxKind.MethodSignature).map(nameNode) : [];
  if (!port || members.length === 0) throw new Error(`${file} does not declare ${type} any more: adapt this check.`);
  const naming = referencesTo(sources, nameNode(port))
    .filter((seen) => seen.file !== file && seen.file !== OPENING && !ADAPTERS.test(seen.file) && !GATE.test(seen.file))
    .map((seen) => offence(seen, `names ${type}: only the consent gate is handed it`));
  const uses = members.flatMap((member) => referencesTo(sources, member)).filter((seen) => seen.file !== file);
  const calling = uses
    .filter((seen) => !GATE.test(seen.file) && !(ADAPTERS.test(seen.file) && isDefinition(seen.node)))
    .map((seen) => offence(seen, `uses ${textOf(seen.node)} of ${type}: only the consent gate may`));
  const writes = uses.filter((seen) => GATE.test(seen.file)).length;
  if (writes === 0) throw new Error(`The consent gate does not use ${type} any more: adapt this check.`);
  return { offences: [...naming, ...calling], writes };
}

/**
 * Who touches a writer under the name that an opened system gives it. By name and not by symbol, so that a type of the same
 * shape is no way round.
 */
function offencesAtWriters({ project, nameOf }: Sources): Offence[] {
  const openers = new Set<string>();
  const offences: Offence[] = [];
  for (const path of project.program.getSourceFileNames()) {
    const file = nameOf(path);
    if (!isOurs(file) || ADAPTERS.test(file) || file === OPENING) continue;
    const source = project.program.getSourceFile(path);
    if (!source?.text.includes(WRITER)) continue;
    for (const node of findNodes(source, (inner) => textOf(inner) === WRITER)) {
      const isOpener = LANE_OPENERS.has(file) && goesStraightToTheGate(node);
      if (isOpener) openers.add(file);
      else offences.push(offence({ file, node }, `touches ${WRITER}: who opens a lane hands it to ${MAKE_GATE}`));
    }
  }
  const idle = [...LANE_OPENERS].filter((file) => !openers.has(file));
  if (idle.length > 0) throw new Error(`${idle.join(', ')} does not open a lane any more: adapt this check.`);
  return offences;
}

/** `createConsentGate({ …, crmWrites: crm.consentWrites, … })` and nothing between. */
function goesStraightToTheGate(node: Node): boolean {
  const access = node.parent;
  const property = access?.parent;
  const parts = property?.parent;
  const call = parts?.parent;
  return (
    access?.kind === SyntaxKind.PropertyAccessExpression &&
    property?.kind === SyntaxKind.PropertyAssignment &&
    GATE_PARTS.has(textOf(nameNode(property))) &&
    parts?.kind === SyntaxKind.ObjectLiteralExpression &&
    call?.kind === SyntaxKind.CallExpression &&
    textOf(childrenOf(call)[0]) === MAKE_GATE
  );
}

/** Whether a name stands where a function is made, not where it is used. */
function isDefinition(name: Node): boolean {
  const { parent } = name;
  switch (parent?.kind) {
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.PropertyAssignment:
      return nameNode(parent) === name;
    case SyntaxKind.ShorthandPropertyAssignment:
      return true;
    default:
      return false;
  }
}

function referencesTo({ project, nameOf }: Sources, name: Node): Reference[] {
  return project.checker
    .getReferencedSymbolsForNode(name, name.getStart())
    .flatMap(({ references }) => references.map((handle) => ({ file: nameOf(handle.path), node: handle.resolve() })))
    .filter((seen): seen is Reference => seen.node !== undefined && isOurs(seen.file));
}

function isOurs(file: string): boolean {
  return file.startsWith('src/') && !file.endsWith('.test.ts');
}

function offence({ file, node }: Reference, why: string): Offence {
  const before = node.getSourceFile().text.slice(0, node.getStart());
  return { file, line: before.split('\n').length, why };
}

function isTypeNamed(node: Node, name: string): boolean {
  return node.kind === SyntaxKind.TypeAliasDeclaration && textOf(nameNode(node)) === name;
}

/** The name of a declaration, a member or a property. */
function nameNode(node: Node): Node {
  const { name } = node as Node & { name?: Node };
  if (!name) throw new Error(`A node of kind ${node.kind} has no name.`);
  return name;
}

/** The text of an identifier or of a string; '' for everything else. */
function textOf(node: Node | undefined): string {
  switch (node?.kind) {
    case SyntaxKind.Identifier:
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return (node as Node & { text: string }).text;
    default:
      return '';
  }
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  node.forEachChild((child) => void children.push(child));
  return children;
}

function findNode(node: Node, fits: (node: Node) => boolean): Node | undefined {
  return findNodes(node, fits)[0];
}

function findNodes(node: Node, fits: (node: Node) => boolean): Node[] {
  return [...(fits(node) ? [node] : []), ...childrenOf(node).flatMap((child) => findNodes(child, fits))];
}
