import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { SmokeResult, WorkloadSpec } from '../../../ports/runtime.ts';
import { signalGroup } from '../../../protocol/process-record.ts';
import type { Clock } from '../../../engine/clock.ts';

const outputLimit = 8192;
const outputGraceMs = 500;

/** Runs the release's smoke tests against one instance, and ends them and all they started when time is up. */
export async function runSmoke(
  spec: WorkloadSpec,
  command: readonly string[],
  environment: Record<string, string>,
  clock: Clock,
): Promise<SmokeResult> {
  const startedMs = clock.monotonicMs();
  const [program = '', ...rest] = command;
  const child = spawn(program, rest, {
    cwd: spec.folder,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-outputLimit);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let timedOut = false;
  using _limit = clock.after(spec.descriptor.smokeTimeoutMs, () => {
    timedOut = true;
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  });
  const exitCode = await endOf(child, (error) => keep(Buffer.from(`${error.message}\n`)), clock);
  return {
    passed: exitCode === 0 && !timedOut,
    exitCode,
    timedOut,
    outputTail: output,
    durationMs: Math.round(clock.monotonicMs() - startedMs),
  };
}

/** The exit code, once the output is there too. What a test left behind is ended with it. */
function endOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
  onError: (error: Error) => void,
  clock: Clock,
): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      onError(error);
      resolve(null);
    });
    child.once('close', (code) => resolve(code));
    child.once('exit', (code) => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      // A program that left the group may hold the pipes for ever.
      clock.after(outputGraceMs, () => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve(code);
      });
    });
  });
}
