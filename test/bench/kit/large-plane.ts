import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { ownPrograms } from '../../../scripts/tasks/own-programs.mjs';
import type { ActorId, ProjectId } from '../../../src/domain/ids.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { parseProjectFile } from '../../../src/lifecycle/declare/parse.ts';
import { cliToken } from '../../../src/main/keys.ts';
import { type DataFolder, dataFolder } from '../../../src/main/data-folder.ts';
import { writeOptions } from '../../../src/main/options.ts';
import { roleFlags } from '../../../src/main/own-programs.ts';
import { createBare } from '../../../src/providers/git/create.ts';
import type { RunningPostgres } from '../../../src/supervisor/postgres.ts';
import { openCountedPostgres } from './counted-postgres.ts';

/** A PostgreSQL that counts its statements, and the folder of a project with that many environments. */
export interface LargePlane extends AsyncDisposable {
  readonly data: DataFolder;
  readonly postgres: RunningPostgres;
  readonly database: Client;
  /** Writes the project file, of so many environments; `more` is put into each. */
  declare(environments: number, more?: string): Promise<void>;
  /** The control plane as a process of its own, once it answers. */
  start(): Promise<RunningPlane>;
}

export interface RunningPlane extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
  readonly project: ProjectId;
  ask(path: string): Promise<unknown>;
}

export const owner = 'ada@example.org' as ActorId;
const rungs = ['dev', 'test', 'sit', 'prod'] as const;

export const environmentNames = (environments: number): readonly string[] =>
  Array.from({ length: environments }, (_, index) => `${rungs[index % 4]}-${Math.floor(index / 4)}`);

/** Ladders of four rungs each. */
export function projectText(environments: number, more = ''): string {
  const names = environmentNames(environments);
  const pipelines = Map.groupBy(names.entries(), ([index]) => Math.floor(index / 4));
  return [
    'rung: 1',
    'project: large',
    `roles:\n  engineering-lead: { members: [${owner}, bo@example.org], contact: "#leads" }`,
    'services:\n  web: { path: services/web, run: [node, server.js], health: /healthz }',
    'environments:',
    ...names.map((name) => `  ${name}: { ${wordsOf(name)}${more} }`),
    'pipelines:',
    ...[...pipelines].map(([ladder, steps]) =>
      [
        `  p${ladder}:`,
        steps.map(([, name]) => `    - environment: ${name}${gatesOf(name)}`).join('\n'),
      ].join('\n'),
    ),
    '',
  ].join('\n');
}

const tiers: Readonly<Record<string, string>> = {
  dev: 'development',
  test: 'staging',
  sit: 'staging',
  prod: 'production',
};
const wordsOf = (name: string): string =>
  `tier: ${tiers[name.split('-')[0] ?? ''] ?? 'development'}, source: main`;
const gatesOf = (name: string): string =>
  name.startsWith('prod') ? '\n      approvals: { count: 1, from: [engineering-lead] }' : '';

/** `settings`: further ones, of PostgreSQL. */
export async function openLargePlane(settings: Readonly<Record<string, string>> = {}): Promise<LargePlane> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'rung-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const data = dataFolder(join(folder, 'd'));
  await mkdir(data.run, { recursive: true, mode: 0o700 });
  const { server: postgres, database } = stack.use(await openCountedPostgres(data.postgres, settings));
  await createBare(data.repository);
  const file = join(folder, 'rung.yaml');
  await writeOptions(data, {
    file,
    branch: 'main',
    owner,
    host: '127.0.0.1',
    port: null,
    databaseUrl: postgres.url,
  });
  const moved = stack.move();
  return {
    data,
    postgres,
    database,
    declare: (environments, more) => writeFile(file, projectText(environments, more)),
    start: () => startPlane(data),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

async function startPlane(data: DataFolder): Promise<RunningPlane> {
  await rm(join(data.run, 'address.json'), { force: true });
  const flags = roleFlags('control-plane');
  const child = spawn(
    process.execPath,
    [...flags, await ownPrograms(), 'program', 'control-plane', data.root],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    },
  );
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    const { url, project } = await addressOf(data, child);
    const token = await cliToken(data);
    const ask = async (path: string): Promise<unknown> => {
      const answer = await fetch(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    };
    return { pid: child.pid ?? 0, url, token, project, ask, [Symbol.asyncDispose]: stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

interface Address {
  readonly url: string;
  readonly project: ProjectId;
}

async function addressOf(data: DataFolder, child: ChildProcess): Promise<Address> {
  while (child.exitCode === null) {
    const text = await readFile(join(data.run, 'address.json'), 'utf8').catch(() => null);
    if (text !== null) return JSON.parse(text) as Address;
    await systemClock.sleep(50);
  }
  throw new Error(`the control plane ended with ${child.exitCode}`);
}

export const parsedProject = (environments: number, more?: string) =>
  parseProjectFile(new TextEncoder().encode(projectText(environments, more)), 'rung.yaml');
