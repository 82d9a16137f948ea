import { stripTypeScriptTypes } from 'node:module';
import { type ESTree, parseSync } from 'rolldown/utils';
import { operators } from './operators/index.ts';
import { type Change, type Node, Text } from './operators/operator.ts';

/** A fault in a file of the product. */
export interface Mutant extends Change {
  readonly file: string;
  /** What it becomes in the text with its types. */
  readonly typed: string;
  /** The statement of the file, or the member of its class, that it lies in. */
  readonly declaration: { readonly start: number; readonly end: number };
  /** The function or constant that it lies in; empty: none. */
  readonly inside: string;
  readonly was: string;
  readonly line: number;
  readonly column: number;
}

/** A file without its types, each character where it was. */
export const withoutTypes = (text: string): string => stripTypeScriptTypes(text);

/** Every fault that the operators make of a file, in the order of its text. */
export function mutantsIn(file: string, typed: string): readonly Mutant[] {
  const text = withoutTypes(typed);
  const { program, errors } = parseSync(file.replace(/ts$/u, 'js'), text);
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join(', ')}`);
  const [bareText, typedText] = [new Text(text), new Text(typed, text)];
  const changes: Made[] = [];
  walk(program, [], false, (node, within) => {
    if ([node, ...within.slice(-1)].some((one) => isOfTypes(one, typed))) return;
    for (const operator of operators) {
      const withTypes = operator({ node, within, text: typedText });
      for (const [index, change] of operator({ node, within, text: bareText }).entries())
        changes.push({ change, typed: typedOf(withTypes[index] ?? change), within: [...within, node] });
    }
  });
  const known = new Set<string>();
  return changes
    .filter(({ change: { start, end, to } }) => {
      const key = `${start} ${end} ${to}`;
      const isNew = !known.has(key) && to !== text.slice(start, end);
      known.add(key);
      return isNew;
    })
    .toSorted((left, right) => left.change.start - right.change.start || right.change.end - left.change.end)
    .map((made) => mutantOf(file, text, made));
}

interface Made {
  readonly change: Change;
  readonly typed: string;
  /** What it lies in, with what is changed itself last. */
  readonly within: readonly Node[];
}

const typedOf = ({ operator, to }: Change): string => (operator === 'statement' ? '{}' : `(${to})`);

/** A list of words that a type is made of: where one is missing or another, the compiler says so. */
const isOfTypes = (node: Node, typed: string): boolean =>
  node.type === 'ArrayExpression' &&
  typed.startsWith(' as const', node.end) &&
  node.elements.every((one) => one?.type === 'Literal' && typeof one.value === 'string');

function mutantOf(file: string, text: string, { change, typed, within }: Made): Mutant {
  const before = text.slice(0, change.start);
  const line = before.split('\n').length;
  return {
    ...change,
    file,
    typed,
    declaration: declarationIn(within),
    inside: nameOf(within.slice(0, -1)),
    was: text.slice(change.start, change.end),
    line,
    column: change.start - (before.lastIndexOf('\n') + 1) + 1,
  };
}

function declarationIn(within: readonly Node[]): Mutant['declaration'] {
  const member = within.find(({ type }) => type === 'MethodDefinition' || type === 'PropertyDefinition');
  const { start, end } = member ?? within[1] ?? { start: 0, end: 0 };
  return { start, end };
}

/** The nearest name that is declared around it. */
const nameOf = (within: readonly Node[]): string =>
  within.reduce((nearest, node) => declaredName(node) ?? nearest, '');

function declaredName(node: Node): string | null {
  if (node.type === 'FunctionDeclaration' || node.type === 'VariableDeclarator')
    return node.id?.type === 'Identifier' ? node.id.name : null;
  if (node.type !== 'MethodDefinition' && node.type !== 'PropertyDefinition') return null;
  if (node.key.type === 'PrivateIdentifier') return `#${node.key.name}`;
  return node.key.type === 'Identifier' ? node.key.name : null;
}

type Visit = (node: Node, within: readonly Node[]) => void;

/** Goes where values are, not where names are. */
function walk(node: Node, within: readonly Node[], isLink: boolean, visit: Visit): void {
  if (!isLink) visit(node, within);
  const around = [...within, node];
  for (const { child, link } of childrenOf(node, isLink)) walk(child, around, link, visit);
}

interface Child {
  readonly child: Node;
  /** A link of a chain with `?.`, which ends as a whole and so cannot be put into brackets. */
  readonly link: boolean;
}

const valueKeys: Readonly<Record<string, readonly string[]>> = {
  ImportDeclaration: [],
  ExportAllDeclaration: [],
  ExportNamedDeclaration: ['declaration'],
  AssignmentPattern: ['right'],
  AssignmentExpression: ['right'],
  UpdateExpression: [],
  TaggedTemplateExpression: [],
};

function childrenOf(node: Node, isLink: boolean): readonly Child[] {
  const isChain = isLink || node.type === 'ChainExpression';
  const fields = Object.entries(node).filter(([key]) => isValue(node, key));
  return fields.flatMap(([key, value]) =>
    nodesIn(value).map((child) => ({
      child,
      link: isChain && ['expression', 'callee', 'object'].includes(key) && isLinkKind(child),
    })),
  );
}

const isLinkKind = ({ type }: Node): boolean => type === 'CallExpression' || type === 'MemberExpression';

function isValue(node: Node, key: string): boolean {
  const keys = valueKeys[node.type];
  if (keys !== undefined) return keys.includes(key);
  if (key === 'key' || key === 'property') return 'computed' in node && node.computed;
  return key !== 'id' || node.type === 'VariableDeclarator';
}

const nodesIn = (value: unknown): readonly Node[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isNode);

const isNode = (value: unknown): value is ESTree.Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
