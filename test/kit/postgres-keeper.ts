/**
 * Keeps one PostgreSQL for as long as a test process lives, however that ends: `node postgres-keeper.ts FOLDER PID`.
 * A process of its own, because a killed test process can clean up nothing.
 */
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { startPostgres } from '../../src/supervisor/postgres.ts';
import { inDatabase, templateName } from './postgres-address.ts';

const [folder = '', parent = ''] = process.argv.slice(2);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function prepare(url: string): Promise<void> {
  await inDatabase(url, 'postgres', `create database ${templateName}`);
  const template = new URL(url);
  template.pathname = templateName;
  await migrate(template.href);
}

async function tell(answer: object): Promise<void> {
  await writeFile(join(folder, 'ready.new'), JSON.stringify(answer), { mode: 0o600 });
  await rename(join(folder, 'ready.new'), join(folder, 'ready.json'));
}

const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200' };
try {
  const server = await startPostgres({ folder, log: silentLog, clock: systemClock, settings });
  try {
    await prepare(server.url);
    await tell({ url: server.url });
    while (isAlive(Number(parent))) await systemClock.sleep(200);
  } finally {
    await server.stop();
  }
} catch (thrown) {
  await tell({ error: thrown instanceof Error ? thrown.message : String(thrown) });
  while (isAlive(Number(parent))) await systemClock.sleep(200);
}
await rm(folder, { recursive: true, force: true });
