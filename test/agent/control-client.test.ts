import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createControlClient } from '../../src/agent/control-client.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import type { AgentId, ProjectId } from '../../src/domain/ids.ts';
import { generateSigningKey } from '../../src/domain/keys.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { protocolVersion } from '../../src/protocol/messages.ts';

const signal = new AbortController().signal;

it('tells what it sees while artifacts are on their way that come slowly (REL-14)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rung-c-'));
  const server = createServer((request, response) => {
    if (request.method === 'POST') response.writeHead(204).end();
    else {
      response.writeHead(200).write('the first of it');
      const more = setInterval(() => response.write('more'), 100);
      response.once('close', () => clearInterval(more));
    }
  });
  const socketPath = join(folder, 'control.sock');
  server.listen(socketPath);
  await once(server, 'listening');
  const client = createControlClient({
    socketPath,
    agent: 'a' as AgentId,
    audience: 'p' as ProjectId,
    privateKey: generateSigningKey().privateKey,
    clock: systemClock,
  });
  try {
    await Promise.all(['a', 'b', 'c', 'd'].map((one) => client.artifact(digestOf(one), signal)));
    const message = { boot: 'boot', sequence: 1, observations: [], samples: [], countersignature: null };
    await expect(client.observe({ protocol: protocolVersion, ...message }, signal)).resolves.toBeUndefined();
  } finally {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  }
});
