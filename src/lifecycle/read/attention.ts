import type { EnvironmentId, Instant, ProjectId } from '../../domain/ids.ts';
import { isOpen, openPhases, type Promotion } from '../../domain/promotion.ts';
import type { Environment } from '../../domain/environment.ts';
import { livePhases, type Rollout } from '../../domain/rollout/types.ts';
import type { RulesProposal } from '../../domain/rules/index.ts';
import { everyOne } from '../lookup.ts';
import type { Reader } from '../../engine/store.ts';
import type { WeakenedView } from '../views.ts';
import { waitingRules } from './rules-view.ts';

/** What is under way or waits for somebody, wherever it is: the newest, so that there is an end to it. */
export interface Attention {
  readonly promotions: readonly Promotion[];
  /** The live ones, and the last that was judged. */
  readonly rollouts: readonly Rollout[];
  readonly weakened: readonly RulesProposal[];
}

const mostOpen = 50;
const mostLive = 20;
const mostWeakened = 20;

export async function readAttention(reader: Reader, project: ProjectId): Promise<Attention> {
  const open = await reader.list(project, 'promotion', { phase: openPhases }, { limit: mostOpen });
  const live = await reader.list(project, 'rollout', { phase: livePhases }, { limit: mostLive });
  const latest = await reader.list(project, 'rollout', {}, { limit: 10 });
  const waiting = await reader.list(project, 'proposal', { phase: ['waiting'] }, { limit: mostWeakened });
  const last = latest.items.find(({ value }) => value.policy !== null);
  return {
    promotions: open.items.map(({ value }) => value),
    rollouts: [...live.items, ...(last === undefined ? [] : [last])].map(({ value }) => value),
    weakened: waiting.items.map(({ value }) => value),
  };
}

export const placesOf = ({ promotions, rollouts, weakened }: Attention): readonly EnvironmentId[] => [
  ...new Set([...promotions, ...rollouts, ...weakened].map(({ environment }) => environment)),
];

/** Those that want attention anywhere, and all of the environments that are shown; newest first. */
export async function openPromotions(
  tx: Reader,
  project: ProjectId,
  anywhere: readonly Promotion[],
  shown: readonly Environment[],
): Promise<readonly Promotion[]> {
  const here = await Promise.all(
    shown.map(({ id }) => everyOne(tx, project, 'promotion', { environment: id, phase: openPhases })),
  );
  const all = [...anywhere, ...here.flat().map(({ value }) => value)].filter(isOpen);
  const byId = new Map(all.map((one) => [one.id, one]));
  return [...byId.values()].toSorted((left, right) => (left.id < right.id ? 1 : -1));
}

/** Weaker rules that wait, with who is asked about them. */
export async function weakenedViews(
  tx: Reader,
  project: ProjectId,
  proposals: readonly RulesProposal[],
  now: Instant,
): Promise<readonly WeakenedView[]> {
  const views: WeakenedView[] = [];
  for (const { environment: id } of proposals) {
    const environment = (await tx.get(project, 'environment', id))?.value;
    const waiting = environment === undefined ? null : await waitingRules(tx, environment, now);
    if (environment !== undefined && waiting !== null) views.push({ environment: environment.name, waiting });
  }
  return views;
}
