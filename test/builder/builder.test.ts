import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routeBodyBytes } from '../../src/api/limits.ts';
import type { BuilderApi, NewRelease, WantedBuild } from '../../src/builder/api.ts';
import { type BuilderParts, runBuilder } from '../../src/builder/builder.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { Digest } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { nextVersion } from '../../src/domain/version.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { folderStore } from '../../src/providers/folder-store/store.ts';
import { unpackArtifact } from '../../src/providers/folder-store/unpack.ts';
import { createBare } from '../../src/providers/git/create.ts';
import { localForge } from '../../src/providers/git/forge.ts';

const exec = promisify(execFile);
const example = new URL('../../examples/ladder/', import.meta.url).pathname;
let top: string;
let work: string;
let bare: string;
let objects: ObjectStore;

async function git(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return (await exec('git', ['-C', work, ...person, ...args], { env })).stdout.trim();
}

async function pushed(message: string): Promise<WantedBuild> {
  await git('add', '-A');
  await git('commit', '-q', '--allow-empty', '-m', message);
  await git('push', '-q', 'rung', 'develop');
  return {
    tree: await git('rev-parse', 'HEAD^{tree}'),
    commit: await git('rev-parse', 'HEAD'),
    branch: 'develop',
  };
}

/** A control plane that knows builds and nothing else, with a real object store. */
class Desk implements BuilderApi {
  readonly releases: (NewRelease & { readonly version: string })[];
  readonly failed: string[] = [];
  readonly #wanted: WantedBuild[];
  readonly #done = new AbortController();
  #troubles: number;

  constructor(wanted: readonly WantedBuild[], troubles = 0, releases: Desk['releases'] = []) {
    this.releases = releases;
    this.#wanted = [...wanted];
    this.#troubles = troubles;
  }
  kill(): void {
    this.#done.abort();
    throw new Error('killed');
  }
  get done(): AbortSignal {
    return this.#done.signal;
  }
  async wantedBuilds(): Promise<readonly WantedBuild[]> {
    const next = this.#wanted.splice(0, 1);
    if (next.length === 0) this.#done.abort();
    return next;
  }
  async claim(): Promise<void> {}
  async fail(_: string, detail: string): Promise<void> {
    this.failed.push(detail);
  }
  async putArtifact(digest: Digest, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    this.#troubles -= 1;
    if (this.#troubles >= 0) throw new Failure('unavailable', 'away', 'The control plane is away.');
    await objects.put(digest, bytes);
  }
  async lastRelease(): Promise<{ version: string; commit: string } | null> {
    return this.releases.at(-1) ?? null;
  }
  async createRelease(release: NewRelease): Promise<{ version: string; commit: string }> {
    const version = nextVersion(this.releases.at(-1)?.version ?? null, release.commits);
    this.releases.push({ ...release, version });
    return { version, commit: release.commit };
  }
}

const build = (desk: Desk, commandTimeoutMs = 30_000, instead: Partial<BuilderParts> = {}): Promise<void> =>
  runBuilder({
    api: desk,
    forge: localForge(bare),
    clock: systemClock,
    log: silentLog,
    signal: desk.done,
    parse: parseProjectFile,
    folder: join(top, 'builder'),
    commandTimeoutMs,
    ...instead,
  });

async function projectFile(change: (text: string) => string): Promise<void> {
  const path = join(work, 'rung.yaml');
  await writeFile(path, change(await readFile(path, 'utf8')));
}

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-builder-'));
  objects = folderStore({ folder: join(top, 'objects') });
});
beforeEach(async () => {
  const folder = await mkdtemp(join(top, 'project-'));
  bare = join(folder, 'repository');
  work = join(folder, 'work');
  await createBare(bare);
  await mkdir(work);
  await git('init', '-q', '-b', 'develop');
  await git('remote', 'add', 'rung', bare);
  for (const one of ['rung.yaml', 'services'])
    await cp(join(example, one), join(work, one), { recursive: true });
});
afterAll(() => rm(top, { recursive: true, force: true }));

