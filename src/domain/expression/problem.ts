import { type ASTNode, EvaluationError, ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { unknownName } from '../project-file/finding.ts';
import { roots, types } from './picture.ts';

/** Something wrong in an expression, and at which of its characters. */
export interface ExpressionProblem {
  /** From 0; the length of the expression where something is missing at its end. */
  readonly offset: number;
  readonly message: string;
  readonly instead?: string;
}

const fieldNames = [...new Set(types.flatMap(({ fields }) => Object.keys(fields)))];

/** What the language itself has against an expression, in a sentence. */
export function problemOf(error: unknown, expression: string): ExpressionProblem {
  const { code, summary, offset, node } = partsOfError(error, expression);
  switch (code) {
    case 'unknown_variable':
      return { offset, ...unknownName('name', endOf(summary), Object.keys(roots)) };
    case 'no_such_key':
      return { offset, ...unknownName('field', endOf(summary), fieldsBefore(node)) };
    case 'limit_exceeded':
      return { offset, ...tooMuch(summary) };
    case 'unexpected_character':
      return unexpected(expression, offset);
    case 'no_such_overload':
      return { offset: operatorAt(node, offset), ...mismatch(summary) };
    case 'no_matching_overload':
      return { offset, ...badCall(summary) };
    default:
      return { offset, message: sentence(summary) };
  }
}

/** Why an expression that fits its types could not be worked out. */
export function failureOf(error: unknown, expression: string): string {
  const { code, summary, node } = partsOfError(error, expression);
  if (code === 'no_such_key' && node?.op === '.')
    return `there is no "${node.args[1]}" in ${written(node.args[0], expression)}`;
  return summary.replace('No such key: index', 'index').replace(/\.$/, '');
}

interface ErrorParts {
  readonly code: string;
  readonly summary: string;
  readonly offset: number;
  readonly node: ASTNode | undefined;
}

function partsOfError(error: unknown, expression: string): ErrorParts {
  if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError) {
    const offset = Math.min(error.range?.start ?? 0, expression.length);
    return { code: error.code, summary: error.summary, offset, node: error.node as ASTNode | undefined };
  }
  return {
    code: '',
    summary: error instanceof Error ? error.message : String(error),
    offset: 0,
    node: undefined,
  };
}

const endOf = (summary: string): string => summary.slice(summary.indexOf(': ') + 2);
const written = (node: ASTNode, expression: string): string => expression.slice(node.start, node.end);
const sentence = (summary: string): string =>
  `${summary.charAt(0).toUpperCase()}${summary.slice(1)}${/[.!?]$/.test(summary) ? '' : '.'}`;

/** The fields that could stand there: those of the value before the point, where it is plain which that is. */
function fieldsBefore(node: ASTNode | undefined): readonly string[] {
  const type = node?.op === '.' ? typeOf(node.args[0]) : undefined;
  return Object.keys(types.find(({ name }) => name === type)?.fields ?? {}).concat(
    type === undefined ? fieldNames : [],
  );
}

function typeOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return roots[node.args];
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const before = typeOf(node.args[0]);
  const [, entry] = /<(?:string, )?(\w+)>/.exec(before ?? '') ?? [];
  if (entry !== undefined) return entry;
  const [, name] = node.args;
  const fields = types.find((one) => one.name === before)?.fields;
  return typeof name === 'string' ? fields?.[name] : undefined;
}

/** Between its two sides rather than where the first of them begins. */
function operatorAt(node: ASTNode | undefined, offset: number): number {
  if (node === undefined || !Array.isArray(node.args)) return offset;
  const [left] = node.args as readonly unknown[];
  if (typeof left !== 'object' || left === null || !('end' in left)) return offset;
  const rest = node.input.slice(Number(left.end), node.end);
  return Number(left.end) + Math.max(0, rest.search(/[^\s)]/));
}

const plain: Readonly<Record<string, string>> = {
  'google.protobuf.Timestamp': 'a time',
  'google.protobuf.Duration': 'a span of time',
  string: 'a text',
  int: 'a whole number',
  double: 'a decimal number',
  bool: 'true or false',
  list: 'a list',
};
/** A type as people say it. */
export const typeText = (type: string): string => plain[type.replace(/<.*/, '')] ?? type;

function mismatch(summary: string): Omit<ExpressionProblem, 'offset'> {
  const found = /: (\S+|.+>) (\S+) (.+)/.exec(summary);
  if (found === null) return { message: sentence(summary), instead: 'values of the same type' };
  const [, left = '', sign = '', right = ''] = found;
  const instead = new Set([left, right]);
  return {
    message: `\`${sign}\` cannot stand between ${typeText(left)} and ${typeText(right)}.`,
    instead:
      instead.has('int') && instead.has('double')
        ? 'a decimal number such as `1.0`'
        : 'values of the same type',
  };
}

function badCall(summary: string): Omit<ExpressionProblem, 'offset'> {
  const [, call = ''] = /'(.*)'/.exec(summary) ?? [];
  const [name = call] = /\w+(?=\()/.exec(call) ?? [];
  return { message: `\`${name}\` does not take this: ${call}.`, instead: 'what it is for' };
}

function tooMuch(summary: string): Omit<ExpressionProblem, 'offset'> {
  if (summary.includes('maxMapEntries'))
    return { message: 'A rule makes no maps of its own.', instead: 'the fields that are there' };
  const [, limit = ''] = /\((\d+)\)/.exec(summary) ?? [];
  const what = summary.includes('Depth') ? 'nested more than' : 'made of more than';
  return { message: `The expression is ${what} ${limit}.`, instead: 'a shorter one, or two rules' };
}

/** A single `=` is what people write for two. */
function unexpected(expression: string, offset: number): ExpressionProblem {
  const character = String.fromCodePoint(expression.codePointAt(offset) ?? 32);
  const before = expression.slice(0, offset);
  if (character === '=') return { offset, message: 'A single `=` compares nothing.', instead: '`==`' };
  const not = /\bnot\s+$/.exec(before);
  if (not !== null) return noWord('not', '`!`', not.index);
  const word = /^(?:and|or)\b/.exec(expression.slice(offset))?.[0];
  if (word !== undefined) return noWord(word, word === 'and' ? '`&&`' : '`||`', offset);
  const instead = before.trim() === '' ? 'an expression' : 'an operator, such as `&&`';
  return { offset, message: `"${character}" is not expected here.`, instead };
}

const noWord = (word: string, instead: string, offset: number): ExpressionProblem => ({
  offset,
  message: `"${word}" is no word of the language.`,
  instead,
});
