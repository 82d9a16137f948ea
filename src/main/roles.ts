import { exitCodeOf, isFailure } from '../domain/failure.ts';
import type { Log } from '../domain/log.ts';
import { programLog } from './log.ts';
import type { Role } from './own-programs.ts';

/** Runs one of our programs until it is told to end. */
export async function runRole(role: Role, args: readonly string[]): Promise<void> {
  const log = programLog(role);
  const [folder = ''] = args;
  try {
    switch (role) {
      case 'control-plane':
        return await runControlPlaneRole(folder, log);
      case 'agent':
        return await runAgentRole(folder, log);
      case 'builder':
        return await runBuilderRole(folder, log);
      case 'room':
        return await (await import('./room.ts')).runLaptopRoom(args, log);
    }
  } catch (thrown) {
    log.error(
      { err: thrown, ...(isFailure(thrown) ? { code: thrown.code, wayOut: thrown.wayOut } : {}) },
      'This program ends',
    );
    process.exitCode = exitCodeOf(isFailure(thrown) ? thrown.kind : 'defect');
    setImmediate(() => process.exit());
  }
}

async function runControlPlaneRole(root: string, log: Log): Promise<void> {
  const { runControlPlane } = await import('./control-plane.ts');
  const running = await runControlPlane(root, log);
  onEnd(() => running.stop());
}

async function runAgentRole(dir: string, log: Log): Promise<void> {
  const { runLaptopAgent } = await import('./agent.ts');
  const running = await runLaptopAgent(dir, log);
  onEnd(() => running.stop());
}

async function runBuilderRole(root: string, log: Log): Promise<void> {
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
