import type { EnvironmentView, ServiceView } from '../../api/views.ts';
import type { Tone } from '../../components/state-mark.tsx';

const words: Record<EnvironmentView['health'], { readonly tone: Tone; readonly text: string }> = {
  healthy: { tone: 'ok', text: 'Healthy' },
  degraded: { tone: 'warn', text: 'Degraded' },
  down: { tone: 'bad', text: 'Down' },
  empty: { tone: 'off', text: 'Nothing runs here yet' },
  unknown: { tone: 'off', text: 'Not known' },
};

/** How an environment is. Of one whose agent is silent nobody knows: what was last seen may be long gone. */
export function healthWords({ health, agent }: Pick<EnvironmentView, 'health' | 'agent'>): {
  readonly tone: Tone;
  readonly text: string;
} {
  if (agent.silent && health !== 'empty') return { tone: 'warn', text: 'Not known' };
  return words[health];
}

/** Whether no service has ever been put here, however much is known of its health. */
export const isEmpty = ({ services }: Pick<EnvironmentView, 'services'>): boolean =>
  services.every(({ stable }) => stable === null);

/** The version most services run; null where nothing runs. */
export function mostCommonVersion(services: readonly ServiceView[]): string | null {
  const counts = new Map<string, number>();
  for (const { stable } of services) {
    if (stable !== null) counts.set(stable.version, (counts.get(stable.version) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, left], [, right]) => right - left);
  return most?.[0] ?? null;
}

/** As many as are shown whole; beyond, only those that differ are. */
const mostWhole = 4;
const mostDiffering = 5;

/** What to show of an environment's services: all of a few, of many only those that are not like the rest. */
export function servicesWorthShowing(services: readonly ServiceView[]): {
  readonly shown: readonly ServiceView[];
  readonly hidden: number;
  readonly version: string | null;
} {
  const version = mostCommonVersion(services);
  if (services.length <= mostWhole) return { shown: services, hidden: 0, version };
  const differing = services.filter((one) => isDifferent(one, version));
  const shown = differing.slice(0, mostDiffering);
  return { shown, hidden: services.length - shown.length, version };
}

const isDifferent = ({ stable, instances }: ServiceView, version: string | null): boolean =>
  (stable?.version ?? null) !== version || (instances !== null && instances.healthy < instances.wanted);
