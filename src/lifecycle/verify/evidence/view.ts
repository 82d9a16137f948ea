import type { Evidence } from '../../../domain/evidence/evidence.ts';
import { saysOf } from '../../../domain/evidence/says.ts';
import type { EnvironmentName } from '../../../domain/ids.ts';
import type { EvidenceView } from '../../views.ts';

export const evidenceView = (evidence: Evidence, environment: EnvironmentName | null): EvidenceView => ({
  id: evidence.id,
  kind: evidence.kind,
  name: evidence.name,
  tree: evidence.tree,
  environment,
  says: saysOf(evidence.facts),
  facts: evidence.facts,
  file: evidence.file,
  by: evidence.by,
  at: evidence.at,
});
