import { actorName } from '../../../domain/actor.ts';
import type { Evidence, EvidenceFacts, EvidenceFile, EvidenceId } from '../../../domain/evidence/evidence.ts';
import { saysOf } from '../../../domain/evidence/says.ts';
import type { Environment } from '../../../domain/environment.ts';
import type { ProjectId } from '../../../domain/ids.ts';
import type { Release } from '../../../domain/release.ts';
import { rolesOf } from '../../../domain/roles.ts';
import type { Reader, Transaction } from '../../../engine/store.ts';
import { needScope, noRole } from '../../callers.ts';
import type { Caller, ControlPlane, SayEvidence } from '../../face.ts';
import { allEnvironments, anyRules, environmentNamed, releaseNamed } from '../../lookup.ts';
import type { Parts } from '../../parts.ts';
import type { EvidenceView } from '../../views.ts';
import { readFile } from './read-file.ts';
import { needSense, needSpeaker } from './said.ts';
import { evidenceView } from './view.ts';

/** The most bytes that a file of evidence may have. */
export const evidenceLimitBytes = 256 * 1024 * 1024;

/** Evidence comes in: kept as it came, read into facts, and bound to the release's tree (REL-2). */
export function createIntake(parts: Parts): Pick<ControlPlane, 'addEvidence' | 'sayEvidence'> {
  return {
    addEvidence: async (project, ask, bytes, caller) => {
      needScope(caller, 'evidence');
      // Asked before anything is taken in, so that nobody sends 100 MB about a release that is not there.
      await parts.store.read((tx) => placeOf(tx, project, ask, caller));
      const { digest, size } = await parts.objects.keep(bytes, evidenceLimitBytes);
      const { facts, format } = await readFile(parts, ask, digest);
      const file = { digest, name: ask.fileName, format, bytes: size };
      return keep(parts, project, ask, { facts, file }, caller);
    },
    sayEvidence: async (project, ask, caller) => {
      needSpeaker(ask.facts, caller);
      needSense(ask.facts);
      return keep(parts, project, ask, { facts: ask.facts, file: null }, caller);
    },
  };
}

type Placed = Omit<SayEvidence, 'facts'>;

interface Place {
  readonly release: Release;
  readonly environment: Environment | null;
}

/** What it is about. Denied to a person without a role. */
async function placeOf(tx: Reader, project: ProjectId, ask: Placed, caller: Caller): Promise<Place> {
  if (caller.person !== null && rolesOf(await anyRules(tx, project), caller.person).length === 0)
    throw noRole(caller.person);
  return {
    release: (await releaseNamed(tx, project, ask.release)).value,
    environment:
      ask.environment === undefined ? null : (await environmentNamed(tx, project, ask.environment)).value,
  };
}

const keep = (
  parts: Parts,
  project: ProjectId,
  ask: Placed,
  found: { readonly facts: EvidenceFacts; readonly file: EvidenceFile | null },
  caller: Caller,
): Promise<EvidenceView> =>
  parts.store.transaction(async (tx) => {
    const { release, environment } = await placeOf(tx, project, ask, caller);
    const evidence: Evidence = {
      id: parts.newId() as EvidenceId,
      project,
      kind: found.facts.kind,
      name: ask.name ?? found.facts.kind,
      tree: release.manifest.tree,
      environment: environment?.id ?? null,
      ...found,
      by: caller.actor,
      at: parts.clock.now(),
    };
    await tx.put(project, 'evidence', evidence.id, evidence, 0);
    await tellAdded(tx, evidence, release, environment);
    await wakeEnvironments(tx, evidence);
    return evidenceView(evidence, environment?.name ?? null);
  });

const tellAdded = (
  tx: Transaction,
  evidence: Evidence,
  release: Release,
  environment: Environment | null,
): Promise<void> =>
  tx.append([
    {
      project: evidence.project,
      kind: 'evidence.added',
      at: evidence.at,
      actor: evidence.by,
      environment: evidence.environment,
      subject: `release/${release.id}`,
      message: `${actorName(evidence.by)} handed over ${evidence.name} of ${release.version}${environment === null ? '' : ` in ${environment.name}`}: ${saysOf(evidence.facts)}`,
      payload: {
        evidence: evidence.id,
        kind: evidence.kind,
        name: evidence.name,
        tree: evidence.tree,
        file: evidence.file,
      },
    },
  ]);

/** Whatever waits for it may be able to go now. */
async function wakeEnvironments(tx: Transaction, { project, at }: Evidence): Promise<void> {
  const environments = await allEnvironments(tx, project);
  await tx.wake(environments.map(({ id }) => ({ key: `environment/${id}`, project, at })));
}
