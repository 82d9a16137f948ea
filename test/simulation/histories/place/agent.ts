import { runAgent } from '../../../../src/agent/run-agent.ts';
import type { MemoryDisk } from '../../../../src/disk/memory-disk.ts';
import type { Disk } from '../../../../src/disk/disk.ts';
import type { KeyPair } from '../../../../src/domain/keys.ts';
import type { Log } from '../../../../src/domain/log.ts';
import { descriptorFile } from '../../../../src/protocol/descriptor.ts';
import type { AgentIdentity } from '../../../../src/protocol/messages.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { spanMs } from '../machine/chance.ts';
import type { Host } from '../machine/host.ts';
import type { Scope } from '../machine/scope.ts';
import type { Weather } from '../plane/weather.ts';
import { type Artifacts, descriptorOf } from './artifact.ts';
import type { Gateway } from './gateway.ts';
import type { Network } from './network.ts';
import type { Room } from './room.ts';

export interface AgentParts {
  readonly environment: string;
  readonly identity: AgentIdentity;
  readonly host: Host;
  readonly scope: Scope;
  readonly disk: MemoryDisk;
  readonly room: Room;
  readonly gateway: Gateway;
  readonly network: Network;
  readonly artifacts: Artifacts;
  readonly signingKey: KeyPair;
  readonly controlKey: string;
  readonly chance: Chance;
  readonly weather: Weather;
  /** How long its disk takes for a file. */
  readonly writing: Chance;
  readonly log: Log;
}

const dir = '/agent';

/** One run of the product's own agent, in a world where nothing that it touches is real. */
export async function startAgent(parts: AgentParts): Promise<void> {
  const { scope, identity, room, gateway, network, environment, host } = parts;
  const disk = diskOf(parts);
  await runAgent({
    dir,
    agent: identity.agent,
    project: identity.project,
    signingKey: parts.signingKey,
    controlKey: parts.controlKey,
    control: network.client({
      environment,
      identity,
      publicKey: parts.signingKey.publicKey,
      host,
      scope,
    }),
    disk,
    randomBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(parts.chance() * 256)),
    providersFor: async () => ({ runtime: room.runtime(scope), traffic: gateway.traffic(scope) }),
    unpack: (digest, folder, fetch) =>
      scope.step('artifact unpacked', async () => {
        const nature = parts.artifacts.get(digest);
        if (nature === undefined) throw new Error(`nobody built ${digest}`);
        const place = `${folder}/${descriptorFile}`;
        if ((await disk.read(place)) !== null) return;
        await fetch();
        await disk.replace(place, JSON.stringify(descriptorOf(nature.service)), 'power cut');
      }),
    writeDesired: () => scope.step('desired ref written', () => undefined),
    pushAuditHead: () => scope.step('audit head pushed', () => undefined),
    clock: scope.clock,
    log: parts.log,
  });
}

/** Of what is written to a disk that is slow: most goes as fast as ever. */
const stalls = 0.3;

const diskOf = ({ scope, disk, weather, writing }: AgentParts): Disk => ({
  read: (path) => scope.step('file read', () => disk.read(path)),
  replace: (path, content, outlives) =>
    scope.step('file replaced', async () => {
      const { slowestWriteMs } = weather;
      if (slowestWriteMs > 0 && writing() < stalls)
        await scope.clock.sleep(spanMs(writing, slowestWriteMs / 20, slowestWriteMs));
      await disk.replace(path, content, outlives);
    }),
});
