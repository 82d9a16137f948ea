import { exitCodeOf, isFailure } from '../domain/failure.ts';
import type { Log } from '../domain/log.ts';
import { systemClock } from '../engine/clock.ts';
import { keepCompiled } from './compile-cache.ts';
import { dataFolder } from './data-folder.ts';
import { giveMemoryBack } from './give-memory-back.ts';
import type { Role } from './own-programs.ts';

const compiledAfterMs = 8000;

/** Runs one of our programs until it is told to end. */
export async function runRole(role: Role, args: readonly string[]): Promise<void> {
  giveMemoryBack(systemClock);
  const compiled = keepCompiled(cacheFolder(role, args));
  const { programLog } = await import('./log.ts');
  const log = programLog(role);
  try {
    await start(role, args, log);
    // Not now, when everybody starts at once.
    systemClock.after(compiledAfterMs, compiled.write);
  } catch (thrown) {
    log.error(
      { err: thrown, ...(isFailure(thrown) ? { code: thrown.code, wayOut: thrown.wayOut } : {}) },
      'This program ends',
    );
    process.exitCode = exitCodeOf(isFailure(thrown) ? thrown.kind : 'defect');
    setImmediate(() => process.exit());
  }
}

/** Each in a folder that nobody else's room can see. */
function cacheFolder(role: Role, args: readonly string[]): string {
  const [folder = ''] = args;
  if (role === 'control-plane') return dataFolder(folder).control;
  if (role === 'builder') return dataFolder(folder).builder;
  return role === 'agent' ? folder : (args[args.indexOf('--dir') + 1] ?? '');
}

async function start(role: Role, args: readonly string[], log: Log): Promise<void> {
  const [folder = '', replica = '1'] = args;
  switch (role) {
    case 'control-plane':
      return startControlPlane(folder, Number(replica), log);
    case 'agent':
      return startAgent(folder, log);
    case 'builder':
      return runBuilder(folder, log);
    case 'room':
      return (await import('./room.ts')).runLaptopRoom(args, log);
  }
}

async function startControlPlane(root: string, replica: number, log: Log): Promise<void> {
  const { runControlPlane } = await import('./control-plane.ts');
  const running = await runControlPlane(root, log, replica);
  onEnd(() => running.stop());
}

async function startAgent(dir: string, log: Log): Promise<void> {
  const { runLaptopAgent } = await import('./agent.ts');
  const running = await runLaptopAgent(dir, log);
  onEnd(() => running.stop());
}

async function runBuilder(root: string, log: Log): Promise<void> {
  const { runLaptopBuilder } = await import('./builder.ts');
  const ending = new AbortController();
  process.once('SIGTERM', () => ending.abort());
  process.once('SIGINT', () => ending.abort());
  await runLaptopBuilder(root, log, ending.signal);
}

/** Ends in good order on the first word, at once on the second. */
function onEnd(stop: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) process.exit(1);
    ending = true;
    void stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
