import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import type { Clients } from '../agent/traffic.ts';
import { AgentRelay } from './agent-relay.ts';
import { firstInProd, inDev, promoted } from './first-release.ts';
import { canary, projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

/** Long enough to be cut off in the middle of it, with a lease that is soon over. */
const shortLease = canary.replace('for: 3s', 'for: 8s').replace('lease: 20s', 'lease: 3s');

/** One life of one data folder. */
describe('an agent cut off from the control plane for longer than every lease (OPS-6)', () => {
  let rung: Rung;
  let steady: Clients;
  let relay: AgentRelay;

  beforeAll(async () => {
    rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': projectFile(shortLease, 'manual') } });
    steady = await firstInProd(rung);
    relay = await AgentRelay.before(rung, 'prod');
    await until('the agent of prod', async () => !(await rung.environment('prod')).agent.silent);
  }, 180_000);
  afterAll(async () => {
    await steady?.[Symbol.asyncDispose]();
    await relay?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  async function inCanary(version: string, misbehaviour = ''): Promise<void> {
    await inDev(rung, version, misbehaviour);
    await promoted(rung, version);
    // Its agent has to have heard of it: who is cut off before that never exposes it.
    await until(`clients of ${version}`, async () => steady.count(`200 ${version}`) > 0);
  }

  async function stateOf() {
    return (await rung.rolloutsIn('prod'))[0];
  }

  const heldAtNothing = (): Promise<boolean> =>
    until('held: judge lost', async () => {
      const state = await stateOf();
      if (state?.phase === 'held' && state.reason.kind === 'judge lost' && state.percent === 0) return true;
      throw new Error(JSON.stringify(state));
    });

  /** Hundreds of answers in a row, all of the stable version. */
  const stableAlone = (version: string): Promise<boolean> =>
    until('the stable version alone', async () => {
      const before = steady.count(`200 ${version}`);
      await systemClock.sleep(1000);
      return steady.count(`200 ${version}`) === before;
    });

  it('is held by the control plane, goes to 0 % and nobody advances it, and climbs once it is resumed', async () => {
    await inCanary('1.1.0');
    relay.cut();
    await heldAtNothing();
    relay.mend();
    await stableAlone('1.1.0');
    expect((await stateOf())?.phase).toBe('held');
    // A machine that is slow may lose its judge once more: the lease is short.
    await rung.runsAloneResumed('prod', '1.1.0', 'the line was cut, not the release');
    expect(steady.failures).toBe(0);
  });

  it('is judged by its agent all the while: a bad one is taken back with no word from the control plane', async () => {
    await inCanary('1.2.0', 'can be spoilt');
    relay.cut();
    const url = await rung.urlOf('prod');
    for (let time = 0; time < 30; time += 1) await fetch(`${url}/spoil`);
    await until('errors', async () => steady.count('500 1.2.0') > 0);
    await stableAlone('1.2.0');
    relay.mend();
    await rung.runsAlone('prod', '1.1.0');
    expect(steady.failures).toBe(0);
  });
});
