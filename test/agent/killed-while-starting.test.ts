import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { freePort, isSoonFree, portRanges } from '../../src/protocol/free-port.ts';
import { gatewayFiles } from '../../src/protocol/gateway.ts';
import { type KeeperRecord, keeperName } from '../../src/protocol/gateway-keeper.ts';
import { readRecord, readRecords, signalAlone, signalGroup } from '../../src/protocol/process-record.ts';
import { gatewayClient } from '../../src/providers/gateway/index.ts';
import { Cleanup, startInstance, temporaryFolder } from '../gateway/world.ts';

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

const program = join(import.meta.dirname, 'programs', 'ensure-gateway.ts');

function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number)
      .filter(Boolean);
  } catch {
    return [];
  }
}

/** As soon as a process has started another one, it is killed: nobody may do anything meanwhile. The other's pid. */
function killOnceItStarts(pid: number, before: readonly number[] = []): number {
  const untilMs = Date.now() + 10_000;
  while (Date.now() < untilMs) {
    const started = childrenOf(pid).find((one) => !before.includes(one));
    if (started === undefined) continue;
    signalAlone(pid, 'SIGKILL');
    cleanup.add(() => signalGroup(started, 'SIGKILL') || signalAlone(started, 'SIGKILL'));
    return started;
  }
  throw new Error('It started nothing.');
}

/** Of port 0: a free one is taken, and is to stay. */
async function place(port: number) {
  const dir = await temporaryFolder(cleanup);
  const { address } = await startInstance(cleanup, 'web');
  const ensure = () => spawn(process.execPath, [program, dir, String(port), address], { stdio: 'inherit' });
  cleanup.add(async () => {
    for (const { pid } of await readRecords(join(dir, 'run'))) signalGroup(pid, 'SIGKILL');
  });
  return { dir, ensure };
}

const ended = async (child: ChildProcess): Promise<unknown> =>
  child.exitCode ?? child.signalCode ?? (await once(child, 'exit'))[0];

describe.runIf(process.platform === 'linux')('a gateway that is being started (OPS-6)', () => {
  it('is not left where nobody finds it when the agent is killed meanwhile', async () => {
    const port = await freePort(portRanges.outer);
    const { dir, ensure } = await place(port);
    const agent = ensure();
    killOnceItStarts(agent.pid ?? 0);
    await ended(agent);
    expect(await readRecord(join(dir, 'run'), keeperName)).toBeNull();
    expect(await isSoonFree(port, systemClock)).toBe(true);
    expect(await ended(ensure())).toBe(0);
  });

  it('is not left either when the gateway is killed while it gives itself another keeper', async () => {
    const { dir, ensure } = await place(0);
    expect(await ended(ensure())).toBe(0);
    const { pid } = await gatewayClient(join(dir, gatewayFiles.socket)).health();
    const keeper = await readRecord<KeeperRecord>(join(dir, 'run'), keeperName);
    const port = keeper?.sockets[0]?.port ?? 0;
    signalAlone(keeper?.pid ?? 0, 'SIGKILL');
    killOnceItStarts(pid);
    expect(await ended(ensure())).toBe(0);
    const again = await readRecord<KeeperRecord>(join(dir, 'run'), keeperName);
    expect(again?.sockets[0]?.port).toBe(port);
    expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(503);
  });
});
