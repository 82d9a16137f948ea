import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextVersion } from '../../src/domain/version.ts';

const example = new URL('../../examples/ladder/', import.meta.url).pathname;
const versions = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'] as const;
type Version = (typeof versions)[number];
let top: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-example-'));
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(top, { recursive: true, force: true });
});

/** The project as the story has it at a release: every overlay up to it, one over the other. */
async function projectAt(version: Version): Promise<string> {
  const folder = await mkdtemp(join(top, 'project-'));
  await cp(join(example, 'services'), join(folder, 'services'), { recursive: true });
  for (const one of versions.slice(1, versions.indexOf(version) + 1)) {
    await cp(join(example, 'story', one, 'files'), folder, { recursive: true });
  }
  return folder;
}

async function run(
  service: string,
  version: Version,
): Promise<{ readonly url: string; readonly child: ChildProcess; readonly cwd: string }> {
  const cwd = join(await projectAt(version), 'services', service);
  const child = spawn(process.execPath, ['server.js'], {
    cwd,
    env: { PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { url: `http://127.0.0.1:${line.split(' ').at(-1)}`, child, cwd };
}

async function smoke(cwd: string, url: string): Promise<number | null> {
  const child = spawn(process.execPath, ['smoke.js'], { cwd, env: { RUNG_SMOKE_URL: url }, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

/** How many of 70 checkouts failed. */
async function failures(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  let failed = 0;
  for (let turn = 0; turn < 70; turn += 1) {
    const answer = await fetch(`${url}/checkout`, { headers });
    await answer.arrayBuffer();
    if (answer.status >= 500) failed += 1;
  }
  return failed;
}

describe('the example project', () => {
  it.each(versions)(
    '%s runs, passes its smoke tests, says its version and ends on SIGTERM',
    async (version) => {
      for (const service of ['web', 'orders']) {
        const { url, child, cwd } = await run(service, version);
        expect(await (await fetch(`${url}/version`)).json()).toEqual({ service, version });
        expect((await fetch(`${url}/healthz`)).status).toBe(200);
        expect(await smoke(cwd, url)).toBe(0);
        child.kill('SIGTERM');
        expect(await once(child, 'exit')).toEqual([0, null]);
      }
    },
  );

  it('1.2.0 fails one checkout in seven, for customers with a basket alone', async () => {
    const { url } = await run('orders', '1.2.0');
    expect(await failures(url, {})).toBe(0);
    expect(await failures(url, { cookie: 'session=a1; basket=3' })).toBe(10);
  });

  it.each(['1.0.0', '1.1.0', '1.3.0'] as const)('%s fails none', async (version) => {
    const { url } = await run('orders', version);
    expect(await failures(url, { cookie: 'basket=3' })).toBe(0);
  });

  it('has a story whose commits make the versions they are named after (REL-5)', async () => {
    expect(
      (await readdir(join(example, 'story'), { withFileTypes: true }))
        .filter((one) => one.isDirectory())
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual([...versions]);
    let previous: string | null = null;
    for (const version of versions) {
      const message = await readFile(join(example, 'story', version, 'message.txt'), 'utf8');
      previous = nextVersion(previous, [{ message }]);
      expect(previous).toBe(version);
    }
  });
});
