import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { exitCodeOf, Failure, isFailure } from '../domain/failure.ts';
import { systemClock } from '../engine/clock.ts';
import { createTeller, type Evidence, type Props, tellStory } from '../story/index.ts';
import { boardLink } from './board-link.ts';
import { programEnvironment, takeDatabaseUrl } from './environment.ts';
import { readOwn, writeOwn } from './files.ts';
import { cliToken, controlKey } from './keys.ts';
import { type Laptop, startLaptop } from './laptop.ts';
import { fileLog } from './log.ts';
import { packageFolder } from './own-package.ts';
import { ownCommand } from './own-programs.ts';
import { outliveReaders } from './outlive-readers.ts';
import { pinnedKeysFile } from './pinned-keys.ts';
import { untilAborted } from './up.ts';

const usage = `npm start                 the story on the example project, then it stays up until Ctrl-C
npm start -- --once       the story on fresh data, and then the end of it
npm start -- --data DIR   keep the data there instead of in .rung`;

/** `npm start`: the example project, and a release that climbs while you watch. */
export async function runStory(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      data: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  outliveReaders();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => stop.abort(new Failure('interrupted', 'interrupted', 'Stopped.')));
  // A closed terminal ends the story and nothing else: what serves goes on, and the next start finds it.
  process.on('SIGHUP', () => process.exit(129));
  try {
    const root = await folderFor(values.once, values.data);
    await using _folder = {
      [Symbol.asyncDispose]: async () => {
        if (values.once && values.data === undefined) await rm(root, { recursive: true, force: true });
      },
    };
    return await play(root, values.once, values.port, stop.signal);
  } catch (thrown) {
    return report(thrown);
  }
}

/** `--once` takes a fresh folder. */
async function folderFor(once: boolean, data: string | undefined): Promise<string> {
  if (data === undefined) return once ? mkdtemp(join(tmpdir(), 'rung-')) : resolve('.rung');
  const root = resolve(data);
  await mkdir(root, { recursive: true, mode: 0o700 });
  if (once && (await readdir(root)).length > 0)
    throw new Failure(
      'conflict',
      'data-not-empty',
      `${root} is not empty, and --once tells the story on fresh data.`,
      {
        wayOut: 'Name an empty folder, or none.',
      },
    );
  return root;
}

async function play(
  root: string,
  once: boolean,
  port: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  const teller = createTeller(process.stdout, systemClock, colour);
  const example = join(packageFolder, 'examples', 'ladder');
  const clone = join(root, 'example');
  const file = await exampleFile(clone, example);
  teller.chapter(
    'Rung, on this machine: real processes, a real PostgreSQL, real traffic. Seconds stand for hours here.',
  );
  const laptop = await teller.step('Database, control plane and four agents start', () =>
    startLaptop({
      dataFolder: root,
      file,
      port: port === undefined ? undefined : Number(port),
      replicas: 1,
      openLog: () => fileLog(join(root, 'logs', 'supervisor.log')),
      databaseUrl: takeDatabaseUrl(),
      signal,
      onStep: () => undefined,
    }),
  );
  try {
    if (!once) teller.aside(`The board: ${await boardLink(laptop.data)}`);
    if (await isTold(root))
      teller.aside('The story was told on this data already; everything goes on from where it stood.');
    else {
      await tellStory(await propsOf(laptop, clone, example, signal), await evidenceOf(laptop, file), teller);
      await writeOwn(toldFile(root), 'told\n');
    }
    process.stdout.write(`\n${teller.steps} steps held, in ${teller.seconds.toFixed(0)} s.\n`);
    if (once) return 0;
    process.stdout.write(await whatNext(laptop));
    await untilAborted(signal);
    process.stdout.write('\nStopping everything …\n');
    return 0;
  } finally {
    await laptop.stop();
  }
}

const toldFile = (root: string): string => join(root, 'story-told');
const isTold = async (root: string): Promise<boolean> => (await readOwn(toldFile(root))) !== null;

/** The project file is the one in the story's clone, as it would be for a user. */
async function exampleFile(clone: string, example: string): Promise<string> {
  const text = (await readOwn(join(clone, 'rung.yaml'))) ?? (await readOwn(join(example, 'rung.yaml'))) ?? '';
  await writeOwn(join(clone, 'rung.yaml'), text);
  return join(clone, 'rung.yaml');
}

async function propsOf(laptop: Laptop, clone: string, example: string, signal: AbortSignal): Promise<Props> {
  const { data, address, supervisor } = laptop;
  return {
    url: address.url,
    project: address.project,
    token: await cliToken(data),
    pidOf: (program) => supervisor.pids()[program] ?? null,
    repository: data.repository,
    clone,
    example,
    cli: (...args) =>
      commandLine([...args, ...(args.includes('verify') ? [] : ['--data', data.root])], clone),
    clock: systemClock,
    signal,
  };
}

function commandLine(args: readonly string[], cwd: string): Promise<{ code: number; output: string }> {
  const [program = '', ...first] = ownCommand;
  return new Promise((done) => {
    const options = { cwd, env: programEnvironment(), maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(program, [...first, ...args], options, (_error, stdout, stderr) =>
      done({ code: child.exitCode ?? 1, output: `${stdout}${stderr}` }),
    );
  });
}

async function evidenceOf({ data }: Laptop, projectFile: string): Promise<Evidence> {
  const folder = join(data.root, 'proof');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return { folder, pinnedKeys: pinnedKeysFile(projectFile), controlKey: (await controlKey(data)).privateKey };
}

async function whatNext(laptop: Laptop): Promise<string> {
  const rung = 'npx rung';
  return `
It stays up until Ctrl-C. What to do now:

  Open the board (this link works once):
    ${await boardLink(laptop.data)}
  In another terminal, in this folder:
    ${rung} status                                how it stands
    ${rung} why 1.2.0 --to prod                   every reason, and who can lift it
    ${rung} log                                   what happened
    ${rung} promote 1.3.0 --to prod --as ada@example.org --dry-run
  Your own project: rung init, then rung up, beside your repository's code.
`;
}

function report(thrown: unknown): number {
  if (!isFailure(thrown)) throw thrown;
  process.stderr.write(`\n${thrown.message}\n${thrown.wayOut === undefined ? '' : `  ${thrown.wayOut}\n`}`);
  return thrown.kind === 'interrupted' ? 0 : exitCodeOf(thrown.kind);
}
