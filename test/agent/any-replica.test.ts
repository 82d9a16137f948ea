import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anyReplica } from '../../src/agent/any-replica.ts';
import { type ControlClient, createControlClient } from '../../src/agent/control-client.ts';
import type { AgentId, ProjectId } from '../../src/domain/ids.ts';
import { generateSigningKey } from '../../src/domain/keys.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { protocolVersion } from '../../src/protocol/messages.ts';

let folder: string;
let servers: Server[];
let heard: string[];
let client: ControlClient;
const signal = new AbortController().signal;
const message = {
  protocol: protocolVersion,
  boot: 'boot',
  sequence: 1,
  observations: [],
  samples: [],
  countersignature: null,
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rung-r-'));
  servers = [];
  heard = [];
});
afterEach(async () => {
  await client.close();
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await rm(folder, { recursive: true });
});

const at = (name: string): string => join(folder, `${name}.sock`);

/** `answers`: with 204; else takes every call and says nothing, as a process that stands still. */
async function replica(name: string, answers: boolean): Promise<Server> {
  const server = createServer((request, response) => {
    heard.push(`${name} ${request.url}`);
    if (answers) response.writeHead(204).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(at(name), resolve));
  return server;
}

function among(...names: readonly string[]): void {
  const { privateKey } = generateSigningKey();
  client = anyReplica({
    sockets: async () => names.map(at),
    open: (socketPath) =>
      createControlClient({
        socketPath,
        agent: 'a' as AgentId,
        audience: 'p' as ProjectId,
        privateKey,
        clock: systemClock,
        answerWithinMs: () => 300,
      }),
    first: 0,
  });
}

it('asks the next one where one is gone, and stays with who answered', async () => {
  await replica('two', true);
  among('one', 'two');
  await client.observe(message, signal);
  await client.observe(message, signal);
  expect(heard).toEqual(['two /agent/v1/observations', 'two /agent/v1/observations']);
});

it('takes what it asked of one that stands still to the next, what is held open too', async () => {
  await replica('one', false);
  await replica('two', true);
  among('one', 'two');
  const question = { protocol: protocolVersion, cursor: null, head: 0 };
  const held = client.poll(question, signal).catch((thrown: unknown) => thrown);
  await client.observe(message, signal);
  await held;
  expect(heard.toSorted()).toEqual([
    'one /agent/v1/observations',
    'one /agent/v1/poll',
    'two /agent/v1/observations',
    'two /agent/v1/poll',
  ]);
});

it('says that the control plane is away only when none of them answers', async () => {
  await replica('three', false);
  among('one', 'two', 'three');
  await expect(client.observe(message, signal)).rejects.toMatchObject({ code: 'control-plane-away' });
  await replica('two', true);
  await client.observe(message, signal);
});

it('ends at once when it is called off', async () => {
  await replica('one', false);
  await replica('two', true);
  among('one', 'two');
  const calling = new AbortController();
  const called = client.observe(message, calling.signal);
  calling.abort();
  await expect(called).rejects.toMatchObject({ code: 'interrupted' });
  expect(heard.filter((line) => line.startsWith('two'))).toEqual([]);
});
