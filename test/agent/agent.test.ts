import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Variant } from '../../src/domain/rollout/types.ts';
import { Laptop, type ServiceHabits } from './laptop.ts';
import { rollout, rolloutId, weigh } from './rollouts.ts';
import { Clients } from './traffic.ts';

/** Brings 1.0.0 into service and 1.1.0 to the end of its preflight. */
async function beforeCanary(
  laptop: Laptop,
  habits: ServiceHabits = {},
): Promise<{ stable: Variant; candidate: Variant }> {
  const stable = await laptop.release('1.0.0');
  laptop.want({ revision: 1, stable, candidate: null, rollout: null });
  await laptop.seen((one) => one.revision === 1 && one.converged);
  const candidate = await laptop.release('1.1.0', habits);
  laptop.want({ revision: 2, stable, candidate, rollout: rollout(1, { kind: 'preflight' }) });
  await laptop.seen((one) => one.rollout?.preflight?.state === 'passed');
  return { stable, candidate };
}

describe('an agent with a real room, gateway and service', () => {
  it('proves a first release at 0 %, then serves it on the host’s port (OPS-1)', async () => {
    await using laptop = await Laptop.start();
    const smoke = [
      'node',
      '-e',
      'fetch(process.env.RUNG_SMOKE_URL).then(async r => console.log(await r.text()))',
    ];
    const first = await laptop.release('1.0.0', { smoke });
    laptop.want({ revision: 1, stable: null, candidate: first, rollout: rollout(1, { kind: 'preflight' }) });
    const proven = await laptop.seen((one) => one.rollout?.preflight?.state === 'passed');
    expect(proven.rollout?.effectivePercent).toBe(0);
    expect(proven.rollout?.preflight).toMatchObject({ smoke: [{ passed: true, outputTail: '1.0.0\n' }] });
    laptop.want({ revision: 2, stable: first, candidate: null, rollout: null });
    await laptop.seen((one) => one.revision === 2 && one.converged);
    expect(await (await fetch(await laptop.address())).text()).toBe('1.0.0');
  });

  it('climbs to a new version without a failed request and without starting it twice (REL-8)', async () => {
    await using laptop = await Laptop.start();
    const { stable, candidate } = await beforeCanary(laptop);
    await using clients = new Clients(await laptop.address());
    laptop.want({ revision: 3, stable, candidate, rollout: rollout(2, weigh(50, 3000)) });
    await laptop.seen((one) => one.rollout?.effectivePercent === 50 && one.rollout.lease === 'held');
    laptop.want({ revision: 4, stable, candidate, rollout: rollout(3, weigh(100, null)) });
    await laptop.seen((one) => one.rollout?.effectivePercent === 100);
    laptop.want({ revision: 5, stable: candidate, candidate: null, rollout: null });
    const done = await laptop.seen((one) => one.revision === 5 && one.converged);
    expect(done.services[0]?.variants.map(({ version, exits }) => [version, exits])).toEqual([['1.1.0', 0]]);
    expect([...clients.answers.keys()].toSorted()).toEqual(['200 1.0.0', '200 1.1.0']);
    const numbers = laptop.control.samples.map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
  });

  it('takes back by itself a release that errs, and clients of the stable version see nothing (REL-9)', async () => {
    await using laptop = await Laptop.start();
    const { stable, candidate } = await beforeCanary(laptop, { errorShare: 0.5 });
    await using clients = new Clients(await laptop.address(), 8);
    laptop.want({ revision: 3, stable, candidate, rollout: rollout(2, weigh(30, 3000)) });
    const taken = await laptop.seen((one) => one.rollout?.takenBack != null);
    expect(taken.rollout?.takenBack?.rule).toMatch(/contract|early stop/);
    await laptop.seen((one) => one.rollout?.takenBack != null && one.rollout.effectivePercent === 0);
    laptop.want({
      revision: 4,
      stable,
      candidate,
      rollout: rollout(3, { kind: 'take back', reason: 'errors' }),
    });
    await laptop.seen((one) => one.rollout?.backDone === true);
    expect(clients.count('500 1.0.0') + clients.failures).toBe(0);
    expect(await (await fetch(await laptop.address())).text()).toBe('1.0.0');
  });

  it('never exposes again what it took back, whatever word about it comes afterwards (REL-9)', async () => {
    await using laptop = await Laptop.start();
    const { stable, candidate } = await beforeCanary(laptop, { errorShare: 0.5 });
    await using clients = new Clients(await laptop.address(), 8);
    laptop.want({ revision: 3, stable, candidate, rollout: rollout(2, weigh(30, 3000)) });
    await laptop.seen((one) => one.rollout?.takenBack != null);
    laptop.want({ revision: 4, stable, candidate, rollout: rollout(3, weigh(100, 3000)) });
    const later = await laptop.seen((one) => one.rollout?.generation === 3);
    expect(later.rollout?.effectivePercent).toBe(0);
    expect(later.rollout?.takenBack?.rule).toMatch(/contract|early stop/);
    // What was on its way when it was taken back may still be answered by it.
    await clients.answered();
    const before = clients.count('200 1.1.0') + clients.count('500 1.1.0');
    await laptop.killAgent();
    await laptop.startAgent();
    const back = await laptop.seen((one) => one.revision === 4 && one.rollout?.generation === 3);
    expect(back.rollout?.takenBack).not.toBeNull();
    expect((await laptop.gatewaySays(() => true)).weight?.effectivePercent ?? 0).toBe(0);
    expect(clients.count('200 1.1.0') + clients.count('500 1.1.0')).toBe(before);
  });

  it('holds on to an order to take back, and says why it follows no later word', async () => {
    await using laptop = await Laptop.start();
    const { stable, candidate } = await beforeCanary(laptop);
    laptop.want({ revision: 3, stable, candidate, rollout: rollout(2, weigh(50, 3000)) });
    await laptop.seen((one) => one.rollout?.effectivePercent === 50);
    const order = { kind: 'take back', reason: 'a person said so' } as const;
    laptop.want({ revision: 4, stable, candidate, rollout: rollout(3, order) });
    await laptop.seen((one) => one.rollout?.backDone === true);
    laptop.want({ revision: 5, stable, candidate, rollout: rollout(4, weigh(100, 3000)) });
    const later = await laptop.seen((one) => one.revision === 5 && one.troubles.length > 0);
    expect(later.troubles.map(({ code }) => code)).toEqual(['taken-back-before']);
    expect(later.rollout?.effectivePercent).toBe(0);
  });

  it('takes back a release whose process dies under canary traffic, at once (REL-9)', async () => {
    await using laptop = await Laptop.start();
    const { stable, candidate } = await beforeCanary(laptop);
    laptop.want({ revision: 3, stable, candidate, rollout: rollout(2, weigh(100, 3000)) });
    await laptop.seen((one) => one.rollout?.effectivePercent === 100);
    await fetch(`${await laptop.address()}die`);
    const taken = await laptop.seen((one) => one.rollout?.takenBack != null);
    expect(taken.rollout?.takenBack?.rule).toBe('health');
  });

  it('stops a service that is not wanted any more once what is open there has ended, and brings it back', async () => {
    await using laptop = await Laptop.start();
    const stable = await laptop.release('1.0.0');
    laptop.want({ revision: 1, stable, candidate: null, rollout: null });
    await laptop.seen((one) => one.revision === 1 && one.converged);
    const slow = fetch(`${await laptop.address()}slow`);
    await laptop.gatewaySays(({ routes }) => routes[0]?.openConnections.stable === 1);
    laptop.wantNothing(2);
    expect(await (await slow).text()).toBe('1.0.0');
    await expect.poll(() => laptop.instances()).toEqual([]);
    laptop.want({ revision: 3, stable, candidate: null, rollout: null });
    await laptop.seen((one) => one.revision === 3 && one.converged);
    expect(await (await fetch(await laptop.address())).text()).toBe('1.0.0');
  });

  it('brings back a service that is still being stopped, and sends no request to the instance that ends', async () => {
    await using laptop = await Laptop.start();
    const stable = await laptop.release('1.0.0', { habit: 'ignores SIGTERM', stopWithinMs: 60_000 });
    laptop.want({ revision: 1, stable, candidate: null, rollout: null });
    await laptop.seen((one) => one.revision === 1 && one.converged);
    const [first] = await laptop.instanceStates();
    laptop.wantNothing(2);
    await expect.poll(async () => (await laptop.instanceStates())[0]?.state.phase).toBe('stopping');
    laptop.want({ revision: 3, stable, candidate: null, rollout: null });
    expect((await laptop.seen((one) => one.revision === 3)).converged).toBe(false);
    await laptop.kill('service');
    await laptop.seen((one) => one.revision === 3 && one.converged);
    const [second] = await laptop.instanceStates();
    expect(second?.id).not.toBe(first?.id);
    expect(await (await fetch(await laptop.address())).text()).toBe('1.0.0');
  });

  it('goes on with the rollout after a SIGKILL within the lease, and no request fails meanwhile (OPS-6)', async () => {
    await using laptop = await Laptop.start();
    const { stable, candidate } = await beforeCanary(laptop);
    await using clients = new Clients(await laptop.address());
    laptop.want({ revision: 3, stable, candidate, rollout: rollout(2, weigh(50, 8000)) });
    await laptop.seen((one) => one.rollout?.lease === 'held');
    await laptop.killAgent();
    const before = laptop.control.samples.at(-1)?.number ?? 0;
    await laptop.startAgent();
    await laptop.control.until(() => (laptop.control.samples.at(-1)?.number ?? 0) > before + 5);
    const after = await laptop.seen((one) => one.rollout?.generation === 2);
    expect(after.rollout).toMatchObject({ lease: 'held', effectivePercent: 50 });
    expect(clients.failures).toBe(0);
    const numbers = laptop.control.samples.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.at(-1));
  });

  it('does not act on what it thought after it was stopped past its lease', async () => {
    await using laptop = await Laptop.start();
    const { stable, candidate } = await beforeCanary(laptop);
    laptop.want({ revision: 3, stable, candidate, rollout: rollout(2, weigh(50, 1500)) });
    await laptop.seen((one) => one.rollout?.lease === 'held');
    laptop.signalAgent('SIGSTOP');
    await laptop.gatewaySays((state) => state.weight?.lease.state === 'expired');
    laptop.signalAgent('SIGCONT');
    const woken = await laptop.seen((one) => one.rollout?.lease === 'expired');
    expect(woken.rollout?.effectivePercent).toBe(0);
    const state = await laptop.gatewaySays(() => true);
    expect(state.weight).toMatchObject({ rollout: rolloutId, generation: 2, effectivePercent: 0 });
    laptop.want({ revision: 4, stable, candidate, rollout: rollout(3, weigh(50, 8000)) });
    await laptop.seen((one) => one.rollout?.generation === 3 && one.rollout.lease === 'held');
  });

  it('says that nobody judges any more when what runs its services stands still', async () => {
    await using laptop = await Laptop.start();
    const { stable, candidate } = await beforeCanary(laptop);
    laptop.want({ revision: 3, stable, candidate, rollout: rollout(2, weigh(50, 1500)) });
    await laptop.seen((one) => one.rollout?.lease === 'held');
    await using _still = await laptop.roomStandsStill();
    const told = await laptop.seen((one) => one.rollout?.lease === 'expired');
    expect(told.troubles.map(({ code }) => code)).toContain('room-away');
    expect(told.rollout?.effectivePercent).toBe(0);
  });

  it('does not act on a word that waited for it while it was stopped, and was taken back meanwhile', async () => {
    await using laptop = await Laptop.start();
    const { stable, candidate } = await beforeCanary(laptop);
    laptop.want({ revision: 3, stable, candidate, rollout: rollout(2, weigh(0, 4000)) });
    await laptop.seen((one) => one.rollout?.lease === 'held');
    await using clients = new Clients(await laptop.address());
    laptop.signalAgent('SIGSTOP');
    laptop.want({ revision: 4, stable, candidate, rollout: rollout(3, weigh(100, 8000)) });
    await laptop.gatewaySays((state) => state.weight?.lease.state === 'expired');
    laptop.want({ revision: 5, stable, candidate, rollout: rollout(4, weigh(0, 8000)) });
    laptop.signalAgent('SIGCONT');
    await laptop.seen((one) => one.rollout?.generation === 4 && one.rollout.lease === 'held');
    expect([...clients.answers.keys()]).toEqual(['200 1.0.0']);
  });

  it('comes back from its cache while the control plane is away (OPS-6)', async () => {
    await using laptop = await Laptop.start();
    const stable = await laptop.release('1.0.0');
    laptop.want({ revision: 1, stable, candidate: null, rollout: null });
    await laptop.seen((one) => one.revision === 1 && one.converged);
    const address = await laptop.address();
    await laptop.closeControl();
    await laptop.killAgent();
    await laptop.killAll();
    await laptop.startAgent();
    await laptop.gatewaySays((state) => (state.routes[0]?.stable?.addresses.length ?? 0) > 0);
    expect(await (await fetch(address)).text()).toBe('1.0.0');
  });

  it('finds its services again when agent and room were killed together, and starts none twice', async () => {
    await using laptop = await Laptop.start();
    const stable = await laptop.release('1.0.0');
    laptop.want({ revision: 1, stable, candidate: null, rollout: null });
    await laptop.seen((one) => one.revision === 1 && one.converged);
    await using clients = new Clients(await laptop.address());
    await laptop.killAgent();
    await laptop.kill('room');
    await laptop.startAgent();
    laptop.want({ revision: 2, stable, candidate: null, rollout: null });
    const found = await laptop.seen((one) => one.revision === 2 && one.converged);
    expect(found.isolation).toEqual((await laptop.seen(() => true)).isolation);
    expect(found.services[0]?.variants[0]).toMatchObject({ healthy: 1, exits: 0 });
    expect(clients.failures).toBe(0);
  });

  it.each(['gateway', 'room', 'service'] as const)(
    'serves again after a SIGKILL of the %s',
    async (victim) => {
      await using laptop = await Laptop.start();
      const stable = await laptop.release('1.0.0');
      laptop.want({ revision: 1, stable, candidate: null, rollout: null });
      await laptop.seen((one) => one.revision === 1 && one.converged);
      const address = await laptop.address();
      await laptop.kill(victim);
      await expect.poll(() => fetch(address).then((answer) => answer.text()), { interval: 20 }).toBe('1.0.0');
    },
  );
});

