import type { Actor } from '../../domain/actor.ts';
import { releaseIn, type Environment } from '../../domain/environment.ts';
import type { ReleaseId } from '../../domain/ids.ts';
import type { BranchRecord } from '../../engine/records.ts';
import type { Release } from '../../domain/release.ts';

export interface AutomationFacts {
  readonly target: Environment;
  /** The rung before the target; null for the first. */
  readonly source: Environment | null;
  /** Heads of the branches whose merges ask for the target, with the release of their tree where there is one. */
  readonly merged: readonly { readonly branch: BranchRecord; readonly release: Release | null }[];
}

export interface AutomaticAsk {
  readonly release: ReleaseId;
  readonly requester: Actor;
  readonly reason: string;
  /** The branch whose head asks; null where it is what runs on the rung before. */
  readonly branch: string | null;
}

/**
 * What automation would ask for now: a merge into the target's branch, or what the rung before it runs. Where people
 * promote by hand, what a merge asks for waits for one of them.
 */
export function automationAsks(facts: AutomationFacts): AutomaticAsk | null {
  const wanted = facts.target.spec.deploy === 'automatic' ? onward(facts) : onMerge(facts);
  return wanted?.release === releaseIn(facts.target) ? null : wanted;
}

function onMerge({ merged }: AutomationFacts): AutomaticAsk | null {
  const newest = merged
    .filter((one) => one.release?.mark === null)
    .toSorted((left, right) => right.branch.at - left.branch.at)[0];
  if (newest?.release == null) return null;
  return {
    release: newest.release.id,
    requester: { kind: 'automation', rule: `merge into ${newest.branch.id}` },
    reason: `merged into ${newest.branch.id}`,
    branch: newest.branch.id,
  };
}

function onward({ source, target }: AutomationFacts): AutomaticAsk | null {
  if (source === null) return null;
  const release = releaseIn(source);
  if (release === null) return null;
  return {
    release,
    requester: { kind: 'automation', rule: `${target.name} follows ${source.name}` },
    reason: `it runs in ${source.name}`,
    branch: null,
  };
}
