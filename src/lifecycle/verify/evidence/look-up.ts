import type { Evidence, EvidenceKind } from '../../../domain/evidence/evidence.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Filter, Reader } from '../../../engine/store.ts';
import type { ControlPlane } from '../../face.ts';
import { releaseNamed } from '../../lookup.ts';
import type { Parts } from '../../parts.ts';
import type { EvidenceView } from '../../views.ts';
import { evidenceView } from './view.ts';

/** Evidence is read again: by release, and the file as it came. */
export function createEvidenceQueries({
  store,
  objects,
}: Parts): Pick<ControlPlane, 'evidence' | 'evidenceFile'> {
  return {
    evidence: (project, release, { kind, ...page }) =>
      store.read(async (tx) => {
        const { manifest } = (await releaseNamed(tx, project, release)).value;
        const found = await tx.list(project, 'evidence', filterOf(manifest.tree, kind), pageOf(page));
        const items = await Promise.all(found.items.map(({ value }) => view(tx, value)));
        return { items, next: found.next };
      }),
    evidenceFile: async (project, id) => {
      const found = await store.read((tx) => tx.get(project, 'evidence', id));
      const file = found?.value.file ?? null;
      if (file === null) throw withoutFile(id, found !== undefined);
      return { file, bytes: objects.get(file.digest) };
    },
  };
}

const filterOf = (tree: string, kind: EvidenceKind | undefined): Filter => ({
  tree,
  ...(kind !== undefined && { name: kind }),
});

const pageOf = ({
  after,
  limit,
}: {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}) => ({
  limit: Math.min(limit ?? 50, 200),
  after,
});

async function view(tx: Reader, evidence: Evidence): Promise<EvidenceView> {
  const { project, environment } = evidence;
  const place = environment === null ? undefined : await tx.get(project, 'environment', environment);
  return evidenceView(evidence, place?.value.name ?? null);
}

const withoutFile = (id: string, isKnown: boolean): Failure =>
  isKnown
    ? new Failure('absent', 'evidence-without-file', 'This was said, not read from a file.', {
        wayOut: 'What was said is in the evidence itself: rung evidence list',
      })
    : new Failure('absent', 'evidence-unknown', `There is no evidence ${id}.`, {
        wayOut: 'See which there is: rung evidence list VERSION',
      });
