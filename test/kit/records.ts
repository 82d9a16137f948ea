import { type ActorId, type ProjectId, type ReleaseId, instant } from '../../src/domain/ids.ts';
import type { Release } from '../../src/domain/release.ts';
import type { BranchRecord, BuildRecord } from '../../src/engine/records.ts';

export const aBranch = (project: ProjectId, id: string, commit: string): BranchRecord => ({
  id,
  project,
  commit,
  tree: `tree of ${commit.length}`,
  at: instant(1_000),
});

export function aBuild(
  project: ProjectId,
  tree: string,
  phase: 'wanted' | 'building' | 'failed',
): BuildRecord {
  const states = {
    wanted: { phase: 'wanted' },
    building: { phase: 'building', by: 'ci', since: instant(2_000) },
    failed: { phase: 'failed', at: instant(3_000), detail: 'no' },
  } as const;
  return {
    id: tree,
    project,
    tree,
    commit: 'c',
    branch: 'main',
    wantedAt: instant(1_000),
    state: states[phase],
  };
}

export const aRelease = (project: ProjectId, id: string, createdAt: number): Release => ({
  id: id as ReleaseId,
  project,
  version: `1.0.${createdAt}`,
  manifest: { services: {}, tree: `tree of ${id}` },
  commit: 'c',
  branch: 'main',
  notes: [],
  createdAt: instant(createdAt),
  createdBy: { kind: 'token', id: 'ci' as ActorId, name: 'ci' },
  mark: null,
});
