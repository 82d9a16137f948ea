import type { ServiceName } from '../../src/domain/ids.ts';
import { speakContract } from '../../src/domain/rollout/judge/contract.ts';
import { speakEarlyStop } from '../../src/domain/rollout/judge/early-stop.ts';
import { foldSample, startJudging } from '../../src/domain/rollout/judge/index.ts';
import type { Sample } from '../../src/domain/rollout/sample.ts';
import type { Chance } from '../../src/simulate/chance.ts';
import { canaryStep, sampleMs, sampleOf, type Traffic } from './judge-figures-rollout.ts';

/**
 * When each way of judging would have taken the release back, within five minutes of the beginning, or of when it turns
 * bad; null where it would not. Times are from then.
 */
export interface FirstMinutes {
  readonly literal: number | null;
  readonly argoLike: number | null;
  readonly contract: number | null;
  readonly earlyStop: number | null;
}

const service = 'web' as ServiceName;
const firstMinutesMs = 300_000;
const ruleMs = 120_000;
/** Failed measurements, of one every 30 s, at which an analysis with a failure limit of 3 fails. */
const argoFailures = 4;
const argoEvery = 30_000 / sampleMs;

/** All four over the same traffic. The window of two minutes is full of what came before, where something did. */
export function judgeFirstMinutes(chance: Chance, traffic: Traffic, badFromMs: number): FirstMinutes {
  const skipped = Math.ceil(badFromMs / sampleMs);
  const before = Math.min(skipped, ruleMs / sampleMs);
  const percent = badFromMs < canaryStep.exposureMs ? 10 : 100;
  const seen = Array.from({ length: before + firstMinutesMs / sampleMs }, (_, index) =>
    sampleOf(chance, traffic, skipped - before + index + 1, percent),
  );
  const samples = seen.slice(before);
  const isOver = samples.map((_, index) => {
    const end = before + index + 1;
    return isOverLimit(seen.slice(Math.max(0, end - ruleMs / sampleMs), end));
  });
  const failures = isOver.flatMap((over, index) => (over && (index + 1) % argoEvery === 0 ? [index] : []));
  return {
    literal: timeOf(isOver.indexOf(true)),
    argoLike: timeOf(failures[argoFailures - 1] ?? -1),
    ...byOurRules(samples),
  };
}

const timeOf = (index: number): number | null => (index < 0 ? null : (index + 1) * sampleMs);

/** Errors over requests of the last two minutes, or of what there is of them. */
function isOverLimit(samples: readonly Sample[]): boolean {
  let [requests, errors] = [0, 0];
  for (const sample of samples) {
    requests += sample.services[service]?.candidate?.requests ?? 0;
    errors += sample.services[service]?.candidate?.errors ?? 0;
  }
  return requests > 0 && errors / requests > canaryStep.errorLimit;
}

function byOurRules(samples: readonly Sample[]): Pick<FirstMinutes, 'contract' | 'earlyStop'> {
  let state = startJudging(canaryStep);
  let [contract, earlyStop]: [number | null, number | null] = [null, null];
  for (const [index, sample] of samples.entries()) {
    state = foldSample(state, sample);
    const seen = state.evidence[service];
    if (seen === undefined) break;
    if (speakContract(canaryStep, service, seen)?.action === 'take back') contract ??= timeOf(index);
    if (speakEarlyStop(canaryStep, service, seen)?.action === 'take back') earlyStop ??= timeOf(index);
  }
  return { contract, earlyStop };
}
