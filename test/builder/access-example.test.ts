import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../kit/project-file.ts';

const example = new URL('../../examples/access/', import.meta.url).pathname;
const written = (name: string): Promise<string> => readFile(join(example, name), 'utf8');

/** What a file asks for, whatever it takes: without comments, times, hours of opening and how often it probes. */
const withoutTimes = (text: string): string =>
  text
    .replaceAll(/(?:^| )#.*$/gmu, '')
    .replaceAll(/\b\d+(?:ms|s|m|h)\b/gu, 'TIME')
    .replaceAll(/windows: .*$/gmu, 'windows: HOURS')
    .replaceAll(/per-second: \d+/gu, 'per-second: RATE')
    .replaceAll(/ +$/gmu, '')
    .trim();

describe('the runbook’s project', () => {
  it.each(['rung.yaml', 'rung.fast.yaml'])('has a right %s', async (name) => {
    expect(parse(await written(name)).file.environments).toMatchObject({
      dev: { source: 'develop', deploy: 'on-merge' },
      sit: { source: 'release/v*', deploy: 'manual' },
      prod: { source: 'main', deploy: 'manual' },
    });
  });

  it('asks for the same in seconds as in hours', async () => {
    const [real, fast] = await Promise.all([written('rung.yaml'), written('rung.fast.yaml')]);
    expect(withoutTimes(fast)).toBe(withoutTimes(real));
    expect(fast).not.toMatch(/(?:soak|for|watch): \d+[mh]\b/u);
  });
});

describe('its services', () => {
  let folder: string;
  const started: ChildProcess[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rung-access-'));
    await cp(join(example, 'services'), folder, { recursive: true });
  });
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function run(service: string, behaviour: object): Promise<{ url: string; child: ChildProcess }> {
    await writeFile(join(folder, 'answers.json'), JSON.stringify({ version: '1.1.0', ...behaviour }));
    const child = spawn(process.execPath, [`${service}.js`], {
      cwd: folder,
      env: { PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { url: `http://127.0.0.1:${line.split(' ').at(-1)}`, child };
  }

  it.each(['grants', 'people'])('%s answers, passes its smoke test and ends on SIGTERM', async (service) => {
    const { url, child } = await run(service, { errorsInAHundred: 0, slowByMs: 0 });
    const smoke = spawn(process.execPath, ['smoke.js', `/${service}`], {
      cwd: folder,
      env: { RUNG_SMOKE_URL: url },
      stdio: 'ignore',
    });
    expect(await once(smoke, 'exit')).toEqual([0, null]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('fail as often as they are told, and stay healthy', async () => {
    const { url } = await run('grants', { errorsInAHundred: 20, slowByMs: 0 });
    const statuses: number[] = [];
    for (let turn = 0; turn < 50; turn += 1) {
      const answer = await fetch(`${url}/grants`);
      await answer.arrayBuffer();
      statuses.push(answer.status);
    }
    expect(statuses.filter((status) => status === 500)).toHaveLength(10);
    expect(statuses[0]).toBe(200);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
