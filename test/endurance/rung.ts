import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  answerOf,
  type BoardView,
  type Client,
  createClient,
  type EnvironmentView,
  type EventView,
} from '../../src/client/index.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { type ProcessRecord, isRunning, readRecords } from '../../src/protocol/process-record.ts';
import { isAlive } from '../../src/supervisor/postgres-process.ts';
import { answeringAddress } from '../../src/cli/find/answering.ts';
import { ownPrograms } from '../../scripts/tasks/own-programs.mjs';
import { processesNaming } from './processes.ts';
import { projectFiles } from './project.ts';

/** As `npx rung` starts it. */
const entry = await ownPrograms();
const run = promisify(execFile);

export interface RungOptions {
  /** Name of the data folder in the test's own folder. */
  readonly dataName?: string;
  readonly files?: Readonly<Record<string, string>>;
}

export interface UpOptions {
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Put before the command. */
  readonly within?: readonly string[];
}

/** `rung up` as a person has it: processes of its own, reached by command line and API alone. */
export class Rung implements AsyncDisposable {
  readonly folder: string;
  readonly data: string;
  readonly clone: string;
  readonly ups: Up[] = [];

  private constructor(folder: string, dataName: string) {
    this.folder = folder;
    this.data = join(folder, dataName);
    this.clone = join(folder, 'p');
  }

  static async prepare({ dataName = 'd', files = projectFiles() }: RungOptions = {}): Promise<Rung> {
    const rung = new Rung(await mkdtemp(join(tmpdir(), 'rung-e-')), dataName);
    await mkdir(rung.clone);
    await rung.git('init', '--quiet', '--initial-branch', 'develop');
    await rung.git('config', 'user.email', 'ada@example.org');
    await rung.git('config', 'user.name', 'Ada');
    await rung.write(files);
    return rung;
  }

  static async start(options: RungOptions = {}): Promise<Rung> {
    const rung = await Rung.prepare(options);
    await rung.up().isReady;
    return rung;
  }

  up(given: UpOptions = {}): Up {
    const { args = [], within = [] } = given;
    const where = args.includes('--data') ? [] : ['--data', this.data];
    const up = ['up', '--json', '--file', join(this.clone, 'rung.yaml'), ...where, ...args];
    const [program = '', ...rest] = [...within, process.execPath, entry, ...up];
    const env = { ...process.env, ...given.env };
    const one = new Up(spawn(program, rest, { cwd: this.folder, env }));
    this.ups.push(one);
    return one;
  }

  /** One command, as typed; `--data` is added. */
  cli(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
    return this.typed([...args, '--data', this.data]);
  }

  /** What an auditor does, who has the two files and the pinned keys alone. */
  verify(log: string, heads: string): Promise<{ readonly code: number; readonly output: string }> {
    const keys = join(this.clone, 'rung.keys.yaml');
    return this.typed(['audit', 'verify', log, '--heads', heads, '--keys', keys]);
  }

  /** A command that knows of no data folder. */
  typed(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
    return new Promise((done) => {
      const child = execFile(
        process.execPath,
        [entry, ...args],
        { cwd: this.clone },
        (_error, stdout, stderr) => done({ code: child.exitCode ?? 1, output: stdout + stderr }),
      );
    });
  }

