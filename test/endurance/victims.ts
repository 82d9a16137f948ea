import { drawn } from './lots.ts';
import type { Rung } from './rung.ts';

/** A program of the supervisor's by its name, or `<environment> gateway | gateway-keeper | room | instance`. */
export type Victim = string;

/** Without these, or while they start again, a client of the environment may go without an answer. */
export const isServing = (victim: Victim, environment: string): boolean =>
  ['gateway', 'gateway-keeper', 'instance'].some((what) => victim === `${environment} ${what}`);

/** undefined where there is none just now. */
export async function pidOfVictim(
  rung: Rung,
  victim: Victim,
  lot: () => number,
): Promise<number | undefined> {
  const [place = '', what = ''] = victim.split(' ');
  if (victim === 'supervisor') return rung.ups.at(-1)?.process.pid;
  if (what === '') return (await rung.programs())[victim];
  if (what === 'gateway') return rung.gatewayPid(place);
  if (what !== 'instance') return (await rung.inner())[`${place}/${what}`];
  const there = Object.entries(await rung.instances()).filter(([name]) => name.startsWith(`${place}/`));
  return drawn(lot, there)?.[1];
}

/**
 * With SIGKILL, before it returns; null when it was gone already. Resolves when it is dealt with: who kills the supervisor
 * starts it again, as a person would.
 */
export function killVictim(rung: Rung, victim: Victim, pid: number): Promise<void> | null {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return null;
  }
  return victim === 'supervisor' ? startAgain(rung) : Promise.resolve();
}

async function startAgain(rung: Rung): Promise<void> {
  await rung.ups.at(-1)?.ended;
  rung.ups.length = 0;
  await rung.up().isReady;
}
