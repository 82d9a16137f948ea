import type { Closeness, RolloutView } from '../../api/views.ts';
import { percentText } from '../../components/figures.ts';
import { spanText } from '../../time/format.ts';

const order: readonly Closeness['rule'][] = ['advance', 'contract', 'early stop', 'health', 'latency'];

/** What the rule does and when, in the words of the table on the board. */
export function ruleText(rule: Closeness['rule'], judging: RolloutView['judging']): string {
  switch (rule) {
    case 'advance':
      return judging?.phase === 'watching' ? 'Ends well' : 'Goes on';
    case 'contract':
      return judging === null
        ? 'Takes it back: too many errors'
        : `Takes it back: errors over ${percentText(judging.errorLimit * 100)} for ${spanText(judging.errorForMs)}`;
    case 'early stop':
      return 'Takes it back: surely worse';
    case 'health':
      return 'Takes it back: unhealthy';
    case 'latency':
      return judging === null
        ? 'Asks a person: slow'
        : `Asks a person: p95 over ${Number(judging.latencyFactor.toFixed(1))} × the baseline`;
  }
}

/** The rules for one service: what lets it go on first, then what would stop it. */
export const rulesOf = (closeness: readonly Closeness[], service: string): readonly Closeness[] =>
  order.flatMap((rule) => closeness.filter((one) => one.rule === rule && one.service === service));

/** How near the nearest rule that would stop a service is: 0 to 1. */
export const danger = (closeness: readonly Closeness[], service: string): number =>
  Math.max(
    0,
    ...closeness.filter((one) => one.service === service && one.rule !== 'advance').map((one) => one.share),
  );

/** From here on a service is pointed out, because a rule comes close there. */
export const worthPointingOut = 0.5;

/**
 * The service at which a rule that would stop the rollout is closest; null while none comes close, so that what is
 * looked at does not change with every sample.
 */
export function closestService({
  services,
  closeness,
}: Pick<RolloutView, 'services' | 'closeness'>): string | null {
  const [closest] = services
    .map(({ service }) => ({ service, share: danger(closeness, service) }))
    .toSorted((left, right) => right.share - left.share);
  return closest === undefined || closest.share < worthPointingOut ? null : closest.service;
}

/**
 * The p95 at which a person is asked, in milliseconds: from the frozen baseline where there is one, else from the
 * stable version beside it. null where neither is known.
 */
export function latencyLimitMs({ judging, figures }: RolloutView, service: string): number | null {
  if (judging === null) return null;
  const baselineMs =
    judging.baseline === null ? figures[service]?.stable.p95Ms : judging.baseline[service]?.p95Ms;
  return baselineMs === null || baselineMs === undefined ? null : baselineMs * judging.latencyFactor;
}
