import { type Change, changeOf, type Node, type Operator } from './operator.ts';

/** Longer ones are tables; one fault stands for all of their lines. */
const mostElements = 8;

const isSentence = (node: Node | null): boolean =>
  node?.type === 'TemplateLiteral' ||
  (node?.type === 'Literal' && typeof node.value === 'string' && /\s/u.test(node.value));

/** A list lacks one of its elements. */
export const elements: Operator = ({ node, text }) => {
  if (node.type !== 'ArrayExpression' || node.elements.length === 0 || node.elements.every(isSentence))
    return [];
  if (node.elements.length > mostElements) return [changeOf('list', node, '[]')];
  const texts = node.elements.map((element) => (element === null ? '' : text.of(element)));
  return texts.map((_, left): Change => {
    return changeOf('list', node, `[${texts.filter((_one, index) => index !== left).join(', ')}]`);
  });
};

/** An object lacks what another one would bring into it. */
export const spreads: Operator = ({ node, text }) => {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties
    .filter(({ type }) => type === 'SpreadElement')
    .map((spread) => {
      const others = node.properties.filter((one) => one !== spread).map((one) => text.of(one));
      return changeOf('list', node, `{ ${others.join(', ')} }`);
    });
};
