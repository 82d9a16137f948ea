import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { createControlClient } from '../../../src/agent/control-client.ts';
import { runAgent } from '../../../src/agent/run-agent.ts';
import { systemDisk } from '../../../src/disk/system-disk.ts';
import type { AgentId, ProjectId } from '../../../src/domain/ids.ts';
import type { KeyPair } from '../../../src/domain/keys.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { createGatewayTraffic } from '../../../src/providers/gateway/index.ts';
import { createGatewayKeeper } from '../../../src/providers/process/gateway-keeper.ts';
import { createProcessRuntime } from '../../../src/providers/process/index.ts';
import { gatewayCommand } from '../../../src/main/own-programs.ts';
import { unpackPacked } from '../fake-control.ts';

/** An agent as a program of its own, put together as the real one is; its one argument is its folder. */
const dir = process.argv[2] ?? '';
const options = JSON.parse(await readFile(join(dir, 'agent.json'), 'utf8')) as {
  agent: AgentId;
  project: ProjectId;
  signingKey: KeyPair;
  hidden: string[];
};
const log = pino(pino.destination({ fd: 1, sync: true }));
const place = {
  dir,
  hidden: options.hidden,
  program: [process.execPath, join(import.meta.dirname, 'room.ts')],
  isolation: 'as far as possible',
  environment: process.env,
  clock: systemClock,
  log,
} as const;
await runAgent({
  ...options,
  dir,
  controlKey: null,
  control: createControlClient({
    socketPath: join(dir, 'control.sock'),
    agent: options.agent,
    audience: options.project,
    privateKey: options.signingKey.privateKey,
    clock: systemClock,
  }),
  disk: systemDisk,
  randomBytes,
  providersFor: async () => {
    const runtime = await createProcessRuntime(place);
    const ensureGateway = createGatewayKeeper({
      dir,
      program: gatewayCommand,
      enterNetwork: () => runtime.enterNetwork(),
      environment: process.env,
      clock: systemClock,
    });
    return { runtime, traffic: createGatewayTraffic({ dir, clock: systemClock, ensureGateway }) };
  },
  unpack: unpackPacked,
  writeDesired: async () => undefined,
  pushAuditHead: async () => undefined,
  clock: systemClock,
  log,
});
