import { Failure } from '../domain/failure.ts';
import { rungOf } from '../domain/pipeline.ts';
import type { Recording } from '../domain/rollout/recording.ts';
import { parseProjectFile } from '../lifecycle/declare/parse.ts';
import { pageOf } from './page/page.ts';
import { playScenario } from './play.ts';
import type { Played } from './played.ts';
import { type Comparison, compare } from './replay/compare.ts';
import { parseScenario } from './scenario/parse.ts';

export type { Played } from './played.ts';
export type { Comparison } from './replay/compare.ts';

/** Plays scenarios by one project file. */
export interface Simulator {
  /**
   * Reads a scenario, to be played with any seed; its own where none is given. Throws invalid `scenario-invalid` with
   * every problem and its place.
   */
  read(bytes: Uint8Array, name: string): (seed?: number) => Promise<Played>;
  /**
   * What the project file's rules would have made of a rollout that was recorded, all its samples in one page. Throws
   * conflict `nothing-to-replay` where nothing was judged, or would be.
   */
  compare(recording: Recording): Comparison;
  /** A run as one page that needs nothing beside it. */
  page(played: Played): string;
}

/** Throws what `parseProjectFile` throws. */
export function createSimulator(projectFile: Uint8Array, name: string): Simulator {
  const parsed = parseProjectFile(projectFile, name);
  return {
    read: (bytes, scenarioName) => {
      const scenario = parseScenario(bytes, scenarioName, parsed.file);
      return (seed) => playScenario(parsed, scenario, seed);
    },
    compare: (recording) => {
      const policy = rungOf(parsed.file, recording.environment)?.step.rollout;
      if (recording.policy === null) throw nothingToReplay('It went in all at once, so nothing was judged');
      if (policy === undefined)
        throw nothingToReplay(`By ${name} a release goes into ${recording.environment} all at once`);
      return compare(recording, policy);
    },
    page: pageOf,
  };
}

const nothingToReplay = (why: string): Failure =>
  new Failure('conflict', 'nothing-to-replay', `${why}.`, {
    wayOut: 'Choose a rollout that went in by canary, and rules that have one.',
  });