describe('the builder', () => {
  it('makes releases of the example, with digests, version, notes and tag (REL-5)', async () => {
    const first = await pushed('feat: open the shop');
    await cp(join(example, 'story/1.1.0/files'), work, { recursive: true });
    const second = await pushed(await readFile(join(example, 'story/1.1.0/message.txt'), 'utf8'));
    const desk = new Desk([first, second]);
    await build(desk);
    expect(desk.failed).toEqual([]);
    expect(desk.releases.map(({ version, tree, commits }) => [version, tree, commits.length])).toEqual([
      ['1.0.0', first.tree, 1],
      ['1.1.0', second.tree, 1],
    ]);
    expect(await localForge(bare).versions()).toEqual([
      { version: '1.0.0', commit: first.commit },
      { version: '1.1.0', commit: second.commit },
    ]);
    expect(await readdir(join(top, 'builder'))).toEqual([]);
  });

  it('tags a release that a builder was killed before it tagged, and counts from there', async () => {
    const first = await pushed('feat: open the shop');
    const killed = new Desk([first]);
    const forge = localForge(bare);
    const tag = async (): Promise<void> => killed.kill();
    await build(killed, 30_000, { forge: { ...forge, tag } });
    await writeFile(join(work, 'more'), '');
    const second = await pushed('fix: mend it');
    const desk = new Desk([second], 0, killed.releases);
    await build(desk);
    expect(desk.releases.at(-1)).toMatchObject({ version: '1.0.1', commits: [{ message: 'fix: mend it' }] });
    expect((await forge.versions()).map(({ version }) => version)).toEqual(['1.0.0', '1.0.1']);
  });

  it('tells of no more commits than a release takes, the newest of them', async () => {
    const desk = new Desk([await pushed('feat: open the shop')]);
    const message = `fix: ${'x'.repeat(20_000)}`;
    const all = Array.from({ length: 1000 }, (_, at) => ({ id: String(at), message, author: 'Ada' }));
    const commitsBetween = async () => all;
    await build(desk, 30_000, { forge: { ...localForge(bare), commitsBetween } });
    const [made] = desk.releases;
    expect(JSON.stringify(made).length).toBeLessThan(routeBodyBytes.release);
    expect(made?.commits.length).toBeGreaterThan(250);
    expect(made?.commits.at(-1)?.id).toBe('999');
  });

  it('gives the same tree the same digests, and puts the descriptor in', async () => {
    const wanted = await pushed('feat: open the shop');
    const desk = new Desk([wanted, wanted]);
    await build(desk);
    const [first, again] = desk.releases;
    expect(again?.services).toEqual(first?.services);
    const digest = first?.services['orders']?.artifact ?? ('' as Digest);
    const folder = join(top, 'unpacked');
    await unpackArtifact(objects.get(digest), digest, folder);
    expect(JSON.parse(await readFile(join(folder, '.rung/service.json'), 'utf8'))).toMatchObject({
      rung: 1,
      service: 'orders',
      run: ['node', 'server.js'],
      smoke: ['node', 'smoke.js'],
      probe: { path: '/orders', perSecond: 5 },
    });
  });

  it('shows build commands no variable of its own', async () => {
    process.env['RUNG_TOKEN'] = 'secret-of-the-builder';
    await writeFile(
      join(work, 'services/web/build.mjs'),
      "import { writeFileSync } from 'node:fs'; writeFileSync('seen.json', JSON.stringify(process.env));",
    );
    await projectFile((text) =>
      text.replace('    path: services/web\n', '    path: services/web\n    build: [node, build.mjs]\n'),
    );
    const desk = new Desk([await pushed('feat: build')]);
    await build(desk).finally(() => delete process.env['RUNG_TOKEN']);
    expect(desk.failed).toEqual([]);
    const digest = desk.releases[0]?.services['web']?.artifact ?? ('' as Digest);
    const folder = join(top, 'seen');
    await unpackArtifact(objects.get(digest), digest, folder);
    const seen = JSON.parse(await readFile(join(folder, 'seen.json'), 'utf8')) as Record<string, string>;
    expect(Object.keys(seen).toSorted()).toEqual([
      'CI',
      'HOME',
      'LANG',
      'PATH',
      'SOURCE_DATE_EPOCH',
      'TMPDIR',
      'TZ',
    ]);
  });

  it.each([
    [
      'exits badly',
      "console.log('no such module'); process.exit(3)",
      /ended with exit code 3.\nno such module/,
    ],
    ['never ends', 'setInterval(() => {}, 1000)', /took longer than 1 s/, 1000],
    [
      'floods its output',
      "for (let i = 0; i < 1e5; i++) console.log('x'.repeat(100)); process.exit(1)",
      /exit code 1/,
    ],
  ])(
    'says why a build command that %s is no release, and goes on (REL-14)',
    async (_, script, detail, withinMs = 60_000) => {
      const good = await pushed('feat: open the shop');
      await writeFile(join(work, 'services/web/build.mjs'), script);
      await projectFile((text) =>
        text.replace('    path: services/web\n', '    path: services/web\n    build: [node, build.mjs]\n'),
      );
      const desk = new Desk([await pushed('feat: break the build'), good]);
      await build(desk, withinMs);
      expect(desk.failed).toEqual([expect.stringMatching(detail)]);
      expect(desk.failed[0]?.length).toBeLessThan(8001);
      expect(desk.releases.map(({ tree }) => tree)).toEqual([good.tree]);
    },
  );

  it.each([
    [
      'a project file with a mistake',
      (text: string) => text.replace('tier: testing', 'tier: testng'),
      /rung.yaml:48:11 .*Did you mean "testing"/,
    ],
    [
      'a service without its folder',
      (text: string) => text.replace('services/web', 'services/wub'),
      /no folder services\/wub/,
    ],
    [
      'a program that is not there',
      (text: string) =>
        text.replace('    path: services/web\n', '    path: services/web\n    build: [no-such-program]\n'),
      /names a program that is not there/,
    ],
  ])('names %s as the reason (REL-14)', async (_, change, detail) => {
    await projectFile(change);
    const desk = new Desk([await pushed('feat: a mistake')]);
    await build(desk);
    expect(desk.failed).toEqual([expect.stringMatching(detail)]);
  });

  it('waits for a control plane that is away for a moment', async () => {
    const desk = new Desk([await pushed('feat: open the shop')], 2);
    await build(desk);
    expect(desk.releases).toHaveLength(1);
    expect(desk.failed).toEqual([]);
    // An artifact that nobody took stays on the disk for as long as it is open.
    expect(await openFilesIn(top)).toEqual([]);
  });

  it('calls a disk that stays full by its name, and no defect', async () => {
    const desk = new Desk([await pushed('feat: open the shop')]);
    let tries = 0;
    const checkout = async (): Promise<void> => {
      tries += 1;
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    const atOnce = { ...systemClock, sleep: async () => undefined };
    await build(desk, 1000, { forge: { ...localForge(bare), checkout }, clock: atOnce });
    expect(tries).toBe(8);
    expect(desk.failed).toEqual([expect.stringMatching(/^The disk with .* is full\.\n.*an empty commit/u)]);
  });
});

async function openFilesIn(folder: string): Promise<readonly string[]> {
  const open = await readdir('/proc/self/fd').catch(() => []);
  const paths = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return paths.filter((path) => path.startsWith(folder));
}
