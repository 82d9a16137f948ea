import type { Environment } from '../../domain/environment.ts';
import type { EnvironmentName, PromotionId } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { Reader } from '../../engine/store.ts';
import type { Caller } from '../face.ts';
import type { Parts } from '../parts.ts';
import { considerPromotion } from '../promote/request.ts';
import type { PromotionView, WayView } from '../views.ts';
import type { Ladder } from './ladder-pages.ts';
import { releaseBelow } from './release-below.ts';
import { wayStanding } from './way-view.ts';

/** What the ways into some environments are shown from. */
export interface WayFacts {
  readonly file: ProjectFile;
  readonly environments: ReadonlyMap<EnvironmentName, Environment>;
  readonly promotions: readonly PromotionView[];
  readonly caller: Caller;
}

/** The rung below each rung of a piece of a ladder; of the first, it may stand on another page. */
export function rungsBelow(
  { pipelines }: Pick<ProjectFile, 'pipelines'>,
  { pipeline, rungs }: Ladder,
): ReadonlyMap<EnvironmentName, EnvironmentName> {
  const names = (pipeline === null ? [] : (pipelines[pipeline] ?? [])).map(({ environment }) => environment);
  return new Map(
    rungs.flatMap((name) => {
      const below = names[names.indexOf(name) - 1];
      return below === undefined ? [] : [[name, below]];
    }),
  );
}

/** The way into each rung from the one below it. */
export async function waysOf(
  tx: Reader,
  parts: Parts,
  ladders: readonly Ladder[],
  facts: WayFacts,
): Promise<readonly WayView[]> {
  const ways: WayView[] = [];
  for (const ladder of ladders)
    for (const [name, below] of rungsBelow(facts.file, ladder)) {
      const from = facts.environments.get(below);
      const to = facts.environments.get(name);
      if (from !== undefined && to !== undefined && ladder.pipeline !== null)
        ways.push(await wayOf(tx, parts, { pipeline: ladder.pipeline, from, to }, facts));
    }
  return ways;
}

interface Way {
  readonly pipeline: string;
  readonly from: Environment;
  readonly to: Environment;
}

async function wayOf(
  tx: Reader,
  parts: Parts,
  { pipeline, from, to }: Way,
  { promotions, caller }: WayFacts,
): Promise<WayView> {
  const now = parts.clock.now();
  const open = promotions.find((one) => one.environment === to.name && one.kind === 'promotion');
  const common = { pipeline, from: from.name, to: to.name };
  if (open !== undefined) {
    const standing = wayStanding(open.admission, open.state.phase, now);
    return { ...common, release: open.release, promotion: open.id, admission: open.admission, ...standing };
  }
  const release = await releaseBelow(tx, from, to);
  if (release === null)
    return { ...common, release: null, promotion: null, admission: null, ...wayStanding(null, null, now) };
  const ask = {
    kind: 'promotion',
    release,
    target: to,
    requester: caller.actor,
    reason: '',
  } as const;
  const { admission } = await considerPromotion(tx, ask, '' as PromotionId, now);
  return {
    ...common,
    release: { id: release.id, version: release.version },
    promotion: null,
    admission,
    ...wayStanding(admission, null, now),
  };
}
