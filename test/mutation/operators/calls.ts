import {
  type Change,
  changeOf,
  type Node,
  type Operator,
  type Place,
  parentOf,
  type Text,
} from './operator.ts';

const swapped = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['find', 'findLast'],
  ['findLast', 'find'],
  ['min', 'max'],
  ['max', 'min'],
  ['floor', 'ceil'],
  ['ceil', 'floor'],
  ['round', 'floor'],
]);

/** What these are called on is of the same kind as what they answer. */
const leftOut = new Set(
  'filter toSorted toReversed slice trim toLowerCase toUpperCase concat flat padStart padEnd abs'.split(' '),
);

/** A call of something near, or none at all. */
export const methods: Operator = ({ node, text }) => {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  const { object, property } = node.callee;
  if (property.type !== 'Identifier') return [];
  const other = swapped.get(property.name);
  if (other !== undefined)
    return [
      changeOf(
        'call',
        node,
        text.slice(node.start, property.start) + other + text.slice(property.end, node.end),
      ),
    ];
  if (!leftOut.has(property.name)) return [];
  const [argument] = node.arguments;
  const to = property.name === 'abs' && argument !== undefined ? argument : object;
  return [changeOf('call', node, text.of(to))];
};

const does = new Set([
  'CallExpression',
  'AwaitExpression',
  'AssignmentExpression',
  'UpdateExpression',
  'ChainExpression',
  'UnaryExpression',
]);

/** All that an `if` does: left out, it is the same as a condition that never holds. */
function isAllOfAnIf({ within }: Place): boolean {
  const [parent, above] = [within.at(-1), within.at(-2)];
  const isAlone = parent?.type === 'BlockStatement' && parent.body.length === 1;
  const choice: Node | undefined = isAlone ? above : parent;
  return choice?.type === 'IfStatement' && choice.alternate === null;
}

/** Something is not done. */
export const statements: Operator = (place) => {
  const { node } = place;
  const isDone =
    node.type === 'ThrowStatement' || (node.type === 'ExpressionStatement' && does.has(node.expression.type));
  return isDone && !isAllOfAnIf(place) ? [changeOf('statement', node, '')] : [];
};

/** The links of a chain with `?.`, and where that stands. */
function marksIn(node: Node, text: Text): readonly number[] {
  if (node.type === 'CallExpression')
    return [
      ...marksIn(node.callee, text),
      ...(node.optional ? [text.whole.indexOf('?.', node.callee.end)] : []),
    ];
  if (node.type === 'MemberExpression')
    return [
      ...marksIn(node.object, text),
      ...(node.optional ? [text.whole.indexOf('?.', node.object.end)] : []),
    ];
  return [];
}

/** A chain goes on where it should have ended. */
export const chains: Operator = (place) => {
  const { node, text } = place;
  if (node.type !== 'ChainExpression' || parentOf(place) === undefined) return [];
  return marksIn(node.expression, text).map((at): Change => {
    const link = /[([]/u.test(text.whole.charAt(at + 2)) ? '' : '.';
    return changeOf('chain', node, text.slice(node.start, at) + link + text.slice(at + 2, node.end));
  });
};
