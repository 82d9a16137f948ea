import type { Digest } from '../../domain/ids.ts';

/** A point of a project's log. The position alone is not one: a log that was restored from a backup has it anew, for something else. */
export interface LogPoint {
  readonly position: number;
  /** Of the chain, at that position. */
  readonly link: Digest;
}

const markLength = 16;
const markOf = (link: Digest): string => link.slice(-markLength);

/** As agents keep it and give it back. */
export const cursorAt = ({ position, link }: LogPoint): string => `${position}.${markOf(link)}`;

/** null for what is no cursor of ours. */
export function positionOf(cursor: string | null): number | null {
  const [, position] = /^(\d{1,15})\.[0-9a-f]{16}$/.exec(cursor ?? '') ?? [];
  return position === undefined ? null : Number(position);
}
