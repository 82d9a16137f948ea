import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
} from 'yaml';
import type { Problem } from '../../domain/failure.ts';
import { pointerTo, shown } from '../../domain/project-file/finding.ts';
import { deepestNesting } from './guard.ts';
import type { Places } from './places.ts';

/** More values than any project needs; aliases count for all they stand for. */
const mostValues = 20_000;
/** Finding what an alias stands for reads the whole document each time. */
const mostAliases = 100;
const poisonous = new Set(['__proto__', 'constructor', 'prototype']);

/** Plain data of a YAML document, with the place of every value and key. Goes on after a problem. */
export function plainData(
  document: Document,
  text: string,
  places: Places,
): { readonly data: unknown; readonly problems: readonly Problem[] } {
  const walk = new Walk(document, text, places);
  const data = walk.value(document.contents, '', null, 0);
  return { data, problems: walk.problems };
}

class Walk {
  readonly problems: Problem[] = [];
  readonly #document: Document;
  readonly #text: string;
  readonly #places: Places;
  #values = 0;
  #aliases = 0;

  constructor(document: Document, text: string, places: Places) {
    this.#document = document;
    this.#text = text;
    this.#places = places;
  }

  value(
    node: unknown,
    pointer: string,
    aliasAt: number | null,
    depth: number,
    keyAt: number | null = null,
  ): unknown {
    const start = aliasAt ?? offsetOf(node) ?? keyAt ?? 0;
    this.#values += 1;
    if (this.#values > mostValues) return this.#tooMuch(pointer, start);
    if (depth > deepestNesting)
      return this.#refuse(pointer, start, `This is nested more than ${deepestNesting} deep.`);
    this.#places.remember(pointer, keyAt, start);
    if (isAlias(node)) return this.#alias(node, pointer, start, depth, keyAt);
    if (isNode(node) && node.tag !== undefined)
      this.#refuse(pointer, start, `The tag ${shownTag(node.tag)} has no meaning here.`, 'the value alone');
    if (isMap(node)) return this.#map(node.items, pointer, aliasAt, depth);
    if (isSeq(node)) {
      return node.items.map((item, index) => this.value(item, `${pointer}/${index}`, aliasAt, depth + 1));
    }
    if (!isScalar(node)) return null;
    if (aliasAt === null) this.#rememberText(node, pointer);
    return this.#scalar(node, pointer, start);
  }

  #alias(alias: Alias, pointer: string, at: number, depth: number, keyAt: number | null): unknown {
    this.#aliases += 1;
    if (this.#aliases > mostAliases) return this.#tooManyAliases(pointer, at);
    const target = alias.resolve(this.#document);
    if (target === undefined) {
      return this.#refuse(pointer, at, `Nothing is called &${shown(alias.source)} before this.`);
    }
    return this.value(target, pointer, at, depth + 1, keyAt);
  }

  #map(items: readonly unknown[], pointer: string, aliasAt: number | null, depth: number): unknown {
    const entries = items.flatMap((item) => {
      if (!isPair(item)) return [];
      const key = this.#key(item.key, pointer, aliasAt);
      if (key === null) return [];
      const inside = pointer + pointerTo(key.name);
      return [[key.name, this.value(item.value, inside, aliasAt, depth + 1, key.at)] as const];
    });
    return Object.fromEntries(entries);
  }

  #key(
    node: unknown,
    pointer: string,
    aliasAt: number | null,
  ): { readonly name: string; readonly at: number } | null {
    const at = aliasAt ?? offsetOf(node) ?? 0;
    if (!isScalar(node)) {
      this.#refuse(pointer, at, 'A key is a single word here.');
      return null;
    }
    const name = node.source ?? String(node.value);
    if (poisonous.has(name)) {
      this.#refuse(
        pointer,
        at,
        `"${name}" cannot be a name: programs read it as something else.`,
        'another name',
      );
      return null;
    }
    return { name, at };
  }

  #rememberText({ value, range, type }: Scalar, pointer: string): void {
    if (typeof value !== 'string' || range === null || range === undefined) return;
    const [from, to] = range;
    this.#places.rememberText(pointer, {
      value,
      from,
      raw: this.#text.slice(from, to),
      style: type ?? 'PLAIN',
    });
  }

  #scalar(node: Scalar, pointer: string, at: number): unknown {
    const value = node.value;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return this.#refuse(
        pointer,
        at,
        `${shown(node.source ?? String(value))} is no number that can be used.`,
      );
    }
    return value;
  }

  #tooMuch(pointer: string, at: number): null {
    if (this.#values > mostValues + 1) return null;
    return this.#refuse(
      pointer,
      at,
      `The file stands for more than ${mostValues} values once its aliases are put in.`,
      'fewer aliases (`*name`)',
    );
  }

  #tooManyAliases(pointer: string, at: number): null {
    if (this.#aliases > mostAliases + 1) return null;
    return this.#refuse(
      pointer,
      at,
      `The file has more than ${mostAliases} aliases.`,
      'fewer aliases (`*name`)',
    );
  }

  #refuse(pointer: string, at: number, message: string, instead?: string): null {
    this.problems.push({
      message,
      pointer,
      place: this.#places.at(at),
      ...(instead !== undefined && { instead }),
    });
    return null;
  }
}

const offsetOf = (node: unknown): number | null => (node as Node | null)?.range?.[0] ?? null;

const shownTag = (tag: string): string => shown(tag.replace(/^tag:yaml.org,2002:/, '!!'));
