import { durationMs } from './duration.ts';
import { type Finding, listOf, numberOf, recordOf, textOf } from './finding.ts';
import { baselineFactor, errorRatioLimit } from './limit.ts';

/** Problems of one rollout: weights that do not rise to 100, times that contradict each other, limits of nothing. */
export function rolloutFindings(pointer: string, rollout: unknown): readonly Finding[] {
  const spec = recordOf(rollout);
  const canary = listOf(spec['canary']).map(recordOf);
  return [
    ...weightFindings(`${pointer}/canary`, canary),
    ...timeFindings(`${pointer}/canary`, canary),
    ...rollbackFindings(`${pointer}/rollback`, listOf(spec['rollback']).map(recordOf)),
    ...askFindings(`${pointer}/ask`, listOf(spec['ask']).map(recordOf)),
    ...leaseFindings(`${pointer}/lease`, textOf(spec['lease'])),
  ];
}

type Rule = Readonly<Record<string, unknown>>;
const shortestLeaseMs = 500;

function weightFindings(pointer: string, canary: readonly Rule[]): readonly Finding[] {
  const percents = canary.map((step) => numberOf(step['percent']));
  const falling = percents.flatMap((percent, index): Finding[] => {
    const before = percents[index - 1];
    if (percent === undefined || before === undefined || percent > before) return [];
    return [
      {
        pointer: `${pointer}/${index}/percent`,
        on: 'value',
        message: `${percent} % comes after ${before} %, but the share only rises.`,
        instead: before < 100 ? `more than ${before}` : 'nothing after 100 %',
      },
    ];
  });
  const last = percents.at(-1);
  if (last === undefined || last === 100 || falling.length > 0) return falling;
  return [
    {
      pointer: `${pointer}/${percents.length - 1}/percent`,
      on: 'value',
      message: `The canary ends at ${last} %.`,
      instead: '`{ percent: 100 }` as the last step',
    },
  ];
}

function timeFindings(pointer: string, canary: readonly Rule[]): readonly Finding[] {
  return canary.flatMap((step, index): Finding[] => {
    const place = `${pointer}/${index}`;
    if (index === canary.length - 1) {
      if (!('for' in step)) return [];
      const message = 'The last step has no time of its own.';
      return [{ pointer: `${place}/for`, on: 'key', message, instead: '`watch`, beside `canary`' }];
    }
    const exposureMs = durationMs(textOf(step['for']) ?? '');
    if (!('for' in step) || exposureMs === 0) {
      const message = 'This step does not say how long it has to go well.';
      return [{ pointer: place, on: 'value', message, instead: '`{ percent: 10, for: 5m }`' }];
    }
    const maximumMs = durationMs(textOf(step['maximum']) ?? '');
    if (maximumMs === null || exposureMs === null || maximumMs >= exposureMs) return [];
    const message = 'The step would end before it could have been long enough.';
    return [{ pointer: `${place}/maximum`, on: 'value', message, instead: 'at least as long as `for`' }];
  });
}

function rollbackFindings(pointer: string, rules: readonly Rule[]): readonly Finding[] {
  const firstErrors = rules.findIndex((rule) => 'errors' in rule);
  return rules.flatMap((rule, index): Finding[] => {
    const place = `${pointer}/${index}`;
    if ('errors' in rule && index !== firstErrors) {
      return [
        {
          pointer: place,
          on: 'value',
          message: 'There is a limit for errors already.',
          instead: 'one limit',
        },
      ];
    }
    if ('for' in rule && !('errors' in rule)) {
      const message = '`for` belongs to a limit for errors; failing health acts at once.';
      return [{ pointer: `${place}/for`, on: 'key', message, instead: '`{ errors: "> 5%", for: 2m }`' }];
    }
    if ('errors' in rule && 'health' in rule) {
      const message = 'These are two rules.';
      return [{ pointer: place, on: 'value', message, instead: 'a list item for each' }];
    }
    if (errorRatioLimit(textOf(rule['errors']) ?? '') !== 0) return [];
    const message = 'A limit of no errors at all takes back every release.';
    return [{ pointer: `${place}/errors`, on: 'value', message, instead: '`"> 1%"` or more' }];
  });
}

function askFindings(pointer: string, rules: readonly Rule[]): readonly Finding[] {
  return rules.flatMap((rule, index): Finding[] => {
    if (index > 0) {
      return [
        {
          pointer: `${pointer}/${index}`,
          on: 'value',
          message: 'There is a limit for p95 already.',
          instead: 'one limit',
        },
      ];
    }
    const factor = baselineFactor(textOf(rule['p95']) ?? '');
    if (factor === null || factor > 1) return [];
    const message = 'This would ask a person about releases that are as fast as before.';
    return [{ pointer: `${pointer}/${index}/p95`, on: 'value', message, instead: 'a factor above 1' }];
  });
}

function leaseFindings(pointer: string, lease: string | undefined): readonly Finding[] {
  const leaseMs = durationMs(lease ?? '');
  if (leaseMs === null || leaseMs >= shortestLeaseMs) return [];
  const message = 'No agent renews a lease that often.';
  return [{ pointer, on: 'value', message, instead: '`500ms` or more; `30s` is usual' }];
}
