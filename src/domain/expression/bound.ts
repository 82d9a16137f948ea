import type { ASTNode } from '@marcbachmann/cel-js';
import { calledBy, partsOf } from './language.ts';
import { mostEntries } from './picture.ts';
import { mostCharacters } from './view.ts';

/** How large a value can get. */
interface Size {
  /** Of a text, or of the longest text anywhere in a list. */
  readonly characters: number;
  /** null: it is no list and no map. */
  readonly list: { readonly entries: number; readonly each: Size } | null;
}

/** How much there is to do for a node at most, and how large what comes out can be. */
interface Bound {
  readonly steps: number;
  readonly size: Size;
}

type Scope = ReadonlyMap<string, Size>;

const textOf = (characters: number): Size => ({ characters, list: null });
const listOf = (entries: number, each: Size): Size => ({
  characters: each.characters,
  list: { entries, each },
});
const one = textOf(32);
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
  if (name === 'size' && of?.list) return 1;
  const perStep = name !== null && readEach.has(name) ? 1 : charactersAStep;
  const looked = sizes.reduce((sum, size) => sum + lookSteps(size, perStep), 0);
  return looked + (name?.startsWith('get') === true && sizes.length > 1 ? zoneSteps : 0);
}

function lookSteps(size: Size, perStep: number): number {
  const all = allIn(size);
  return (size.list === null ? 0 : all) + Math.floor((all * size.characters) / perStep);
}

/** What there is to see in a list, and in the lists in it, down to the last. */
const allIn = ({ list }: Size): number => (list === null ? 1 : list.entries * allIn(list.each));

/** A list is walked once, with the rest of the call done for each entry. */
function walking(name: string, list: ASTNode, args: readonly ASTNode[], scope: Scope): Bound {
  const walked = boundOf(list, scope);
  const [variable, ...bodies] = args;
  const inside = variable?.op === 'id' ? new Map([...scope, [variable.args, entryOf(walked.size)]]) : scope;
  const done = bodies.map((body) => boundOf(body, inside));
  const each = done.reduce((sum, body) => sum + body.steps, 2);
  const made = done.at(-1)?.size ?? one;
  return {
    steps: walked.steps + 1 + entriesOf(walked.size) * each,
    size: mappedSize(name, walked.size, made),
  };
}

function mappedSize(name: string, walked: Size, made: Size): Size {
  if (name === 'map') return listOf(entriesOf(walked), made);
  return name === 'filter' ? walked : one;
}

function sizeOf(node: ASTNode, sizes: readonly Size[], scope: Scope): Size {
  if (node.op === 'value') return typeof node.args === 'string' ? textOf(node.args.length) : one;
  if (node.op === 'id') return scope.get(node.args) ?? pictureSize(node.args);
  if (node.op === '.') return pictureSize(node.args[1]);
  if (node.op === '[]') return entryOf(sizes[0] ?? one);
  if (node.op === 'list') return listOf(sizes.length, sizes.reduce(larger, one));
  if (node.op === '+') return sizes.reduce(joined);
  if (node.op === '?:') return sizes.reduce(larger, one);
  return node.op === 'call' || node.op === 'rcall' ? answerSize(node.args[0], sizes) : one;
}

/** By its name alone: a name that stands for a list anywhere is taken for one everywhere. */
function pictureSize(name: string): Size {
  const entries = mostEntries.get(name);
  return entries === undefined ? textOf(mostCharacters) : listOf(entries, textOf(mostCharacters));
}

function answerSize(name: string, [of = one, by = one]: readonly Size[]): Size {
  if (name === 'split') return listOf(of.characters + 1, textOf(of.characters));
  if (name === 'join') return textOf(entriesOf(of) * (of.characters + by.characters));
  return giveTexts.has(name) ? textOf(of.characters) : one;
}

const entriesOf = ({ list }: Size): number => list?.entries ?? 1;
const entryOf = (size: Size): Size => size.list?.each ?? textOf(size.characters);

const larger = (left: Size, right: Size): Size => ({
  characters: Math.max(left.characters, right.characters),
  list: both(left, right, Math.max),
});

/** Texts get as long as both, and lists have the entries of both. */
const joined = (left: Size, right: Size): Size =>
  left.list === null
    ? textOf(left.characters + right.characters)
    : { ...larger(left, right), list: both(left, right, (one, other) => one + other) };

function both(left: Size, right: Size, entries: (one: number, other: number) => number): Size['list'] {
  if (left.list === null || right.list === null) return left.list ?? right.list;
  return {
    entries: entries(left.list.entries, right.list.entries),
    each: larger(left.list.each, right.list.each),
  };
}
