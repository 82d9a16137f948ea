import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clients } from '../agent/traffic.ts';
import { firstInProd, inDev, promoted } from './first-release.ts';
import { projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

/** One life of one data folder. */
describe('an artifact that is not what was released (REL-14)', () => {
  let rung: Rung;
  let steady: Clients;

  beforeAll(async () => {
    rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': projectFile('', 'manual') } });
    steady = await firstInProd(rung);
  }, 180_000);
  afterAll(async () => {
    await steady?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  const stored = (): string => join(rung.data, 'artifacts');
  async function archives(): Promise<readonly string[]> {
    const entries = await readdir(stored(), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  }

  /** The rollout into prod ends by that name, and nobody who is served notices. */
  async function takenBack(version: string, words: RegExp): Promise<void> {
    const event = await until(`${version} to be taken back`, async () =>
      (await rung.events('prod')).find(
        ({ kind, message }) => kind === 'rollout.taken-back' && message.includes(`${version} in prod`),
      ),
    );
    expect(event.message).toMatch(words);
    await rung.runsAlone('prod', '1.0.0');
    expect((await rung.cli('why', version, '--to', 'prod')).output).toMatch(words);
    await untroubled('prod');
    expect(steady.failures).toBe(0);
    expect([...steady.answers.keys()]).toEqual(['200 1.0.0']);
  }

  const untroubled = (environment: string): Promise<boolean> =>
    until(
      `nothing in the way in ${environment}`,
      async () => (await rung.environment(environment)).troubles.length === 0,
    );

  it('is put right where it runs, before it is started again', async () => {
    const places = join(rung.data, 'environments', 'dev', 'artifacts');
    const [folder = ''] = await readdir(places);
    const file = join(places, folder, 'server.js');
    const released = await readFile(file, 'utf8');
    await writeFile(file, 'process.exit(1)');
    const before = await onlyInstance('dev');
    process.kill(before, 'SIGKILL');
    await until('another instance', async () => (await onlyInstance('dev')) !== before);
    await rung.runs('dev', '1.0.0');
    expect(await readFile(file, 'utf8')).toBe(released);
    await untroubled('dev');
  });

  async function onlyInstance(environment: string): Promise<number> {
    const there = Object.entries(await rung.instances()).find(([name]) => name.startsWith(`${environment}/`));
    if (there === undefined) throw new Error(`no instance in ${environment}`);
    return there[1];
  }

  it('is named where it was changed in the store, and never runs', async () => {
    const known = await archives();
    await inDev(rung, '1.1.0');
    const archive = (await archives()).find((path) => !known.includes(path)) ?? '';
    const bytes = await readFile(archive);
    await writeFile(archive, Buffer.from(bytes.map((byte, at) => (at === 100 ? byte ^ 1 : byte))));
    await promoted(rung, '1.1.0');
    await takenBack('1.1.0', /The stored artifact sha256:[0-9a-f]{64} was changed after it was released\./u);
  });

  it('is named where it is gone from the store, and what ran goes on', async () => {
    await inDev(rung, '1.2.0');
    await rename(stored(), `${stored()}-away`);
    await promoted(rung, '1.2.0');
    await takenBack(
      '1.2.0',
      /The artifact sha256:[0-9a-f]{64} is not in the store\. Build the release again/u,
    );
  });

  it('runs after all once it is put back and somebody says that it may be tried again', async () => {
    await rename(`${stored()}-away`, stored());
    const lifted = await rung.cli('release', 'lift-mark', '1.2.0', '--reason', 'the store is back');
    expect(lifted.code).toBe(0);
    await promoted(rung, '1.2.0');
    await rung.runs('prod', '1.2.0');
    expect(steady.failures).toBe(0);
  });
});
