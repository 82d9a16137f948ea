import type { Place } from '../place/place.ts';
import type { Commit } from '../plane/ledger.ts';
import type { World } from '../world.ts';

/** Something that holds whatever happens. */
export interface Invariant {
  /** Kebab case. */
  readonly id: string;
  readonly sentence: string;
  /** For one history: what is seen in it may be remembered. */
  readonly begin: () => Watch;
}

/** Looks, and answers with what is wrong. */
export interface Watch {
  /** After each commit, before anybody else knows of it. */
  readonly commit?: (commit: Commit, world: World) => string | null;
  /** Whenever what a gateway does may have changed. */
  readonly gateway?: (place: Place, world: World) => string | null;
  /** The store was set back to what the ledger says now. */
  readonly restored?: (world: World) => void;
  /** Between two steps. */
  readonly step?: (world: World) => string | null;
  /** Once everything has been well for long. */
  readonly end?: (world: World) => Promise<string | null>;
}

export const eachTime =
  (watch: Watch): (() => Watch) =>
  () =>
    watch;
