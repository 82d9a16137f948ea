import { readFileSync } from 'node:fs';
import { systemClock } from '../../../src/engine/clock.ts';

/** Of Linux. */
const ticksPerSecond = 100;

/** Processor time of a process so far. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
}

/** Memory that is there for this process: all of what is its own, and its share of what it has with others. */
export function memoryMb(pid: number): number {
  const pss = /^Pss:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(pss ?? Number.NaN) / 1024;
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
