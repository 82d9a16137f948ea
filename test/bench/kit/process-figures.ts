import { readFileSync } from 'node:fs';
import { systemClock } from '../../../src/engine/clock.ts';

/** Of Linux. */
const ticksPerSecond = 100;

/** Processor time of a process so far. */
export const cpuMs = (pid: number): number => timesMs(pid).ownMs;

/** The same with all that it started, those that have ended since included. */
export function cpuOfAllMs(pid: number): number {
  const { ownMs, endedMs } = timesMs(pid);
  return ownMs + endedMs + sumOfLiving(childrenOf(pid), cpuOfAllMs);
}

/** Those that end while they are looked at count nothing. */
export const sumOfLiving = (pids: readonly number[], figure: (pid: number) => number): number =>
  pids.reduce((sum, pid) => {
    try {
      return sum + figure(pid);
    } catch {
      return sum;
    }
  }, 0);

function timesMs(pid: number): { readonly ownMs: number; readonly endedMs: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const ms = (first: number): number =>
    ((Number(fields[first]) + Number(fields[first + 1])) / ticksPerSecond) * 1000;
  return { ownMs: ms(11), endedMs: ms(13) };
}

export const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((one) => one !== '')
    .map(Number);

/** Memory that is there for this process: all of what is its own, and its share of what it has with others. */
export function memoryMb(pid: number): number {
  const pss = /^Pss:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(pss ?? Number.NaN) / 1024;
}

export interface Resident {
  /** What of the program is in memory, with what it shares with others: the text of Node itself, say. */
  readonly residentMb: number;
  /** Of that, what is its own and nothing that lies in a file. */
  readonly ownMb: number;
}

export function resident(pid: number): Resident {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(status)?.[1] ?? Number.NaN) / 1024;
  return { residentMb: mb('VmRSS'), ownMb: mb('RssAnon') };
}

export interface Watched {
  /** Of one core, in percent. */
  readonly cpuPercent: number;
  readonly memoryMb: number;
}

/** How a process does while nobody disturbs it. */
export async function watch(pid: number, forMs: number): Promise<Watched> {
  const [beforeMs, beganMs] = [cpuMs(pid), systemClock.monotonicMs()];
  await systemClock.sleep(forMs);
  const spentMs = cpuMs(pid) - beforeMs;
  return {
    cpuPercent: (spentMs / (systemClock.monotonicMs() - beganMs)) * 100,
    memoryMb: memoryMb(pid),
  };
}
