import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToApi } from '../../src/cli/api-client.ts';
import { runCli } from '../../src/cli/run.ts';
import type { Programs } from '../../src/cli/programs.ts';
import { createApi } from '../../src/api/index.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import type { ActorId, ProjectId } from '../../src/domain/ids.ts';
import { generateSigningKey } from '../../src/domain/keys.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { createIds } from '../../src/engine/ids.ts';
import { createControlPlane } from '../../src/lifecycle/control-plane.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import type { Caller, ControlPlane } from '../../src/lifecycle/face.ts';
import { createKnownAgents } from '../../src/lifecycle/known-agents.ts';
import { createFigures, type Parts } from '../../src/lifecycle/parts.ts';
import { evidenceReaders, readerFor } from '../../src/providers/evidence/index.ts';
import { folderStore } from '../../src/providers/folder-store/store.ts';
import { createLaptopIdentity, createSignInFolder } from '../../src/providers/laptop-identity/index.ts';
import { openMemory } from '../../src/store/memory/store.ts';
import type { Ran } from './terminal.ts';

export interface Laptop {
  readonly project: ProjectId;
  readonly controlPlane: ControlPlane;
  /** Runs a command as somebody would type it in the folder of the project. */
  readonly rung: (...words: readonly string[]) => Promise<Ran>;
  /** The same, until the signal is aborted, with each line as it is printed. */
  readonly follow: (
    words: readonly string[],
    signal: AbortSignal,
    onLine: (line: string) => void,
  ) => Promise<Ran>;
  /** Stops the API, and leaves the data folder as a crash would. */
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const clock = systemClock;
const owner = 'you@localhost' as ActorId;
const token = 'a-token-of-this-laptop-alone-43-characters-x';
const builder: Caller = {
  actor: { kind: 'token', id: 'builder' as ActorId, name: 'builder' },
  scopes: ['build'],
  person: null,
};

/** The real API and control plane of the example project over a store in memory; nothing runs in its environments. */
export async function laptop(): Promise<Laptop> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-cli-'));
  const { store } = openMemory({ clock });
  const chaining = store.onAppended((project) => void store.chain(project));
  const parts: Parts = {
    store,
    clock,
    newId: createIds(clock),
    readers: { known: evidenceReaders, guess: readerFor },
    objects: folderStore({ folder: join(folder, 'objects') }),
    figures: createFigures(),
    agents: createKnownAgents(clock, store),
    publicKey: generateSigningKey().publicKey,
  };
  const controlPlane = createControlPlane(parts);
  const bytes = await readFile(join(import.meta.dirname, '../../examples/ladder/rung.yaml'));
  const { file, text, digest } = parseProjectFile(bytes, 'rung.yaml');
  const by = { kind: 'person', id: owner } as const;
  const { project } = await declareProject(parts, { file, text, digest, branch: 'main', keys: {}, by });
  await firstRelease(controlPlane, project);
  const memory = createSignInFolder(join(folder, 'sign-ins'), clock);
  const identity = createLaptopIdentity({ clock, memory });
  const api = await createApi({
    controlPlane,
    clock,
    log: silentLog,
    identity,
    signInMemory: memory,
    sessionKey: new Uint8Array(32).fill(7),
    listen: { host: '127.0.0.1', port: 0 },
    webFolder: null,
    laptop: { owner, links: identity, token: Buffer.from(token) },
  });
  await writeDataFolder(folder, api.address);
  return {
    project,
    controlPlane,
    rung: (...words) => run(folder, words, new AbortController().signal),
    follow: (words, signal, onLine) => run(folder, words, signal, onLine),
    stop: () => api.close(),
    close: async () => {
      await api.close();
      chaining[Symbol.dispose]();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function firstRelease(controlPlane: ControlPlane, project: ProjectId): Promise<void> {
  const bytes = Buffer.from('an archive');
  const artifact = digestOf(bytes);
  await controlPlane.putArtifact(project, artifact, bytesOf(bytes), builder);
  const tree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
  const commits = [{ id: tree, message: 'feat: take orders', author: 'ada@example.org' }];
  const services = { web: { artifact }, orders: { artifact } };
  await controlPlane.createRelease(
    project,
    { tree, commit: tree, branch: 'develop', services, commits },
    builder,
  );
}

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function writeDataFolder(folder: string, url: string): Promise<void> {
  await mkdir(join(folder, '.rung', 'run'), { recursive: true });
  await mkdir(join(folder, '.rung', 'control'));
  await writeFile(join(folder, '.rung', 'run', 'address.json'), JSON.stringify({ url, project: 'ladder' }));
  await writeFile(join(folder, '.rung', 'control', 'cli-token'), `${token}\n`, { mode: 0o600 });
}

async function run(
  cwd: string,
  words: readonly string[],
  signal: AbortSignal,
  onLine: (line: string) => void = () => {},
): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const exitCode = await runCli(words, {
    stdout: {
      write: (text) => {
        const line = Buffer.from(text as Uint8Array).toString();
        written.stdout += line;
        onLine(line);
      },
    },
    stderr: { write: (text) => (written.stderr += text) },
    stdin: Object.assign(process.stdin, { isTTY: false }),
    env: {},
    cwd,
    clock,
    programs: { version: '1.2.3' } as Programs,
    connect: connectToApi,
    signal,
    timeZone: 'UTC',
  });
  return { exitCode, ...written, bytes: Buffer.from(written.stdout) };
}