describe('a release that cannot run', () => {
  it.each([
    ['starts and dies', { habit: 'dies' }, /ended with code 3/],
    ['never gets healthy', { habit: 'never healthy', startWithinMs: 600 }, /not healthy within 600 ms/],
  ] as const)(
    'fails its preflight when it %s, and says what to do (REL-14)',
    async (_name, habits, sentence) => {
      await using laptop = await Laptop.start();
      const candidate = await laptop.release('1.0.0', habits);
      laptop.want({ revision: 1, stable: null, candidate, rollout: rollout(1, { kind: 'preflight' }) });
      const failed = await laptop.seen((one) => one.rollout?.preflight?.state === 'failed');
      expect(failed.rollout?.preflight).toMatchObject({ cause: 'start' });
      expect(JSON.stringify(failed.rollout?.preflight)).toMatch(sentence);
    },
  );

  it('fails its preflight when its smoke tests do not pass, with their output (REL-14)', async () => {
    await using laptop = await Laptop.start();
    const smoke = ['node', '-e', 'console.log("no good"); process.exit(1)'];
    const candidate = await laptop.release('1.0.0', { smoke });
    laptop.want({ revision: 1, stable: null, candidate, rollout: rollout(1, { kind: 'preflight' }) });
    const failed = await laptop.seen((one) => one.rollout?.preflight?.state === 'failed');
    expect(failed.rollout?.preflight).toMatchObject({
      cause: 'smoke tests',
      smoke: [{ passed: false, outputTail: 'no good\n' }],
    });
  });

  it('names the port that is taken, and serves as soon as it is free (REL-14)', async () => {
    await using laptop = await Laptop.start();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    laptop.port = (other.address() as AddressInfo).port;
    const stable = await laptop.release('1.0.0');
    laptop.want({ revision: 1, stable, candidate: null, rollout: null });
    const troubled = await laptop.seen((one) => one.troubles.length > 0);
    expect(troubled.troubles[0]).toMatchObject({ code: 'port-taken', service: 'web' });
    other.close();
    await laptop.seen((one) => one.converged);
    expect(await (await fetch(`http://127.0.0.1:${laptop.port}/`)).text()).toBe('1.0.0');
  });

  it('is killed when it ignores SIGTERM', async () => {
    await using laptop = await Laptop.start();
    const stable = await laptop.release('1.0.0', { habit: 'ignores SIGTERM', stopWithinMs: 300 });
    laptop.want({ revision: 1, stable, candidate: null, rollout: null });
    await laptop.seen((one) => one.revision === 1 && one.converged);
    const next = await laptop.release('1.1.0');
    laptop.want({ revision: 2, stable: next, candidate: null, rollout: null });
    await laptop.seen((one) => one.revision === 2 && one.converged);
    await expect.poll(() => laptop.instances()).toEqual([next.artifact]);
  });
});
