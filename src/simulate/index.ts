import { parseProjectFile } from '../lifecycle/declare/parse.ts';
import { playScenario } from './play.ts';
import type { Played } from './played.ts';
import { parseScenario } from './scenario/parse.ts';

export type { Played } from './played.ts';

/** Plays scenarios by one project file. */
export interface Simulator {
  /**
   * Reads a scenario, to be played with any seed; its own where none is given. Throws invalid `scenario-invalid` with
   * every problem and its place.
   */
  read(bytes: Uint8Array, name: string): (seed?: number) => Promise<Played>;
}

/** Throws what `parseProjectFile` throws. */
export function createSimulator(projectFile: Uint8Array, name: string): Simulator {
  const parsed = parseProjectFile(projectFile, name);
  return {
    read: (bytes, scenarioName) => {
      const scenario = parseScenario(bytes, scenarioName, parsed.file);
      return (seed) => playScenario(parsed, scenario, seed);
    },
  };
}
