import { join } from 'node:path';
import type { UpAsk } from '../cli/programs.ts';
import { boardLink } from './board-link.ts';
import { takeDatabaseUrl } from './environment.ts';
import { fileLog } from './log.ts';
import { type Laptop, startLaptop } from './laptop.ts';
import { outliveReaders } from './outlive-readers.ts';

/** `rung up`: everything on this machine, until Ctrl-C. */
export async function up(ask: UpAsk): Promise<void> {
  outliveReaders();
  const say = (line: string): void => void ask.stderr.write(`${line}\n`);
  const laptop = await startLaptop({
    dataFolder: ask.dataFolder,
    file: ask.file,
    port: ask.port,
    openLog: () => fileLog(join(ask.dataFolder, 'logs', 'supervisor.log')),
    databaseUrl: takeDatabaseUrl(),
    signal: ask.signal,
    onStep: (step) => say(`${step} …`),
  });
  try {
    const link = await boardLink(laptop.data);
    if (ask.json)
      ask.stdout.write(
        `${JSON.stringify({ url: laptop.address.url, project: laptop.address.project, link })}\n`,
      );
    else ask.stdout.write(welcome(laptop, link));
    await untilAborted(ask.signal);
    say('Stopping everything …');
  } finally {
    await laptop.stop();
  }
  say('Nothing of it runs any more. The data stays; `rung up` goes on from it.');
}

function welcome({ data, address, file, owner }: Laptop, link: string): string {
  const environments = Object.entries(file.environments);
  const first = environments.find(([, spec]) => spec.source !== undefined);
  const push =
    first === undefined
      ? ''
      : `
  Bring in what you have:      git push ${data.repository} HEAD:${first[1].source ?? 'main'}`;
  return `
  ${file.project} is up: ${environments.map(([name]) => name).join(' → ')}

  The board (works once):      ${link}
  Another link, any time:      rung open
${push}
  How it stands:               rung status
  Who you are here:            ${owner} (this machine's Git says so)
  Address of the API:          ${address.url}

  Ctrl-C stops everything and keeps the data in ${data.root}
`;
}

export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
