import { expect, it } from 'vitest';
import type { EnvironmentId, RolloutId, ServiceName } from '../domain/ids.ts';
import { silentLog } from '../domain/log.ts';
import type { Sample } from '../domain/rollout/sample.ts';
import { createVirtualClock, someMoment } from '../engine/virtual-clock.ts';
import { agentLimits } from '../protocol/agent-limits.ts';
import type { ObservationRequest } from '../protocol/messages.ts';
import type { ControlClient } from './control-client.ts';
import { ControlLink } from './control-link.ts';
import { Reporter, type SampleSource } from './reporter.ts';

const prod = '01890000-0000-7000-8000-0000000000e1' as EnvironmentId;
const rollout = '01890000-0000-7000-8000-000000000001' as RolloutId;

/** Of a release of many services with much traffic. */
function sample(number: number): Sample {
  const latency = Object.fromEntries(Array.from({ length: 100 }, (_, bucket) => [bucket, 100_000 + bucket]));
  const counts = { requests: 10_000_000, errors: 0, probes: 0, latency };
  const health = { wanted: 2, healthy: 2, exits: 0, refused: 0, failedProbes: 0 };
  const services = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `service-${index}` as ServiceName,
      { candidate: counts, stable: counts, health },
    ]),
  );
  return { rollout, generation: 1, number, at: someMoment, durationMs: 1000, trafficPercent: 5, services };
}

/** Unanswered until they are answered. */
function sourceOf(samples: readonly Sample[]): SampleSource & { left: readonly Sample[] } {
  return {
    left: samples,
    unanswered(limit) {
      return this.left.slice(0, limit);
    },
    answered(told) {
      this.left = this.left.filter((one) => !told.includes(one));
    },
  };
}

/** What is told until nothing is left to tell. */
async function told(reporterOf: (reporter: Reporter) => void): Promise<readonly ObservationRequest[]> {
  const clock = createVirtualClock(someMoment);
  const messages: ObservationRequest[] = [];
  const client: ControlClient = {
    poll: () => Promise.reject(new Error('not asked')),
    artifact: () => Promise.reject(new Error('not asked')),
    observe: async (message) => void messages.push(message),
    close: async () => undefined,
  };
  const reporter = new Reporter('boot', clock, new ControlLink(client, clock, silentLog));
  reporterOf(reporter);
  const ending = new AbortController();
  const running = reporter.run(ending.signal);
  await clock.settle();
  ending.abort();
  await running;
  return messages;
}

it('says no more at once than the control plane takes, and all of it in the end', async () => {
  const samples = Array.from({ length: 120 }, (_, index) => sample(index + 1));
  const messages = await told((reporter) => reporter.addSource(prod, sourceOf(samples)));
  const largest = Math.max(...messages.map((message) => JSON.stringify(message).length));
  expect(largest).toBeLessThan(agentLimits.bodyBytes);
  expect(messages.flatMap((message) => message.samples.map(({ number }) => number))).toEqual(
    samples.map(({ number }) => number),
  );
});

it('tells samples once, however often an environment had to be begun', async () => {
  const samples = [sample(1), sample(2)];
  const messages = await told((reporter) => {
    for (let turn = 0; turn < 3; turn += 1) reporter.addSource(prod, sourceOf(samples));
  });
  expect(messages.flatMap((message) => message.samples.map(({ number }) => number))).toEqual([1, 2]);
});
