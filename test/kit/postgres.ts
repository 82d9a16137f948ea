import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/engine/clock.ts';
import { inDatabase, templateName } from './postgres-address.ts';

export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/**
 * A fresh, migrated PostgreSQL database on a real server: copied from a template in some 50 ms. The server is started
 * by the first who asks in this process, whichever thread, and goes when the process does.
 */
export async function testDatabase(): Promise<TestDatabase> {
  return databaseFrom(templateName);
}

/** The same, with nothing in it: for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return databaseFrom('template0');
}

async function databaseFrom(template: string): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await inDatabase(server, 'postgres', `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, drop: () => inDatabase(server, 'postgres', `drop database ${name} with (force)`) };
}

async function serverUrl(): Promise<string> {
  const folder = join(tmpdir(), `rung-test-postgres-${process.pid}`);
  const isFirst = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    () => false,
  );
  if (isFirst) keep(folder);
  for (;;) {
    const ready = await readFile(join(folder, 'ready.json'), 'utf8').catch(() => null);
    if (ready !== null) return urlIn(JSON.parse(ready) as Ready);
    await systemClock.sleep(20);
  }
}

interface Ready {
  readonly url?: string;
  readonly error?: string;
}

function urlIn(ready: Ready): string {
  if (ready.url === undefined) throw new Error(`No PostgreSQL for the tests: ${ready.error ?? 'unknown'}`);
  return ready.url;
}

function keep(folder: string): void {
  const keeper = fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url));
  const child = spawn(process.execPath, [keeper, folder, String(process.pid)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.unref();
}
