import type { World } from '../world.ts';

export interface Sample {
  /** Below the project, unless it starts with `//`: then from the root. */
  readonly path: string;
  readonly body?: unknown;
  readonly bytes?: string;
}

/** Makes what the call needs, in the name of people who may, and says what is called. */
export type Example = (world: World) => Sample | Promise<Sample>;

export const minuteMs = 60_000;

/** 204, 200, 201: done. Anything else has a code. */
export const pathOf = ({ path }: Sample): string =>
  path.startsWith('//') ? path.slice(1) : `/api/v1/projects/access${path}`;
