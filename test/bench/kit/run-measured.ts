import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { systemClock } from '../../../src/engine/clock.ts';

export interface Run {
  readonly wallMs: number;
  /** Of the program and all it started. */
  readonly cpuMs: number;
  /** At most, as far as it was looked at. */
  readonly memoryMb: number;
}

const lookEveryMs = 50;

/** Runs a program to its end. Throws with its exit code where that is another than 0. */
export async function runMeasured(program: string, args: readonly string[], cwd?: string): Promise<Run> {
  const beganMs = systemClock.monotonicMs();
  // Bash tells milliseconds; other shells count in steps of ten.
  const child = spawn(
    'bash',
    ['-c', 'command "$@"; code=$?; times >&3; exit $code', 'bash', program, ...args],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    },
  );
  let times = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => (times += chunk.toString()));
  let memoryMb = 0;
  using _looking = systemClock.every(lookEveryMs, () => {
    memoryMb = Math.max(memoryMb, peakMb(child.pid ?? 0));
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const wallMs = systemClock.monotonicMs() - beganMs;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`);
  return { wallMs, cpuMs: childrenMs(times), memoryMb };
}

/** The shell's second line: what its children took, as `0m0.120000s 0m0.010000s`. */
const childrenMs = (times: string): number =>
  [...(times.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/gu)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );

/** Of the shell's child. */
function peakMb(shell: number): number {
  try {
    const [child = ''] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ');
    return (
      Number(/^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1] ?? 0) / 1024
    );
  } catch {
    return 0;
  }
}
