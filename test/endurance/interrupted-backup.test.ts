import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder } from '../../src/main/data-folder.ts';
import { backUp } from '../../src/main/backup/backup.ts';
import { refuseUnfinished } from '../../src/main/backup/unfinished.ts';
import { isFilled } from '../../src/store/postgres/fill.ts';
import { withSnapshot } from '../../src/store/postgres/snapshot.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { emptyDatabase } from '../kit/postgres.ts';
import { type AtRest, controlPlaneAtRest } from '../backup/control-plane.ts';

const program = fileURLToPath(new URL('../backup/program.ts', import.meta.url));
const events = 3000;

/** Runs it, and kills it after so long; gives what it had said. */
async function killedAfter(ms: number, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const kill = systemClock.after(ms, () => void child.kill('SIGKILL'));
  await once(child, 'close');
  kill[Symbol.dispose]();
  return said;
}

/** How long it takes when nobody kills it. */
async function whole(...args: readonly string[]): Promise<number> {
  const startedMs = systemClock.monotonicMs();
  expect(await killedAfter(600_000, ...args)).toContain('done');
  return systemClock.monotonicMs() - startedMs;
}

const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (thrown: unknown) => (thrown as { code: string }).code,
  );

const chainIn = (url: string) => withSnapshot(url, async ({ chains }) => chains[0]);

describe('a backup and a restore that are killed half-way', () => {
  let made: AtRest;
  let file: string;

  beforeAll(async () => {
    made = await controlPlaneAtRest();
    await made.log(events);
    file = join(made.folder, 'whole.rung-backup');
    await backUp({ file, dataFolder: made.data.root, keyFile: null });
  }, 300_000);
  afterAll(() => made[Symbol.asyncDispose]());

  it('leave no backup but a whole one, and what was left goes with the next', async () => {
    const to = (name: string) => join(made.folder, 'killed', name);
    await mkdir(join(made.folder, 'killed'));
    const takesMs = await whole('backup', to('first'), made.data.root);
    for (const share of [0.5, 0.7, 0.85]) {
      await killedAfter(takesMs * share, 'backup', to('next'), made.data.root);
      const names = await readdir(join(made.folder, 'killed'));
      if (names.includes('next')) break;
    }
    const isThere = await stat(to('next')).then(
      () => true,
      () => false,
    );
    if (!isThere) expect(await whole('backup', to('next'), made.data.root)).toBeGreaterThan(0);
    expect((await readdir(join(made.folder, 'killed'))).toSorted()).toEqual(['first', 'next']);
    expect((await readFile(to('next'))).byteLength).toBe((await readFile(to('first'))).byteLength);
  });

  it('leave a database that has nothing or all, a folder that says so, and are done again from the start', async () => {
    const timed = await emptyDatabase();
    const takesMs = await whole('restore', file, join(made.folder, 'timed'), timed.url);
    await timed.drop();
    const { url, drop } = await emptyDatabase();
    const root = join(made.folder, 'restored');
    const before = await chainIn(made.databaseUrl);
    let isDone = false;
    for (const share of [0.4, 0.6, 0.75, 0.85, 0.95]) {
      const said = await killedAfter(takesMs * share, 'restore', file, root, url);
      const marked = await codeOf(refuseUnfinished(dataFolder(root)));
      const isFull = await isFilled(url);
      // Killed once it was through, before it could say so: what is there has to be whole, and is looked at below.
      isDone = said.includes('done') || (marked === null && isFull);
      if (isDone) break;
      if (isFull) expect((await chainIn(url))?.position).toBeGreaterThanOrEqual(before?.position ?? 0);
      // Before anything was touched, there is nothing that could be said.
      if (said.includes('Writing')) expect(marked).toBe('restore-unfinished');
    }
    if (!isDone) await whole('restore', file, root, url);
    expect(await codeOf(refuseUnfinished(dataFolder(root)))).toBe(null);
    const { position = 0, unchained = 0 } = (await chainIn(url)) ?? {};
    // All that was, and that it was restored: said once, however often it was begun.
    expect(position + unchained).toBe((before?.position ?? 0) + (before?.unchained ?? 0) + 1);
    expect((await readdir(dataFolder(root).artifacts, { recursive: true })).length).toBeGreaterThan(0);
    await drop();
  });
});
