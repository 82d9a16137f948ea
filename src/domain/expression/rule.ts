import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { amongLatest } from '../latest.ts';
import { unknownName } from '../project-file/finding.ts';
import { mostStepsOf } from './bound.ts';
import { calledBy, functions, language, mostExpressionCharacters, partsOf } from './language.ts';
import type { Picture } from './picture.ts';
import { type ExpressionProblem, failureOf, problemOf, typeText } from './problem.ts';
import { Overfull } from './view.ts';

/** At 15 to 50 ns a step, 25 ms at worst. What can need more is refused when the file is read. */
const mostSteps = 500_000;

/** What came of a rule: the answer, or why there is none. */
export type RuleOutcome =
  | { readonly kind: 'answer'; readonly isTrue: boolean }
  | { readonly kind: 'failed'; readonly reason: string }
  /** It looks at a list with more entries than it was checked for. */
  | { readonly kind: 'overfull'; readonly field: string; readonly most: number };

/** An expression that was read once: what is wrong with it, or a way to ask it. */
export type Rule =
  | { readonly problem: ExpressionProblem }
  | { readonly problem: null; readonly ask: (picture: Picture) => RuleOutcome };

const mostKept = 500;
const kept = new Map<string, Rule>();

/**
 * Reads and checks an expression: its names, its types, that it is true or false, and that it cannot run away. The same
 * text is read once only, as long as it is among the latest 500.
 */
export const ruleOf = (expression: string): Rule =>
  amongLatest(kept, mostKept, expression, () => readRule(expression));

function readRule(expression: string): Rule {
  if (expression.length > mostExpressionCharacters)
    return {
      problem: {
        offset: mostExpressionCharacters,
        message: `The expression is longer than ${mostExpressionCharacters} characters.`,
        instead: 'two rules',
      },
    };
  try {
    const parsed = language.parse(expression);
    const problem = refusedIn(parsed.ast) ?? typeProblem(parsed, expression) ?? tooLong(parsed.ast);
    return problem === null ? { problem, ask: (picture) => ask(parsed, expression, picture) } : { problem };
  } catch (error) {
    return { problem: problemOf(error, expression) };
  }
}

function refusedIn(node: ASTNode): ExpressionProblem | null {
  const name = calledBy(node);
  if (name !== null && !functions.includes(name))
    return { offset: nameAt(node, name), ...unknownName('function', name, functions) };
  for (const part of partsOf(node)) {
    const found = refusedIn(part);
    if (found !== null) return found;
  }
  return null;
}

/** Of a method: after what it is called on. */
function nameAt(node: ASTNode, name: string): number {
  const from = node.op === 'rcall' ? node.args[1].end : node.start;
  return Math.max(node.start, node.input.indexOf(name, from));
}

function typeProblem(parsed: ParseResult, expression: string): ExpressionProblem | null {
  const { valid, type, error } = parsed.check();
  if (!valid) return problemOf(error, expression);
  if (type === 'bool') return null;
  return {
    offset: parsed.ast.start,
    message: `This gives ${typeText(type ?? '')}, and a gate has to know whether it is open.`,
    instead: 'an expression that is true or false',
  };
}

function tooLong(node: ASTNode): ExpressionProblem | null {
  const steps = mostStepsOf(node);
  if (steps <= mostSteps) return null;
  return {
    offset: node.start,
    message: `Working this out can take ${stepsText(steps)} steps; ${stepsText(mostSteps)} at most are allowed.`,
    instead: 'a rule that walks no list inside another, or a webhook',
  };
}

const stepsText = (steps: number): string =>
  steps > 1e12 ? 'endlessly many' : String(steps).replaceAll(/\B(?=(\d{3})+$)/g, ' ');

function ask(parsed: ParseResult, expression: string, picture: Picture): RuleOutcome {
  try {
    return { kind: 'answer', isTrue: parsed(picture) === true };
  } catch (error) {
    if (error instanceof Overfull) return { kind: 'overfull', field: error.field, most: error.most };
    return { kind: 'failed', reason: failureOf(error, expression) };
  }
}
