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
  readonly text: string;
}

/** Pure; the faults of one kind that can be made of a node. */
export type Operator = (place: Place) => readonly Change[];

export const textOf = (text: string, node: Node): string => text.slice(node.start, node.end);

export const parentOf = ({ within }: Place): Node | undefined => within.at(-1);

export const changeOf = (operator: string, node: Node, to: string): Change => ({
  operator,
  start: node.start,
  end: node.end,
  to,
});
