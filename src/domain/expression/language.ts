import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { roots, types } from './picture.ts';

/** So many characters a rule has at most; the schema of the project file says the same. */
export const mostExpressionCharacters = 2000;
/** Names, values and operators together. */
const mostNodes = 300;
const deepestNesting = 24;

/**
 * The functions of CEL that a rule may call. Left out is what can run away, such as regular expressions, and what
 * takes the types away, such as `dyn`.
 */
export const functions: readonly string[] = [
  'size has all exists exists_one map filter',
  'contains startsWith endsWith indexOf lastIndexOf substring lowerAscii upperAscii trim split join',
  'int double string timestamp duration',
  'getFullYear getMonth getDate getDayOfWeek getDayOfYear getDayOfMonth',
  'getHours getMinutes getSeconds getMilliseconds',
].flatMap((line) => line.split(' '));

/** CEL with the names and types of the picture, and nothing else. */
export const language: Environment = types.reduce(
  (environment, { name, ctor, fields }) => environment.registerType(name, { ctor, fields: { ...fields } }),
  new Environment({
    limits: {
      maxAstNodes: mostNodes,
      maxDepth: deepestNesting,
      maxListElements: 50,
      maxMapEntries: 0,
      maxCallArguments: 3,
    },
  }),
);
for (const [name, type] of Object.entries(roots)) language.registerVariable(name, type);

/** What a node is made of, in the order in which it is written. */
export function partsOf(node: ASTNode): readonly ASTNode[] {
  if (node.op === 'value' || node.op === 'id') return [];
  if (node.op === '.' || node.op === '.?') return [node.args[0]];
  if (node.op === 'call') return node.args[1];
  if (node.op === 'rcall') return [node.args[1], ...node.args[2]];
  if (node.op === 'map') return node.args.flat();
  return node.op === '!_' || node.op === '-_' ? [node.args] : node.args;
}

/** The name of the function that a node calls; null where it calls none. */
export const calledBy = (node: ASTNode): string | null =>
  node.op === 'call' || node.op === 'rcall' ? node.args[0] : null;
