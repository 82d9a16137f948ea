import { actorName } from '../../../domain/actor.ts';
import type { Evidence, EvidenceFacts, EvidenceFile, EvidenceId } from '../../../domain/evidence/evidence.ts';
import { saysOf } from '../../../domain/evidence/says.ts';
import type { Environment } from '../../../domain/environment.ts';
import type { ProjectId } from '../../../domain/ids.ts';
import type { Release } from '../../../domain/release.ts';
import type { Reader, Transaction } from '../../../engine/store.ts';
import type { Arrived } from '../../../ports/object-store.ts';
import { asPerson, needMember } from '../../callers.ts';
import type { Caller, ControlPlane, SayEvidence } from '../../face.ts';
import { allEnvironments, environmentNamed, releaseNamed } from '../../lookup.ts';
import type { Parts } from '../../parts.ts';
import type { EvidenceView } from '../../views.ts';
import { needReader, readFile } from './read-file.ts';
import { needKnownItems } from './checklist-items.ts';
import { planReadBy } from './rollback-plan.ts';
import { inOwnName, needSense, needSpeaker } from './said.ts';
import { evidenceView } from './view.ts';

/** The most bytes that a file of evidence may have: 256 MiB. */
const evidenceLimitBytes = 268_435_456;

/** Evidence comes in: kept as it came, read into facts, and bound to the release's tree (REL-2). */
export function createIntake(
  parts: Parts,
): Pick<ControlPlane, 'addEvidence' | 'sayEvidence' | 'readRollbackPlan'> {
  return {
    addEvidence: async (project, ask, bytes, caller) => {
      // Asked before anything is taken in, so that nobody sends 100 MB about a release that is not there.
      await parts.store.read((tx) => placeOf(tx, project, ask, caller));
      needReader(parts, ask);
      const read = (arrived: Arrived) => readFile(parts, ask, arrived);
      const { digest, size, found } = await parts.objects.keep(bytes, evidenceLimitBytes, read);
      const { facts, format } = found;
      const file = { digest, name: ask.fileName, format, bytes: size };
      return parts.store.transaction(async (tx) => {
        const place = await placeOf(tx, project, ask, caller);
        return keep(parts, tx, place, { name: ask.name, facts, file }, caller);
      });
    },
    sayEvidence: async (project, ask, caller) => {
      needSpeaker(ask.facts, caller);
      needSense(ask);
      return parts.store.transaction(async (tx) => {
        const place = await placeOf(tx, project, ask, caller);
        await needKnownItems(tx, project, ask);
        const facts = inOwnName(ask.facts, caller);
        return keep(parts, tx, place, { name: ask.name, facts, file: null }, caller);
      });
    },
    readRollbackPlan: async (project, ask, caller) => {
      const by = asPerson(caller, 'say that they read a rollback plan');
      return parts.store.transaction(async (tx) => {
        const place = await placeOf(tx, project, { release: ask.release }, caller);
        const facts = await planReadBy(tx, place.release, ask.plan, by.id);
        return keep(parts, tx, place, { name: undefined, facts, file: null }, caller);
      });
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
  await needMember(tx, project, caller);
  return {
    release: (await releaseNamed(tx, project, ask.release)).value,
    environment:
      ask.environment === undefined ? null : (await environmentNamed(tx, project, ask.environment)).value,
  };
}

interface Found {
  readonly name: string | undefined;
  readonly facts: EvidenceFacts;
  readonly file: EvidenceFile | null;
}

async function keep(
  parts: Parts,
  tx: Transaction,
  { release, environment }: Place,
  { name, facts, file }: Found,
  caller: Caller,
): Promise<EvidenceView> {
  const evidence: Evidence = {
    id: parts.newId() as EvidenceId,
    project: release.project,
    kind: facts.kind,
    name: name ?? facts.kind,
    tree: release.manifest.tree,
    environment: environment?.id ?? null,
    facts,
    file,
    by: caller.actor,
    at: parts.clock.now(),
  };
  await tx.put(release.project, 'evidence', evidence.id, evidence, 0);
  await tellAdded(tx, evidence, release, environment);
  await wakeEnvironments(tx, evidence);
  return evidenceView(evidence, environment?.name ?? null);
}

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
