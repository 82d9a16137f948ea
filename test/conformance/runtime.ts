import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Digest, EnvironmentId, ServiceName } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Runtime, Workload, WorkloadSpec } from '../../src/ports/runtime.ts';

export interface RuntimeUnderTest extends AsyncDisposable {
  readonly runtime: Runtime;
  /** Folder with an artifact whose `run` is `node answering.ts VERSION ERRORS HABIT`, see test/agent/services. */
  readonly artifactFolder: string;
  /** Ends the process of an instance from outside, as a crash would. */
  readonly crash: (pid: number) => void;
}

const context = { signal: new AbortController().signal, log: silentLog };

/** What every Runtime promises, whatever it runs services on. */
export function runtimeConformance(name: string, open: () => Promise<RuntimeUnderTest>): void {
  describe(`the runtime of ${name}`, () => {
    let tested: RuntimeUnderTest;
    beforeAll(async () => {
      tested = await open();
    });
    afterAll(() => tested[Symbol.asyncDispose]());

    const workloads = async (): Promise<readonly Workload[]> => {
      const observed = await tested.runtime.observe(context);
      if (observed.state !== 'present') throw new Error(observed.state);
      return observed.value;
    };
    const one = async (spec: WorkloadSpec) =>
      (await workloads()).find(({ artifact }) => artifact === spec.artifact)?.instances ?? [];
    /** Observes, plans and applies until the plan is empty, as an agent does. */
    const converge = async (...desired: WorkloadSpec[]): Promise<void> => {
      for (;;) {
        const plan = tested.runtime.plan(desired, await tested.runtime.observe(context));
        if (plan.length === 0) return;
        for (const change of plan) {
          const applied = await tested.runtime.apply(change, context);
          if (!applied.done) await systemClock.sleep(applied.lookAgainMs);
        }
      }
    };
    const until = async (isSo: () => Promise<boolean>): Promise<void> => {
      while (!(await isSo())) await systemClock.sleep(20);
    };
    const healthy = (spec: WorkloadSpec) =>
      until(async () => {
        const instances = await one(spec);
        return (
          instances.length === spec.descriptor.instances &&
          instances.every(({ state }) => state.phase === 'healthy')
        );
      });
    const spec = (
      version: string,
      habit = '',
      more: Partial<WorkloadSpec['descriptor']> = {},
    ): WorkloadSpec => ({
      environment: 'e' as EnvironmentId,
      service: 'web' as ServiceName,
      version,
      artifact: `sha256:${version.replaceAll('.', '').padStart(64, '0')}` as Digest,
      folder: tested.artifactFolder,
      descriptor: {
        rung: 1,
        service: 'web',
        run: ['node', 'answering.ts', version, '0', habit],
        health: { path: '/healthz', everyMs: 100, timeoutMs: 1000, startWithinMs: 20_000 },
        smoke: null,
        smokeTimeoutMs: 5000,
        instances: 1,
        stopWithinMs: 500,
        probe: null,
        ...more,
      },
    });

    it('has nothing to do once what is desired runs, and starts nothing twice', async () => {
      const wanted = spec('1.0.0', '', { instances: 2 });
      await converge(wanted);
      await converge(wanted);
      await healthy(wanted);
      const instances = await one(wanted);
      expect(new Set(instances.map(({ id }) => id)).size).toBe(2);
      expect(new Set(instances.map(({ address }) => address)).size).toBe(2);
      expect(tested.runtime.plan([wanted], await tested.runtime.observe(context))).toEqual([]);
    });

    it('changes nothing by observing', async () => {
      expect(await workloads()).toEqual(await workloads());
    });

    it('stops what is not desired any more, and lets the rest alone', async () => {
      const [old, next] = [spec('1.0.0', '', { instances: 2 }), spec('2.0.0')];
      await converge(old, next);
      await healthy(next);
      const pid = (await one(next))[0]?.pid;
      await converge(next);
      expect(await one(old)).toEqual([]);
      expect((await one(next))[0]?.pid).toBe(pid);
    });

    it('starts again what died, at the same address, counts it, and tells of it', async () => {
      const wanted = spec('2.0.0');
      const before = (await one(wanted))[0];
      let told = 0;
      using _listening = tested.runtime.onChange(() => {
        told += 1;
      });
      tested.crash(before?.pid ?? 0);
      await until(async () => (await one(wanted))[0]?.exits === 1);
      await healthy(wanted);
      const after = (await one(wanted))[0];
      expect(after).toMatchObject({ id: before?.id, address: before?.address, exits: 1 });
      expect(after?.pid).not.toBe(before?.pid);
      // It comes another way than what was asked.
      await until(async () => told > 0);
    });

    it('kills what ignores SIGTERM when its time is up', async () => {
      const stubborn = spec('3.0.0', 'ignores SIGTERM', { stopWithinMs: 200 });
      await converge(stubborn);
      await healthy(stubborn);
      await converge();
      expect(await workloads()).toEqual([]);
    });

    it('tells what is being stopped apart, and starts it anew when it is wanted again meanwhile', async () => {
      const wanted = spec('3.1.0', 'ignores SIGTERM', { stopWithinMs: 60_000 });
      await converge(wanted);
      await healthy(wanted);
      const before = (await one(wanted))[0];
      const { service, artifact } = wanted;
      await tested.runtime.apply({ action: 'stop', service, artifact }, context);
      const observed = await tested.runtime.observe(context);
      const phases = (await one(wanted)).map(({ state }) => state.phase);
      expect(phases).toEqual(['stopping']);
      const again = tested.runtime.plan([wanted], observed);
      expect(again).toEqual([{ action: 'start', spec: wanted }]);
      for (const change of again)
        expect(await tested.runtime.apply(change, context)).toMatchObject({ done: false });
      expect((await one(wanted)).map(({ pid }) => pid)).toEqual([before?.pid]);
      tested.crash(before?.pid ?? 0);
      await converge(wanted);
      await healthy(wanted);
      const after = (await one(wanted))[0];
      expect(after?.pid).not.toBe(before?.pid);
      await tested.runtime.apply({ action: 'stop', service, artifact }, context);
      tested.crash(after?.pid ?? 0);
      await converge();
    });

    it.each([
      ['a program that is not there', { run: ['no-such-program'] }, /start-failed/],
      ['one that dies at once', { run: ['node', 'answering.ts', 'x', '0', 'dies'] }, /instance-exited/],
      [
        'one that never gets healthy',
        {
          run: ['node', 'answering.ts', 'x', '0', 'never healthy'],
          health: { path: '/healthz', everyMs: 50, timeoutMs: 500, startWithinMs: 400 },
        },
        /never-healthy/,
      ],
    ] as const)('names what is wrong with %s, and says what to do (REL-14)', async (_what, more, code) => {
      const broken = spec('4.0.0', '', more);
      await converge(broken);
      await until(async () => (await one(broken))[0]?.trouble !== undefined);
      const trouble = (await one(broken))[0]?.trouble;
      expect(trouble?.code).toMatch(code);
      expect(trouble?.wayOut).not.toBe('');
      await converge();
    });

    it('runs smoke tests against one instance, with their output, and ends those that take too long', async () => {
      const tests = (script: string, smokeTimeoutMs = 10_000) =>
        spec('5.0.0', '', { smoke: ['node', '-e', script], smokeTimeoutMs });
      const passing = tests(
        'fetch(process.env.RUNG_SMOKE_URL).then(async (r) => console.log(await r.text()))',
      );
      await converge(passing);
      await healthy(passing);
      const [instance] = await one(passing);
      if (!instance) throw new Error('nothing runs');
      expect(await tested.runtime.smoke(passing, instance, context)).toMatchObject({
        passed: true,
        outputTail: '5.0.0\n',
      });
      const failing = tests('console.log("no"); process.exit(7)');
      expect(await tested.runtime.smoke(failing, instance, context)).toMatchObject({
        passed: false,
        exitCode: 7,
      });
      const endless = tests('setInterval(() => {}, 1000)', 300);
      expect(await tested.runtime.smoke(endless, instance, context)).toMatchObject({
        passed: false,
        timedOut: true,
      });
    });

    it('removes everything, and succeeds when nothing is left', async () => {
      expect(await tested.runtime.remove(context)).toEqual({ done: true });
      expect(await workloads()).toEqual([]);
      expect(await tested.runtime.remove(context)).toEqual({ done: true });
    });
  });
}
