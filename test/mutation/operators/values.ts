import { changeOf, type Node, type Operator, parentOf } from './operator.ts';

const counter: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '**': '*',
};

const isWords = (node: Node): boolean =>
  node.type === 'TemplateLiteral' ||
  (node.type === 'Literal' && typeof node.value === 'string') ||
  (node.type === 'BinaryExpression' && (isWords(node.left) || isWords(node.right)));

/** The opposite operation. Texts put together are none. */
export const calculated: Operator = ({ node, text }) => {
  if (node.type === 'UnaryExpression' && node.operator === '-')
    return [changeOf('arithmetic', node, text.of(node.argument))];
  if (node.type !== 'BinaryExpression' || isWords(node)) return [];
  const other = counter[node.operator];
  if (other === undefined) return [];
  return [changeOf('arithmetic', node, `${text.of(node.left)} ${other} ${text.of(node.right)}`)];
};

const otherAssignment: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=' };

/** What counts up counts down. */
export const counted: Operator = ({ node, text }) => {
  if (node.type === 'UpdateExpression')
    return [
      changeOf(
        'arithmetic',
        node,
        text.of(node).replace(/\+\+|--/u, (it) => (it === '++' ? '--' : '++')),
      ),
    ];
  if (node.type !== 'AssignmentExpression' || isWords(node.right)) return [];
  const other = otherAssignment[node.operator];
  if (other === undefined) return [];
  return [changeOf('arithmetic', node, `${text.of(node.left)} ${other} ${text.of(node.right)}`)];
};

/** Compared with, or the name of something: what finds the condition's own faults finds these. */
const isInCondition = (parent: Node | undefined): boolean =>
  parent?.type === 'BinaryExpression' || parent?.type === 'ImportExpression';

/**
 * A word that the program tells apart, such as a state, a kind, a code, is an empty one; no is yes. Sentences for people are
 * left: a test that holds them to the letter shows nothing about the product.
 */
export const words: Operator = (place) => {
  const { node } = place;
  if (node.type === 'TemplateLiteral')
    return node.quasis.every(({ value }) => /^\S*$/u.test(value.raw)) &&
      node.quasis.some(({ value }) => value.raw !== '')
      ? [changeOf('word', node, "''")]
      : [];
  if (node.type !== 'Literal') return [];
  if (typeof node.value === 'boolean') return [changeOf('yes or no', node, String(!node.value))];
  if (typeof node.value !== 'string' || !/^\S+$/u.test(node.value) || isInCondition(parentOf(place)))
    return [];
  return [changeOf('word', node, "''")];
};

/** A pattern that need not begin, or end, where it had to. */
export const anchors: Operator = ({ node, text }) => {
  if (node.type !== 'Literal' || !('regex' in node)) return [];
  const { pattern, flags } = node.regex;
  const others = [];
  if (pattern.startsWith('^')) others.push(pattern.slice(1));
  if (/(?<!\\)\$$/u.test(pattern)) others.push(pattern.slice(0, -1));
  return others
    .filter((other) => other !== '' && text.of(node) !== '')
    .map((other) => changeOf('pattern', node, `/${other}/${flags}`));
};
