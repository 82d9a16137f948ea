import { parseSync } from 'rolldown/utils';
import { productFiles, textOf } from '../architecture/source.ts';

/** A code as the source writes it. */
export interface WrittenCode {
  readonly code: string;
  /** Of a thrown failure; null for what is told in another way: a trouble, a problem in a file, a word in a log. */
  readonly kind: string | null;
  readonly file: string;
}

export interface CodesInSource {
  readonly written: readonly WrittenCode[];
  /** Failures whose code is worked out, as `file: expression`. */
  readonly computed: readonly string[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const nodesOf = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [];

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) for (const child of nodesOf(value)) yield* walk(child);
}

const textIn = (node: Node | undefined): string | null =>
  node?.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;

const nameIn = (node: unknown): string | null =>
  isNode(node) && node.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : null;

/** Reads every file of the product: what `new Failure(kind, code, …)` throws, and every `code: '…'` of an object. */
export function codesInSource(): CodesInSource {
  const found = productFiles.filter((file) => file.startsWith('src/') && file.endsWith('.ts')).map(codesOf);
  return {
    written: found.flatMap(({ written }) => written),
    computed: found.flatMap(({ computed }) => computed),
  };
}

function codesOf(file: string): CodesInSource {
  const text = textOf(file);
  if (!/\bFailure\(|\bcode:/u.test(text)) return { written: [], computed: [] };
  const program: unknown = parseSync(file, text).program;
  const nodes = nodesOf(program).flatMap((node) => Array.from(walk(node)));
  const failures = nodes.filter(
    (node) => node.type === 'NewExpression' && nameIn(node['callee']) === 'Failure',
  );
  const thrown = failures.map((failure) => {
    const [kind, code] = nodesOf(failure['arguments']);
    return { kind: textIn(kind) ?? '?', code: textIn(code), expression: text.slice(code?.start, code?.end) };
  });
  const told = nodes
    .filter((node) => node.type === 'Property' && nameIn(node['key']) === 'code')
    .flatMap((node) => textIn(nodesOf(node['value'])[0]) ?? []);
  const handed = codesHandedOver(nodes);
  return {
    written: [
      ...thrown.flatMap(({ kind, code }) => (code === null ? [] : [{ code, kind, file }])),
      ...[...told, ...handed].map((code) => ({ code, kind: null, file })),
    ],
    computed: thrown.flatMap(({ code, expression }) => (code === null ? [`${file}: ${expression}`] : [])),
  };
}

/** What is handed to a function of the same file as its parameter `code`. */
function codesHandedOver(nodes: readonly Node[]): readonly string[] {
  const takers = new Map(nodes.flatMap((node) => takerOf(node) ?? []));
  return nodes
    .filter((node) => node.type === 'CallExpression')
    .flatMap((call) => {
      const at = takers.get(calledName(call['callee']) ?? '');
      const code = at === undefined ? null : textIn(nodesOf(call['arguments'])[at]);
      return code !== null && /^[a-z]+(?:-[a-z]+)+$/u.test(code) ? [code] : [];
    });
}

/** Name of a function, and where among its parameters `code` stands. */
function takerOf(node: Node): readonly (readonly [string, number])[] | null {
  const name = calledName(node['id'] ?? node['key']);
  const body = [node['init'], node['value'], node].find((one) => isNode(one) && 'params' in one);
  if (name === null || !isNode(body)) return null;
  const at = nodesOf(body['params']).findIndex((parameter) => nameIn(parameter) === 'code');
  return at === -1 ? null : [[name, at]];
}

const calledName = (node: unknown): string | null => {
  if (!isNode(node)) return null;
  if (node.type === 'MemberExpression') return calledName(node['property']);
  return typeof node['name'] === 'string' ? node['name'] : null;
};
