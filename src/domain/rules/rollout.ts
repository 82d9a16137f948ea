import { usualMaximumMs } from '../project-file/fill-rollout.ts';
import type { CanaryStep, RolloutPolicy } from '../project-file/types.ts';
import { shareText, spanText } from '../wording.ts';
import { compared, comparedIfAny, numbers, type RuleChange } from './change.ts';

/** How carefully a release goes in, before and after. */
export const rolloutChanges = (
  from: RolloutPolicy | undefined,
  to: RolloutPolicy | undefined,
): readonly RuleChange[] =>
  comparedIfAny('rollout', from, to, { text: rolloutText, having: 'strengthens', both: policyChanges });

function policyChanges(from: RolloutPolicy, to: RolloutPolicy): readonly RuleChange[] {
  return [
    ...canaryChanges(from.canary, to.canary),
    ...numbers('watch', from.watchMs, to.watchMs, 'more', spanText),
    ...numbers('taken back at errors over', from.errors.limit, to.errors.limit, 'less', shareText),
    ...numbers('taken back after errors for', from.errors.forMs, to.errors.forMs, 'less', spanText),
    ...numbers('asks a person at p95 over', from.latency.factor, to.latency.factor, 'less', timesText),
    ...numbers('lease', from.leaseMs, to.leaseMs, 'less', spanText),
    ...compared('drain', from.drainMs, to.drainMs, { text: spanText, order: () => 0 }),
  ];
}

const timesText = (factor: number): string => `${factor} × baseline`;
function stepText({ percent, exposureMs, maximumMs }: CanaryStep): string {
  const time = exposureMs === 0 ? '' : ` for ${spanText(exposureMs)}`;
  const most = maximumMs === usualMaximumMs(exposureMs) ? '' : ` (${spanText(maximumMs)} at most)`;
  return `${percent} %${time}${most}`;
}
const canaryText = (steps: readonly CanaryStep[]): string => steps.map(stepText).join(', ');
const rolloutText = ({ canary, watchMs }: RolloutPolicy): string =>
  `canary ${canaryText(canary)}, watched ${spanText(watchMs)}`;

const canaryChanges = (from: readonly CanaryStep[], to: readonly CanaryStep[]): readonly RuleChange[] =>
  compared('canary', from, to, { text: canaryText, order: canaryOrder });

/**
 * Safer when at every share the other reaches, this one has shown no more traffic and waited no less: steps are
 * compared one by one, and where there are more or fewer of them nobody can say.
 */
function canaryOrder(from: readonly CanaryStep[], to: readonly CanaryStep[]): number | null {
  if (from.length < to.length) return null;
  const orders: number[] = [];
  for (const [index, step] of from.entries()) {
    const other = to[index];
    if (other === undefined) return null;
    orders.push(step.percent - other.percent, other.exposureMs - step.exposureMs);
  }
  if (orders.some((order) => order < 0)) return -1;
  return orders.some((order) => order > 0) ? 1 : 0;
}
