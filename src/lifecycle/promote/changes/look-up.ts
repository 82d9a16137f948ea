import {
  authorsOf,
  type ChangeRequest,
  countingApprovals,
  formDigest,
} from '../../../domain/change-request.ts';
import type { Environment } from '../../../domain/environment.ts';
import type { ProjectId } from '../../../domain/ids.ts';
import type { Release } from '../../../domain/release.ts';
import type { Filter, Reader } from '../../../engine/store.ts';
import type { ControlPlane, PageOf } from '../../face.ts';
import { environmentNamed, releaseNamed, rulesFor } from '../../lookup.ts';
import type { ChangeRequestView } from '../../views.ts';
import { approversNamed, targetOf } from './stored.ts';

/** As people are shown it: what counts of its approvals now, by the rules in force. */
export async function viewOfChange(tx: Reader, change: ChangeRequest): Promise<ChangeRequestView> {
  const target = await targetOf(tx, change);
  const file = await rulesFor(tx, target);
  const from = approversNamed(file, target);
  const counting = countingApprovals(change, from, file);
  return {
    id: change.id,
    environment: target.name,
    release: { id: change.release, version: change.version },
    tree: change.tree,
    form: change.form,
    seen: formDigest(change),
    requestedBy: change.requestedBy,
    requestedAt: change.requestedAt,
    editedBy: change.editedBy,
    authors: authorsOf(change),
    approvers: from,
    approvals: change.approvals.map((approval) => {
      const { by, roles, at, comment, plan } = approval;
      return { by, roles, at, comment, plan, counts: counting.includes(approval) };
    }),
    notes: change.notes,
    state: change.state,
  };
}

/** The newest for this source and place, if there is any. */
export async function newestChange(
  tx: Reader,
  { project, manifest }: Release,
  { id }: Environment,
): Promise<ChangeRequest | null> {
  const found = await tx.list(project, 'change', { tree: manifest.tree, environment: id }, { limit: 1 });
  return found.items[0]?.value ?? null;
}

export async function listChanges(
  tx: Reader,
  project: ProjectId,
  query: Parameters<ControlPlane['changeRequests']>[1],
): Promise<PageOf<ChangeRequestView>> {
  const filter: Filter = {
    ...(query.release !== undefined && {
      tree: (await releaseNamed(tx, project, query.release)).value.manifest.tree,
    }),
    ...(query.environment !== undefined && {
      environment: (await environmentNamed(tx, project, query.environment)).value.id,
    }),
    ...(query.state !== undefined && { phase: [query.state] }),
  };
  const found = await tx.list(project, 'change', filter, {
    limit: Math.min(query.limit ?? 50, 200),
    after: query.after,
  });
  const items = await Promise.all(found.items.map(({ value }) => viewOfChange(tx, value)));
  return { items, next: found.next };
}
