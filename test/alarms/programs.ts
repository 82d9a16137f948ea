import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/engine/clock.ts';

export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  readonly end: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts a monitoring program on a free port of this machine, and waits until it is ready. */
export async function serve(
  program: string,
  argumentsFor: (listen: string, folder: string) => readonly string[],
  prepare: (folder: string) => Promise<void>,
): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-alarms-'));
  await prepare(folder);
  const listen = `127.0.0.1:${await freePort()}`;
  const child = spawn(program, argumentsFor(listen, folder), { stdio: 'ignore', cwd: folder });
  const ended = once(child, 'exit');
  const url = `http://${listen}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    await systemClock.sleep(50);
  }
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  };
  return {
    url,
    folder,
    end,
    [Symbol.asyncDispose]: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const isReady = async (url: string): Promise<boolean> => {
  const answer = await fetch(`${url}/-/ready`).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok === true;
};

export const post = async (url: string, body?: unknown): Promise<void> => {
  const answer = await fetch(url, {
    method: 'POST',
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
};
