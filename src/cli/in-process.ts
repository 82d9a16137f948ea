import { exitCodeOf, Failure, isDiskFull } from '../domain/failure.ts';
import { systemClock } from '../engine/clock.ts';
import { asFailure } from './application.ts';
import type { Connect } from './connect.ts';
import { lookOf } from './create-cli.ts';
import type { Programs } from './programs.ts';
import { failureLines } from './render/failure.ts';
import { runCli } from './run.ts';

/** Whoever tells a whole group, as npm and timeout do, tells us twice; that is one word. */
const sameWithinMs = 250;

/**
 * Runs the command line of this process and sets its exit code. The first Ctrl-C (or SIGTERM) ends what runs in good
 * order; a second one ends the process at once.
 */
export async function runCliInProcess(programs: Programs, connect: Connect = overHttp): Promise<void> {
  const stop = new AbortController();
  let firstMs = -Infinity;
  const onSignal = (): void => {
    const nowMs = systemClock.monotonicMs();
    if (!stop.signal.aborted) firstMs = nowMs;
    else if (nowMs - firstMs > sameWithinMs) process.exit(exitCodeOf('interrupted'));
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.stdout.on('error', endWithoutOutput);
  process.exitCode = await runCli(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    programs,
    connect,
    signal: stop.signal,
  });
  process.removeListener('SIGINT', onSignal);
  process.removeListener('SIGTERM', onSignal);
}

/** Loaded with the first call only: most of what a person types by mistake needs no client. */
const overHttp: Connect = async (place, clock) =>
  (await import('./api-client.ts')).connectToApi(place, clock);

/** Who reads from a pipe may have enough of it, as `head` has. Else what was said is lost, and that has to be told. */
function endWithoutOutput(thrown: NodeJS.ErrnoException): void {
  if (thrown.code === 'EPIPE') process.exit(0);
  const failure = isDiskFull(thrown)
    ? new Failure('unavailable', 'disk-full', 'The disk that the output goes to is full.', {
        wayOut: 'Free some space there. What was asked for may have been done: look with `rung log`.',
        cause: thrown,
      })
    : asFailure(thrown);
  const look = lookOf(process.stderr, { env: process.env, clock: systemClock });
  process.stderr.write(`${failureLines(failure, look).join('\n')}\n`);
  process.exit(exitCodeOf(failure.kind));
}
