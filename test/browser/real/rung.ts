import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { systemClock } from '../../../src/engine/clock.ts';
import { openClone } from '../../../src/story/commits.ts';
import { type Props, Stage } from '../../../src/story/stage.ts';
import { createTeller } from '../../../src/story/teller.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const main = join(root, 'src', 'main.ts');

/** A Rung that runs: the example project on this machine, and whoever plays the people and programs around it. */
export interface RealRung extends AsyncDisposable {
  /** Everybody else: whoever does not sit before the browser. */
  readonly stage: Stage;
  /** A link to sign in with, once. */
  link(): Promise<string>;
}

interface Tempo {
  /** How long 10 % are held; the example's own time is too short to click in. */
  readonly canary: string;
  /** Who owns this machine, as its Git says. */
  readonly owner: string;
  /** Other rules than the example's own. */
  readonly rules?: (projectFile: string) => string;
}

/** Starts `rung up` on the example in a folder of its own. */
export async function startRealRung(tempo: Tempo): Promise<RealRung> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-board-'));
  const place = {
    data: join(folder, 'data'),
    clone: join(folder, 'ladder'),
    example: join(folder, 'example'),
  };
  await prepare(place, tempo);
  const program = spawn(process.execPath, [main, 'up', '--data', place.data, '--json'], {
    cwd: place.clone,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  program.stderr.on('data', (text) => {
    said += String(text);
  });
  const ended = once(program, 'exit');
  const stop = async (): Promise<void> => {
    program.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const lines = createInterface({ input: program.stdout });
  const first = await Promise.race([once(lines, 'line'), ended.then(() => null)]);
  if (first === null) {
    await stop();
    throw new Error(`rung up came to nothing: ${said}`);
  }
  const props = await propsOf(place, JSON.parse(String(first[0])) as Pick<Props, 'url' | 'project'>);
  const stage = new Stage(props, createTeller({ write: () => true }, systemClock, false));
  return {
    stage,
    link: async () => (JSON.parse((await props.cli('open', '--json')).output) as { url: string }).url,
    [Symbol.asyncDispose]: async () => {
      await stage[Symbol.asyncDispose]();
      await stop();
    },
  };
}

interface Place {
  readonly data: string;
  readonly clone: string;
  /** The example at our tempo. */
  readonly example: string;
}

async function prepare(
  { data, clone, example }: Place,
  { canary, owner, rules = asItIs }: Tempo,
): Promise<void> {
  await mkdir(data, { mode: 0o700 });
  await mkdir(clone);
  await cp(join(root, 'examples', 'ladder'), example, { recursive: true });
  const file = join(example, 'rung.yaml');
  const text = await readFile(file, 'utf8');
  // A machine that many share is slow: a lease that runs out by itself would be another story.
  const ours = rules(text)
    .replace(/percent: 10, for: \w+/, `percent: 10, for: ${canary}`)
    .replace(/lease: \w+/, 'lease: 8s');
  await writeFile(file, ours);
  await writeFile(join(clone, 'rung.yaml'), ours);
  for (const line of [
    ['init', '--quiet'],
    ['config', 'user.email', owner],
  ])
    await run('git', line, { cwd: clone });
}

const asItIs = (projectFile: string): string => projectFile;

async function propsOf(place: Place, address: Pick<Props, 'url' | 'project'>): Promise<Props> {
  const { data, clone, example } = place;
  const props: Props = {
    ...address,
    token: await readFile(join(data, 'control', 'cli-token'), 'utf8'),
    pidOf: (program) => pidIn(join(data, 'run', `${program}.process.json`)),
    repository: join(data, 'repository.git'),
    clone,
    example,
    cli: async (...args) => {
      const { stdout } = await run(process.execPath, [main, ...args, '--data', data], { cwd: clone });
      return { code: 0, output: stdout };
    },
    clock: systemClock,
    signal: new AbortController().signal,
  };
  await openClone(props);
  return props;
}

function pidIn(file: string): number | null {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly pid: number }).pid;
  } catch {
    return null;
  }
}
