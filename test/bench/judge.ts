import process from 'node:process';
import { foldSample, judge, startJudging, verdictOf } from '../../src/domain/rollout/judge/index.ts';
import { chanceFrom } from '../../src/simulate/chance.ts';
import { canaryStep, sampleMs, sampleOf } from '../simulation/judge-figures-rollout.ts';
import { row, sized, subject } from './row.ts';

const rounds = sized(40, 1);
const traffic = { requestsPerSecond: 5, errorRatio: () => 0.02, stableErrorRatio: 0.02, latencyTimes: 1 };
const chance = chanceFrom(1);
const samples = Array.from({ length: 1440 }, (_, index) => sampleOf(chance, traffic, index + 1, 100));
const watching = {
  ...canaryStep,
  phase: 'watching',
  trafficPercent: 100,
  exposureMs: 0,
  maximumMs: 7_200_000,
  baseline: {},
} as const;

function measure(name: string, look: (state: ReturnType<typeof startJudging>, elapsedMs: number) => unknown) {
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    let state = startJudging(watching);
    for (const sample of samples) {
      state = foldSample(state, sample);
      look(state, sample.number * sampleMs);
    }
  }
  const { user, system } = process.cpuUsage(before);
  const perSecond = (rounds * samples.length) / ((user + system) / 1e6);
  const watchMs = (samples.length / perSecond) * 1000;
  row({
    what: name,
    figure: perSecond,
    unit: 'samples/CPU s',
    note: `two hours of watching cost ${watchMs.toFixed(1)} ms`,
  });
}

subject({ title: 'The judge', about: 'How many samples of a service the judge folds and judges.' });
measure('folded, with a verdict', verdictOf);
measure('folded, with all that people are shown', judge);
