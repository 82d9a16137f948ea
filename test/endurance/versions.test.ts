import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { protocolVersion } from '../../src/protocol/version.ts';
import { Clients } from '../agent/traffic.ts';
import { canary, habit, projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

const program = join(import.meta.dirname, 'programs', 'other-version-agent.ts');

/** The real control plane, room, gateway and service; prod's own agent stands still, and another version does its work. */
describe('an agent of another version than the control plane', () => {
  let rung: Rung;
  let steady: Clients;
  let release = 0;

  beforeAll(async () => {
    rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': projectFile(canary, 'manual') } });
    await rung.merge('feat: a service');
    await rung.runs('dev', '1.0.0');
    expect((await rung.cli('promote', '1.0.0', '--to', 'prod')).code).toBe(0);
    await rung.runs('prod', '1.0.0');
    await rung.runsAlone('prod', '1.0.0');
    steady = new Clients(await rung.urlOf('prod'), 2);
    process.kill(await ownAgent(), 'SIGSTOP');
  }, 240_000);
  afterAll(async () => {
    process.kill(await ownAgent(), 'SIGCONT');
    await steady?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  const ownAgent = async (): Promise<number> => {
    const pid = (await rung.programs())['agent-prod'];
    if (pid === undefined) throw new Error('prod has no agent');
    return pid;
  };

  interface Other extends AsyncDisposable {
    readonly said: () => string;
  }

  function agentOf(version: number): Other {
    const dir = join(rung.data, 'environments', 'prod');
    const child: ChildProcess = spawn(process.execPath, [program, dir, String(version)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    const end = async (): Promise<void> => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    };
    return { said: () => said, [Symbol.asyncDispose]: end };
  }

  async function inDev(): Promise<string> {
    release += 1;
    const version = `1.${release}.0`;
    await rung.write({ 'web/habit.json': habit(version) });
    await rung.merge(`feat: ${version}`);
    await rung.runs('dev', version);
    return version;
  }

  it.each([protocolVersion - 1, protocolVersion + 1])(
    'brings a release through its canary, when it speaks version %s of the protocol',
    async (version) => {
      const next = await inDev();
      await using _other = agentOf(version);
      expect((await rung.cli('promote', next, '--to', 'prod')).code).toBe(0);
      await rung.runs('prod', next);
      await rung.runsAlone('prod', next);
      expect(steady.count(`200 ${next}`)).toBeGreaterThan(0);
      expect(steady.failures).toBe(0);
    },
  );

  it('is refused by name when it is further away, and what serves goes on', async () => {
    await using other = agentOf(protocolVersion + 2);
    await until('the refusal', async () => other.said().includes('protocol-unspoken'));
    expect(await (await fetch(await rung.urlOf('prod'))).text()).toBe(`1.${release}.0`);
    expect(steady.failures).toBe(0);
  });
});
