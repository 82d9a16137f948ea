import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createControlClient } from '../../src/agent/control-client.ts';
import type { AgentId, EnvironmentId, ProjectId } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { type Observation, protocolVersion } from '../../src/protocol/messages.ts';
import { habit, projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

let rung: Rung;

beforeAll(async () => {
  rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': projectFile('', 'manual') } });
  await rung.merge('feat: a service');
  await rung.runs('dev', '1.0.0');
}, 180_000);
afterAll(() => rung?.[Symbol.asyncDispose](), 60_000);

const inEnvironment = (name: string, file: string): string => join(rung.data, 'environments', name, file);
const { signal } = new AbortController();

async function agentOf(name: string) {
  const { agent, project } = JSON.parse(await readFile(inEnvironment(name, 'agent.json'), 'utf8')) as {
    readonly agent: AgentId;
    readonly project: ProjectId;
  };
  const { signing } = JSON.parse(await readFile(inEnvironment(name, 'key.json'), 'utf8')) as {
    readonly signing: { readonly privateKey: string };
  };
  return { agent, project, privateKey: signing.privateKey };
}

/** Somebody who has stolen a key, at an environment's own socket. */
const thief = (agent: AgentId, project: ProjectId, privateKey: string, at: string) =>
  createControlClient({
    socketPath: inEnvironment(at, 'control.sock'),
    agent,
    audience: project,
    privateKey,
    clock: systemClock,
  });

const poll = (client: ReturnType<typeof thief>) =>
  client.poll({ protocol: protocolVersion, cursor: null, head: 0 }, signal);

const lie = (environment: EnvironmentId): Observation => ({
  environment,
  revision: 1,
  converged: true,
  services: [],
  rollout: null,
  isolation: { level: 'none', detail: 'a lie' },
  troubles: [],
});

describe('the keys of agents, against the real control plane (OPS-7)', () => {
  it('a stolen key of dev reads nothing of prod and reports nothing for it, at whatever socket', async () => {
    const dev = await agentOf('dev');
    const prod = await agentOf('prod');
    const prodId = (await rung.environment('prod')).id as EnvironmentId;
    const asProd = thief(prod.agent, prod.project, dev.privateKey, 'prod');
    await expect(poll(asProd)).rejects.toMatchObject({ kind: 'denied' });
    const asDev = thief(dev.agent, dev.project, dev.privateKey, 'prod');
    expect((await poll(asDev)).environments.map(({ name }) => name)).toEqual(['dev']);
    const told = asDev.observe(
      {
        protocol: protocolVersion,
        boot: crypto.randomUUID(),
        sequence: 1,
        observations: [lie(prodId)],
        samples: [],
        countersignature: null,
      },
      signal,
    );
    await expect(told).rejects.toMatchObject({ kind: 'denied', code: 'environment-foreign' });
    expect((await rung.environment('prod')).isolation?.detail).not.toBe('a lie');
    await asProd.close();
    await asDev.close();
  });

  it('one command replaces a key: the old one is refused from then on, and the agent goes on', async () => {
    const old = await agentOf('prod');
    const { code, output } = await rung.cli('agent', 'key', 'replace', 'prod');
    expect(output).toContain('new key');
    expect(code).toBe(0);
    const stale = thief(old.agent, old.project, old.privateKey, 'prod');
    await expect(poll(stale)).rejects.toMatchObject({ kind: 'denied' });
    await stale.close();
    expect((await rung.cli('promote', '1.0.0', '--to', 'prod')).code).toBe(0);
    await rung.runs('prod', '1.0.0');
  });

  it('a revoked key is refused, and another makes the agent go on', async () => {
    const { agent, project, privateKey } = await agentOf('prod');
    expect((await rung.cli('agent', 'key', 'revoke', 'prod', '--yes')).code).toBe(0);
    const revoked = thief(agent, project, privateKey, 'prod');
    await expect(poll(revoked)).rejects.toMatchObject({ kind: 'denied' });
    await revoked.close();
    expect((await rung.cli('agent', 'key', 'replace', 'prod')).code).toBe(0);
    expect((await agentOf('prod')).privateKey).not.toBe(privateKey);
    const replacedAt = systemClock.now();
    await until('word of the agent with its new key', async () => {
      const { lastHeardAt } = (await rung.environment('prod')).agent;
      return lastHeardAt !== null && lastHeardAt > replacedAt;
    });
  });
});

describe('a release that cannot run says so where people look (REL-14)', () => {
  const misbehaves = async (version: string, misbehaviour: string): Promise<void> => {
    await rung.write({ 'web/habit.json': habit(version, misbehaviour) });
    await rung.merge(`feat: ${misbehaviour === '' ? 'well again' : misbehaviour}`);
  };
  const toldOf = (version: string, words: RegExp): Promise<string> =>
    until(`the log to say why ${version} did not run`, async () => {
      const { output } = await rung.cli('log', '--limit', '50');
      return output.split('\n').find((line) => line.includes(version) && words.test(line));
    });

  it('one that starts and dies is not rolled out, and its last words are told', async () => {
    await misbehaves('1.1.0', 'dies');
    await toldOf('1.1.0', /ended with code 3|could not be started|exited/u);
    expect((await rung.environment('dev')).release?.version).toBe('1.0.0');
  });

  it('one that never gets healthy is not rolled out', async () => {
    await misbehaves('1.2.0', 'never healthy');
    await toldOf('1.2.0', /not healthy within/u);
    expect((await rung.environment('dev')).release?.version).toBe('1.0.0');
  });

  it('one that ignores SIGTERM gives way to the next, and one that floods its log serves', async () => {
    await misbehaves('1.3.0', 'ignores SIGTERM');
    await rung.runs('dev', '1.3.0');
    await misbehaves('1.4.0', 'floods');
    await rung.runs('dev', '1.4.0');
    await misbehaves('1.5.0', '');
    await rung.runs('dev', '1.5.0');
    expect((await rung.environment('dev')).troubles).toEqual([]);
  });
});
