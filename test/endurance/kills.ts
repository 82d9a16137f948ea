import { systemClock } from '../../src/engine/clock.ts';
import { drawn } from './lots.ts';
import type { Rung } from './rung.ts';
import { type Victim, isServing, killVictim, pidOfVictim } from './victims.ts';

const environments = ['dev', 'test', 'staging', 'prod'];
const victims: readonly Victim[] = [
  'control-plane',
  'builder',
  'postgres',
  'supervisor',
  ...environments.map((name) => `agent-${name}`),
  ...environments.flatMap((name) =>
    ['gateway', 'gateway-keeper', 'instance'].map((what) => `${name} ${what}`),
  ),
  'prod room',
];
/** Who judges in prod, who may advance, and what is needed for one to hear of the other. */
const judges = new Set<Victim>([
  'control-plane',
  'postgres',
  'supervisor',
  'agent-prod',
  'prod instance',
  'prod room',
]);

export interface Kills {
  readonly killed: readonly Victim[];
  /** Begins; told beforehand of what clients of prod may notice. */
  begin(rung: Rung, onServing: (victim: Victim) => void): void;
  /** While it is true, who judges and who acts in prod is left alone. */
  spareJudges: boolean;
  /** No more of it; resolves when what was killed last is dealt with. */
  end(): Promise<void>;
}

/** Kills every few seconds whom the lot falls on, until it is ended. */
export function killsMeanwhile(lot: () => number): Kills {
  const ending = new AbortController();
  const killed: Victim[] = [];
  let going: Promise<void> = Promise.resolve();
  const kills: Kills = {
    killed,
    spareJudges: false,
    begin: (rung, onServing) => {
      going = killAll(rung, onServing);
    },
    end: async () => {
      ending.abort();
      await going;
    },
  };
  const killAll = async (rung: Rung, onServing: (victim: Victim) => void): Promise<void> => {
    while (!ending.signal.aborted) {
      await systemClock.sleep(2000 + lot() * 3000, ending.signal).catch(() => undefined);
      const victim = drawn(lot, victims) ?? 'control-plane';
      const isSpared = kills.spareJudges && judges.has(victim);
      if (ending.signal.aborted || isSpared || (await wouldFailARelease(rung, victim))) continue;
      const pid = await pidOfVictim(rung, victim, lot);
      if (pid === undefined) continue;
      if (isServing(victim, 'prod')) onServing(victim);
      if (await killVictim(rung, victim, pid)) killed.push(victim);
    }
  };
  return kills;
}

/** An instance that dies while its release is rolled out speaks against the release, and is meant to. */
async function wouldFailARelease(rung: Rung, victim: Victim): Promise<boolean> {
  if (!victim.endsWith(' instance')) return false;
  const board = await rung.board().catch(() => null);
  const waiting = board?.promotions.some(({ environment }) => victim.startsWith(`${environment} `)) ?? true;
  return waiting || (board?.rollouts.some(({ environment }) => victim.startsWith(`${environment} `)) ?? true);
}
