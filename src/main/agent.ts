import { createHash, randomBytes } from 'node:crypto';
import { systemDisk } from '../disk/system-disk.ts';
import type { Digest } from '../domain/ids.ts';
import type { Log } from '../domain/log.ts';
import { anyReplica } from '../agent/any-replica.ts';
import { type ControlClient, createControlClient } from '../agent/control-client.ts';
import { agentMetrics } from '../agent/metrics.ts';
import { type RunningAgent, runAgent } from '../agent/run-agent.ts';
import { systemClock } from '../engine/clock.ts';
import { ensureUnpacked } from '../providers/folder-store/unpack.ts';
import { createGatewayTraffic } from '../providers/gateway/index.ts';
import { localForge } from '../providers/git/forge.ts';
import { createGatewayKeeper } from '../providers/process/gateway-keeper.ts';
import { createProcessRuntime } from '../providers/process/index.ts';
import { type AgentFile, readAgentFile } from './agent-file.ts';
import { join } from 'node:path';
import { readOwn } from './files.ts';
import { noticeSocket } from './notice-socket.ts';
import { controlSockets, isControlSocket } from './replicas.ts';
import { onceAvailable } from './waiting.ts';
import type { EnvironmentKeys } from './keys.ts';
import { Failure } from '../domain/failure.ts';
import { gatewayCommand, roleCommand } from './own-programs.ts';

const clock = systemClock;
/** All that an agent asks of git is small. */
const gitWithinMs = 30_000;

/** The agent of one environment as it runs on a laptop, in its environment's folder. */
export async function runLaptopAgent(
  dir: string,
  log: Log,
  through: (control: ControlClient) => ControlClient = (control) => control,
): Promise<RunningAgent> {
  // An agent may be there before its control plane.
  const file = await onceAvailable(() => readAgentFile(dir), clock, log);
  const keys = await readKeys(dir);
  const forge = localForge(file.repository, gitWithinMs);
  return runAgent({
    dir,
    agent: file.agent,
    project: file.project,
    signingKey: keys.signing,
    control: through(
      anyReplica({
        sockets: () => controlSockets(dir),
        open: (socketPath, answerWithinMs) =>
          createControlClient({
            socketPath,
            agent: file.agent,
            audience: file.project,
            privateKey: keys.signing.privateKey,
            clock,
            answerWithinMs,
          }),
        first: createHash('sha256').update(file.agent).digest().readUInt16BE(),
      }),
    ),
    disk: systemDisk,
    randomBytes,
    showFigures: (read) => agentMetrics(join(dir, 'agent-metrics.sock'), read),
    controlKey: file.controlKey,
    onControlPlaneThere: (call) => noticeSocket(dir, isControlSocket, call),
    providersFor: () => providers(dir, file, log),
    unpack: (digest: Digest, folder, fetch) => ensureUnpacked(digest, folder, fetch),
    writeDesired: async (environment, services, message) =>
      void (await forge.writeDesired({ environment, services }, message, clock.now())),
    pushAuditHead: async ({ position, link, signature }) =>
      void (await forge.writeAuditHead(
        file.environment,
        { agent: file.agent, position, link, signature },
        clock.now(),
      )),
    clock,
    log,
  });
}

async function readKeys(dir: string): Promise<EnvironmentKeys> {
  const text = await readOwn(join(dir, 'key.json'));
  if (text !== null) return JSON.parse(text) as EnvironmentKeys;
  throw new Failure('absent', 'agent-key-absent', 'The key of this agent is gone.', {
    wayOut: 'Give it a new one: rung agent key replace ENVIRONMENT',
  });
}

async function providers(dir: string, { hidden }: AgentFile, log: Log) {
  const runtime = await createProcessRuntime({
    dir,
    hidden,
    program: roleCommand('room'),
    isolation: 'as far as possible',
    environment: process.env,
    clock,
    log,
  });
  const ensureGateway = createGatewayKeeper({
    dir,
    program: gatewayCommand,
    enterNetwork: () => runtime.enterNetwork(),
    environment: process.env,
    clock,
  });
  return { runtime, traffic: createGatewayTraffic({ dir, clock, ensureGateway }) };
}
