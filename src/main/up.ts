import { join } from 'node:path';
import type { UpAsk } from '../cli/programs.ts';
import { systemClock } from '../engine/clock.ts';
import { boardLink } from './board-link.ts';
import { takeDatabaseUrl } from './environment.ts';
import { giveMemoryBack } from './give-memory-back.ts';
import { fileLog } from './log.ts';
import { startLaptop } from './laptop.ts';
import { onceAvailable } from './waiting.ts';
import { outliveReaders } from './outlive-readers.ts';
import { rulesWaiting } from './rules-waiting.ts';
import { welcome } from './welcome.ts';

/** `rung up`: everything on this machine, until Ctrl-C. */
export async function up(ask: UpAsk): Promise<void> {
  outliveReaders();
  using _quiet = giveMemoryBack(systemClock);
  const say = (line: string): void => void ask.stderr.write(`${line}\n`);
  const laptop = await startLaptop({
    dataFolder: ask.dataFolder,
    file: ask.file,
    port: ask.port,
    replicas: ask.replicas,
    openLog: () => fileLog(join(ask.dataFolder, 'logs', 'supervisor.log')),
    databaseUrl: takeDatabaseUrl(),
    signal: ask.signal,
    onStep: (step) => say(`${step} …`),
  });
  try {
    const { data, address } = laptop;
    // It may die at any moment, and be back in the next.
    const [link, waiting] = await onceAvailable(
      async () => {
        ask.signal.throwIfAborted();
        return [await boardLink(data), await rulesWaiting(data, address)] as const;
      },
      systemClock,
      laptop.log,
    );
    const { url, project } = address;
    if (ask.json) ask.stdout.write(`${JSON.stringify({ url, project, link, rulesWaiting: waiting })}\n`);
    else ask.stdout.write(welcome(laptop, link, waiting));
    await untilAborted(ask.signal);
    say('Stopping everything …');
  } finally {
    await laptop.stop();
  }
  say('Nothing of it runs any more. The data stays; `rung up` goes on from it.');
}

export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
