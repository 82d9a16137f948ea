import type { Environment } from '../../domain/environment.ts';
import type { Release } from '../../domain/release.ts';
import type { ReleaseView } from '../views.ts';

export function releaseView(release: Release, environments: readonly Environment[]): ReleaseView {
  return {
    id: release.id,
    version: release.version,
    tree: release.manifest.tree,
    commit: release.commit,
    branch: release.branch,
    services: release.manifest.services,
    notes: release.notes,
    createdAt: release.createdAt,
    createdBy: release.createdBy,
    mark: release.mark,
    runsIn: environments
      .filter((environment) => Object.values(environment.stable).some((one) => one.release === release.id))
      .map((environment) => environment.name),
  };
}
