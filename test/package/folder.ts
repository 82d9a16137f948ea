import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What npm tells its scripts is not for the npm, and the Rung, of somebody else's folder. */
const environment = Object.fromEntries(
  Object.entries(process.env)
    .filter(([name]) => !/^(?:npm_|RUNG_|NODE_|VITEST|DATABASE_URL)/u.test(name))
    .map(([name, value]) => [name, name === 'PATH' ? withoutOurTools(value ?? '') : value]),
);

/** The user's machine has the `node` of its own, not ours. */
function withoutOurTools(path: string): string {
  const isOurs = (place: string): boolean => place.includes(join('node_modules', '.bin'));
  return path
    .split(delimiter)
    .filter((place) => !isOurs(place))
    .join(delimiter);
}

/** Runs a program in a folder as a user would, and gives what it prints. Throws with its complaints. */
export async function typed(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(program, args, { cwd: folder, env: environment, maxBuffer: 64 * 2 ** 20 });
  return stdout;
}

export interface Started {
  readonly process: ChildProcess;
  /** The first line that it printed. */
  readonly firstLine: string;
  readonly exited: Promise<number | null>;
}

/** Starts a program that stays, and waits for its first line. Throws with its complaints when it ends before. */
export async function startedIn(
  folder: string,
  program: string,
  ...args: readonly string[]
): Promise<Started> {
  const child = spawn(program, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => void (complaints += chunk));
  const lines = createInterface({ input: child.stdout });
  const firstLine = await Promise.race([
    once(lines, 'line').then(([line]) => line as string),
    exited.then((code) => {
      throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${complaints}`);
    }),
  ]);
  return { process: child, firstLine, exited };
}

/** Every process whose command line names the folder (Linux). */
export async function processesOf(folder: string): Promise<string[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const commands = await Promise.all(
    numbers.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.map((one) => one.replaceAll('\0', ' ').trim()).filter((one) => one.includes(folder));
}
