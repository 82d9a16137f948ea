import type { ESTree } from 'rolldown/utils';

export type Node = ESTree.Node;

/** One small fault: what stands from `start` to `end` becomes `to`. */
export interface Change {
  readonly operator: string;
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

/** Where an operator looks: a node, what it stands in (the nearest last), and the text of its file. */
export interface Place {
  readonly node: Node;
  readonly within: readonly Node[];
  readonly text: Text;
}

/** The text of a file: without its types, or with them. */
export class Text {
  readonly whole: string;
  readonly #bare: string;

  /** `bare`: without its types, each character where it is in the whole. */
  constructor(whole: string, bare = whole) {
    this.whole = whole;
    this.#bare = bare;
  }

  slice(start: number, end: number): string {
    return this.whole.slice(start, end);
  }

  /** A node, with the type that is said behind it: `x as Name`. */
  of({ start, end }: Node): string {
    const blanks = /^\s*/u.exec(this.#bare.slice(end))?.[0].length ?? 0;
    return this.whole === this.#bare
      ? this.whole.slice(start, end)
      : this.whole.slice(start, end + blanks).trimEnd();
  }
}

/** Pure; the faults of one kind that can be made of a node. */
export type Operator = (place: Place) => readonly Change[];

export const parentOf = ({ within }: Place): Node | undefined => within.at(-1);

export const changeOf = (operator: string, node: Node, to: string): Change => ({
  operator,
  start: node.start,
  end: node.end,
  to,
});
