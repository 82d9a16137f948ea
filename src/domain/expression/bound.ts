import type { ASTNode } from '@marcbachmann/cel-js';
import { calledBy, partsOf } from './language.ts';
import { mostEntries } from './picture.ts';
import { mostCharacters } from './view.ts';

/** How large a value can get. */
interface Size {
  /** Of a list or a map. */
  readonly entries: number;
  /** Of a text, or of the longest text in a list. */
  readonly characters: number;
  /** Entries of a list in the list. */
  readonly inner: number;
}

/** How much there is to do for a node at most, and how large what comes out can be. */
interface Bound {
  readonly steps: number;
  readonly size: Size;
}

type Scope = ReadonlyMap<string, Size>;

const one: Size = { entries: 1, characters: 32, inner: 1 };
/** Comparing or copying so many characters takes as long as one step. */
const charactersAStep = 64;
/** These look at each character of a text. */
const readEach = new Set(['size', 'indexOf', 'lastIndexOf', 'substring', 'split', 'join']);
/** Measured: working out the hour of another time zone takes as long as so many steps. */
const zoneSteps = 3000;

const comprehensions = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
const giveTexts = new Set(['lowerAscii', 'upperAscii', 'trim', 'substring', 'string']);

/**
 * How many steps an expression can take with the largest picture there is, without running it: lists multiply where
 * one is walked inside another, and texts grow where they are put together.
 */
export const mostStepsOf = (node: ASTNode): number => boundOf(node, new Map()).steps;

function boundOf(node: ASTNode, scope: Scope): Bound {
  const name = calledBy(node);
  if (node.op === 'rcall' && name !== null && comprehensions.has(name))
    return walking(name, node.args[1], node.args[2], scope);
  const parts = partsOf(node).map((part) => boundOf(part, scope));
  const sizes = parts.map(({ size }) => size);
  const steps = parts.reduce((sum, part) => sum + part.steps, 1 + ownSteps(name, sizes));
  return { steps, size: sizeOf(node, sizes, scope) };
}

/** Beside its parts: any operation may have to look at or copy all that it is given. */
function ownSteps(name: string | null, sizes: readonly Size[]): number {
  const [of] = sizes;
  // The size of a list is known; that of a text has to be counted.
  if (name === 'size' && of !== undefined && of.entries > 1) return 1;
  const perStep = name !== null && readEach.has(name) ? 1 : charactersAStep;
  const looked = sizes.reduce((sum, size) => sum + lookSteps(size, perStep), 0);
  return looked + (name?.startsWith('get') === true && sizes.length > 1 ? zoneSteps : 0);
}

function lookSteps({ entries, characters, inner }: Size, perStep: number): number {
  const all = entries * inner;
  return (all > 1 ? all : 0) + Math.floor((all * characters) / perStep);
}

/** A list is walked once, with the rest of the call done for each entry. */
function walking(name: string, list: ASTNode, args: readonly ASTNode[], scope: Scope): Bound {
  const walked = boundOf(list, scope);
  const [variable, ...bodies] = args;
  const entry: Size = { ...walked.size, entries: walked.size.inner, inner: 1 };
  const inside = variable?.op === 'id' ? new Map([...scope, [variable.args, entry]]) : scope;
  const done = bodies.map((body) => boundOf(body, inside));
  const each = done.reduce((sum, body) => sum + body.steps, 2);
  const made = done.at(-1)?.size ?? one;
  return {
    steps: walked.steps + 1 + walked.size.entries * each,
    size: mappedSize(name, walked.size, made),
  };
}

function mappedSize(name: string, walked: Size, made: Size): Size {
  if (name === 'map')
    return { entries: walked.entries, characters: made.characters, inner: made.entries * made.inner };
  return name === 'filter' ? walked : one;
}

function sizeOf(node: ASTNode, sizes: readonly Size[], scope: Scope): Size {
  if (node.op === 'value')
    return typeof node.args === 'string' ? { ...one, characters: node.args.length } : one;
  if (node.op === 'id') return scope.get(node.args) ?? pictureSize(node.args);
  if (node.op === '.') return pictureSize(node.args[1]);
  if (node.op === '[]') return entryOf(sizes[0] ?? one);
  if (node.op === 'list') return listed(sizes);
  if (node.op === '+') return sizes.reduce(joined);
  if (node.op === '?:') return sizes.slice(1).reduce(larger, one);
  return node.op === 'call' || node.op === 'rcall' ? answerSize(node.args[0], sizes) : one;
}

/** By its name alone: a name that stands for a list anywhere is taken for one everywhere. */
function pictureSize(name: string): Size {
  return { entries: mostEntries.get(name) ?? 1, characters: mostCharacters, inner: 1 };
}

function answerSize(name: string, [of = one, by = one]: readonly Size[]): Size {
  if (name === 'split') return { entries: of.characters + 1, characters: of.characters, inner: 1 };
  if (name === 'join') return { ...one, characters: of.entries * (of.characters + by.characters) };
  return giveTexts.has(name) ? { ...one, characters: of.characters } : one;
}

const entryOf = (list: Size): Size => ({ ...list, entries: list.inner, inner: 1 });

const listed = (sizes: readonly Size[]): Size => {
  const largest = sizes.reduce(larger, one);
  return { entries: sizes.length, characters: largest.characters, inner: largest.entries * largest.inner };
};

const larger = (left: Size, right: Size): Size => ({
  entries: Math.max(left.entries, right.entries),
  characters: Math.max(left.characters, right.characters),
  inner: Math.max(left.inner, right.inner),
});

const joined = (left: Size, right: Size): Size => ({
  entries: left.entries + right.entries,
  characters: left.characters + right.characters,
  inner: Math.max(left.inner, right.inner),
});
