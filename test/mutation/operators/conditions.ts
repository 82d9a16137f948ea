import { changeOf, type Node, type Operator, parentOf } from './operator.ts';

const comparisons = new Set(['===', '!==', '==', '!=', '<', '<=', '>', '>=', 'in', 'instanceof']);
const questions = new Set(['includes', 'has', 'some', 'every', 'startsWith', 'endsWith', 'test']);

const isOwnOperand = (node: Node | undefined): boolean =>
  (node?.type === 'LogicalExpression' && node.operator !== '??') ||
  (node?.type === 'UnaryExpression' && node.operator === '!');

/** Whether it can be seen from the text alone that this is true or false. */
function isYesOrNo(node: Node): boolean {
  if (node.type === 'BinaryExpression') return comparisons.has(node.operator);
  if (node.type === 'LogicalExpression')
    return node.operator !== '??' && isYesOrNo(node.left) && isYesOrNo(node.right);
  if (node.type === 'UnaryExpression') return node.operator === '!';
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  return node.callee.property.type === 'Identifier' && questions.has(node.callee.property.name);
}

const isAskedFor = (node: Node, parent: Node | undefined): boolean =>
  (parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === node;

const isOfLoop = (node: Node, parent: Node | undefined): boolean =>
  (parent?.type === 'WhileStatement' ||
    parent?.type === 'DoWhileStatement' ||
    parent?.type === 'ForStatement') &&
  parent.test === node;

/**
 * A whole condition is always so, or never. Its negation is found by whatever finds one of the two, so that is not
 * made.
 */
export const settled: Operator = (place) => {
  const { node } = place;
  const parent = parentOf(place);
  if (node.type === 'Literal' || isOwnOperand(parent)) return [];
  if (isOfLoop(node, parent)) return [changeOf('condition', node, 'false')];
  if (!isAskedFor(node, parent) && !isYesOrNo(node)) return [];
  return [changeOf('condition', node, 'true'), changeOf('condition', node, 'false')];
};

/** One side of `&&`, `||` and `??` is left out. Whatever finds these finds `&&` for `||` too. */
export const oneSide: Operator = ({ node, text }) =>
  node.type !== 'LogicalExpression'
    ? []
    : [changeOf('one side', node, text.of(node.left)), changeOf('one side', node, text.of(node.right))];

const opposite: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
const bound: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

/** A comparison takes in its bound, or leaves it out; as a part of a condition, it is turned round as well. */
export const compared: Operator = (place) => {
  const { node, text } = place;
  if (node.type !== 'BinaryExpression') return [];
  const signs = [bound[node.operator], isOwnOperand(parentOf(place)) ? opposite[node.operator] : undefined];
  return signs
    .filter((sign) => sign !== undefined)
    .map((sign) => changeOf('comparison', node, `${text.of(node.left)} ${sign} ${text.of(node.right)}`));
};

/** A part of a condition without its `!`. */
export const notNegated: Operator = (place) => {
  const { node, text } = place;
  if (node.type !== 'UnaryExpression' || node.operator !== '!' || !isOwnOperand(parentOf(place))) return [];
  return [changeOf('negation', node, text.of(node.argument))];
};
