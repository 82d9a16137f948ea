import { systemClock } from '../../src/engine/clock.ts';
import { type Came, type Fate, victimAt } from './kill-plan.ts';
import { lotsFrom } from './lots.ts';
import type { Rung } from './rung.ts';
import { type Victim, isServing, killVictim, pidOfVictim } from './victims.ts';

/** Who judges in prod, who may advance, and what is needed for one to hear of the other. */
const judges = new Set<Victim>([
  'control-plane',
  'postgres',
  'supervisor',
  'agent-prod',
  'prod instance',
  'prod room',
]);
const latestMs = 3000;

export interface Kills {
  /** In the order of the steps. */
  readonly fates: readonly Fate[];
  /** Begins; told beforehand of what clients of prod may notice. */
  begin(rung: Rung, onServing: (victim: Victim) => void): void;
  /** Does the step, and kills whom the plan has for it: at once, somewhere in the middle of it, or as it ends. */
  during<T>(step: string, work: () => Promise<T>): Promise<T>;
  /** While it is true, who judges and who acts in prod is left alone. */
  spareJudges: boolean;
  /** Resolves when what was killed last is dealt with, with what of it was not. */
  end(): Promise<readonly string[]>;
}

/** One process with each step of the story, by the plan for this seed. */
export function killsAtSteps(seed: number): Kills {
  const lot = lotsFrom(seed);
  const fates: Fate[] = [];
  const dealtWith: Promise<string | null>[] = [];
  let steps = 0;
  let scene: { readonly rung: Rung; readonly onServing: (victim: Victim) => void } | null = null;

  const kill = async (victim: Victim): Promise<Came> => {
    if (scene === null) return 'absent';
    const { rung, onServing } = scene;
    if (kills.spareJudges && judges.has(victim)) return 'spared';
    if (await wouldFailARelease(rung, victim)) return 'spared';
    const pid = await pidOfVictim(rung, victim, lot);
    if (pid === undefined) return 'absent';
    if (isServing(victim, 'prod')) onServing(victim);
    const killed = killVictim(rung, victim, pid);
    if (killed === null) return 'absent';
    dealtWith.push(
      killed.then(
        () => null,
        (thrown: unknown) => `${victim} did not come back: ${String(thrown)}`,
      ),
    );
    return 'killed';
  };
  const kills: Kills = {
    fates,
    spareJudges: false,
    begin: (rung, onServing) => {
      scene = { rung, onServing };
    },
    during: async (step, work) => {
      const victim = victimAt(seed, steps);
      steps += 1;
      const ending = new AbortController();
      const afterMs = lot() < 0.3 ? 0 : lot() * latestMs;
      const killing = systemClock
        .sleep(afterMs, ending.signal)
        .catch(() => undefined)
        .then(() => kill(victim));
      try {
        return await work();
      } finally {
        ending.abort();
        fates.push({ step, victim, came: await killing });
      }
    },
    end: async () => (await Promise.all(dealtWith)).filter((trouble) => trouble !== null),
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