  async git(...args: readonly string[]): Promise<void> {
    await run('git', [...args], { cwd: this.clone });
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.clone, name)), { recursive: true });
      await writeFile(join(this.clone, name), text);
    }
  }

  /** Commits everything and merges it into develop, as a developer would. */
  async merge(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '--message', message);
    await this.git('push', '--quiet', join(this.data, 'repository.git'), 'HEAD:develop');
  }

  /** Of a control plane that answers. */
  async address(): Promise<{ readonly url: string; readonly project: string }> {
    const { url, project } = await answeringAddress(this.data);
    if (project === null) throw new Error('no project yet');
    return { url, project };
  }

  /** Of this machine's command line. */
  async token(): Promise<string> {
    return (await readFile(join(this.data, 'control', 'cli-token'), 'utf8')).trim();
  }

  async as(member: string): Promise<Client> {
    const token = await this.token();
    const { url } = await this.address();
    return createClient({ baseUrl: url, token, actAs: `${member}@example.org` });
  }

  async board(): Promise<BoardView> {
    const { project } = await this.address();
    const client = await this.as('ada');
    return answerOf(client.GET('/api/v1/projects/{project}/board', { params: { path: { project } } }));
  }

  /** What the log says of an environment, oldest first, of the last 200 events. */
  async events(environment: string): Promise<readonly EventView[]> {
    const { project } = await this.address();
    const client = await this.as('ada');
    const params = { path: { project }, query: { environment, limit: 200 } };
    const page = await answerOf(client.GET('/api/v1/projects/{project}/log', { params }));
    return page.items.toReversed();
  }

  async environment(name: string): Promise<EnvironmentView> {
    const { project } = await this.address();
    const client = await this.as('ada');
    const params = { path: { project, name } };
    return answerOf(client.GET('/api/v1/projects/{project}/environments/{name}', { params }));
  }

  /** Else says what does. */
  async runs(name: string, version: string): Promise<void> {
    await until(`${version} in ${name}`, async () => {
      const seen = await this.environment(name);
      if (seen.release?.version === version && seen.health === 'healthy') return true;
      throw new Error(await this.#toldOf(seen));
    });
  }

  /** With no rollout there any more; else says what there is. */
  async runsAlone(name: string, version: string, withinMs?: number): Promise<void> {
    await until(`${version} alone in ${name}`, () => this.#alone(name, version), withinMs);
  }

  /** `runsAlone`, where what happens to it may hold it, and once more after that: a person resumes it each time. */
  async runsAloneResumed(name: string, version: string, note: string): Promise<void> {
    const look = async (): Promise<true> => {
      const isHeld = (await this.rolloutsIn(name)).some(({ phase }) => phase === 'held');
      if (isHeld) await this.cli('resume', name, '--note', note);
      return this.#alone(name, version);
    };
    await until(`${version} alone in ${name}`, look, 120_000);
  }

  /** The states of those that have not ended. */
  async rolloutsIn(name: string): Promise<readonly BoardView['rollouts'][number]['state'][]> {
    const { rollouts } = await this.board();
    return rollouts.flatMap(({ environment, state }) => (environment === name ? [state] : []));
  }

  async #alone(name: string, version: string): Promise<true> {
    const seen = await this.environment(name);
    if (seen.release?.version === version && seen.rollout === null) return true;
    throw new Error(await this.#toldOf(seen));
  }

  async #toldOf({ name, release, health, rollout, troubles }: EnvironmentView): Promise<string> {
    const states = rollout === null ? [] : await this.rolloutsIn(name);
    const rest = JSON.stringify({ health, rollouts: states, troubles });
    return `${release?.version ?? 'nothing'} runs there; ${rest}`;
  }

  async urlOf(environment: string, service = 'web'): Promise<string> {
    return until(`address of ${service} in ${environment}`, async () => {
      const { services } = await this.environment(environment);
      return Array.from(services).find((one) => one.service === service)?.url;
    });
  }

  /** What runs of the supervisor's own programs, by name. */
  async programs(): Promise<Readonly<Record<string, number>>> {
    return living(await readRecords(join(this.data, 'run')));
  }

  /** Instances of services, of every environment, by name. */
  async instances(): Promise<Readonly<Record<string, number>>> {
    return this.#inEnvironments('instances', () => true);
  }

  /** Rooms and gateways' keepers, by environment and name. */
  async inner(): Promise<Readonly<Record<string, number>>> {
    return this.#inEnvironments('run', () => true);
  }

  /** Of the gateway itself, which its keeper starts. */
  async gatewayPid(environment: string): Promise<number | undefined> {
    const mine = join(this.data, 'environments', environment);
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))) {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const [program, ...args] = line.split('\0');
      const isGateway = program === process.execPath && args.some((one) => one.includes('/gateway/main.'));
      if (isGateway && args.includes(mine)) return Number(pid);
    }
    return undefined;
  }

  async #inEnvironments(
    folder: string,
    wanted: (record: ProcessRecord) => boolean,
  ): Promise<Readonly<Record<string, number>>> {
    const places = join(this.data, 'environments');
    const names = await readdir(places).catch(() => [] as string[]);
    const found = await Promise.all(
      names.map(async (name) => {
        const alive = await living((await readRecords(join(places, name, folder))).filter(wanted));
        return Object.entries(alive).map(([record, pid]) => [`${name}/${record}`, pid] as const);
      }),
    );
    return Object.fromEntries(found.flat());
  }

  /** Command lines of every process whose command line or environment names our folder. */
  async leftovers(): Promise<readonly string[]> {
    return (await processesNaming(this.folder)).map(({ line }) => line);
  }

  /** All that runs, at once and with SIGKILL; and what somebody started again just before it was killed itself. */
  async killEverything(): Promise<void> {
    const all = async (): Promise<readonly number[]> =>
      (await processesNaming(this.folder)).map(({ pid }) => pid);
    for (let pids = await all(); pids.length > 0; pids = await all())
      for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await Promise.all(this.ups.splice(0).map((up) => up.ended));
  }

  async log(name: string): Promise<string> {
    return readFile(join(this.data, 'logs', `${name}.log`), 'utf8').catch(() => '');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const up of this.ups) up.process.kill('SIGKILL');
    await this.cli('down');
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function living(records: readonly ProcessRecord[]): Promise<Readonly<Record<string, number>>> {
  const alive = await Promise.all(records.map(isRunning));
  return Object.fromEntries(
    records.flatMap(({ name, pid }, index) => (alive[index] === true ? [[name, pid] as const] : [])),
  );
}

/** A `rung up` that was started. */
export class Up {
  readonly process: ChildProcess;
  /** Everything it said on both streams. */
  said = '';
  readonly #out = Promise.withResolvers<void>();
  readonly ended: Promise<number>;
  /** Rejects with what it said when it ends before it is up. */
  readonly isReady: Promise<void>;

  constructor(child: ChildProcess) {
    this.process = child;
    child.stdout?.on('data', (chunk: Buffer) => {
      this.said += chunk.toString();
      if (this.said.includes('"link"')) this.#out.resolve();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.said += chunk.toString();
    });
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => {
        this.#out.reject(new Error(`rung up ended with ${code}: ${this.said}`));
        resolve(code ?? -1);
      });
    });
    this.isReady = this.#out.promise;
    this.isReady.catch(() => undefined);
  }
}

/** Looks until it holds; what is thrown meanwhile is part of waiting. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  withinMs = 90_000,
): Promise<T> {
  const deadlineMs = systemClock.monotonicMs() + withinMs;
  let last: unknown = null;
  for (;;) {
    const found = await look().catch((thrown: unknown) => {
      last = thrown;
      return null;
    });
    if (found !== null && found !== undefined && found !== false) return found;
    if (systemClock.monotonicMs() > deadlineMs)
      throw new Error(`waited ${withinMs / 1000} s in vain for ${what}`, { cause: last });
    await systemClock.sleep(50);
  }
}
