import type { Actor } from '../../domain/actor.ts';
import { isFailure } from '../../domain/failure.ts';
import type { Environment } from '../../domain/environment.ts';
import type {
  AgentId,
  Digest,
  EnvironmentId,
  EnvironmentName,
  Instant,
  ProjectId,
} from '../../domain/ids.ts';
import type { EnvironmentSpec, ProjectFile } from '../../domain/project-file/types.ts';
import type { RuleChange } from '../../domain/rules/index.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import { everyOne } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import { acceptRules } from './accept-rules.ts';
import { considerRules } from './propose.ts';

export interface Declaration {
  readonly file: ProjectFile;
  readonly text: string;
  readonly digest: Digest;
  /** The branch the file was read from. */
  readonly branch: string;
  /** Public keys of each environment's agent, raw and base64url. */
  readonly keys: Readonly<Record<EnvironmentName, { readonly signing: string; readonly sealing: string }>>;
  readonly by: Actor;
}

export interface Declared {
  readonly project: ProjectId;
  readonly environments: readonly DeclaredEnvironment[];
}

export interface DeclaredEnvironment {
  readonly name: EnvironmentName;
  readonly id: EnvironmentId;
  readonly agent: AgentId;
  /** What would weaken it and waits for its approvers; empty when the file is in force. */
  readonly waiting: readonly RuleChange[];
}

/**
 * A project file is declared: what it names comes to exist, and it becomes the rules in force of each environment
 * whose rules it does not weaken. What weakens a protected one waits for that environment's approvers. Doing it again
 * with the same file changes nothing.
 */
export async function declareProject(parts: Parts, declaration: Declaration): Promise<Declared> {
  try {
    return await declareOnce(parts, declaration);
  } catch (thrown) {
    // Another replica created the same project at the same moment: it is there now.
    if (isFailure(thrown) && thrown.code === 'record-changed') return declareOnce(parts, declaration);
    throw thrown;
  }
}

async function declareOnce(parts: Parts, declaration: Declaration): Promise<Declared> {
  const { store, clock, newId } = parts;
  const { file } = declaration;
  const known = (await store.projects()).find((one) => one.name === file.project);
  const project = known?.id ?? (newId() as ProjectId);
  return store.transaction(async (tx) => {
    const now = clock.now();
    if (known === undefined) await createProject(tx, project, declaration, now);
    await keepFile(tx, project, declaration);
    const there = await environmentsByName(tx, project);
    const environments: DeclaredEnvironment[] = [];
    for (const name of Object.keys(file.environments) as EnvironmentName[]) {
      const stored = there.get(name);
      environments.push(await declareEnvironment(tx, parts, project, { name, stored }, declaration, now));
    }
    return { project, environments };
  });
}

async function createProject(
  tx: Transaction,
  project: ProjectId,
  { file, by }: Declaration,
  now: Instant,
): Promise<void> {
  await tx.put(project, 'project', project, { id: project, name: file.project, createdAt: now }, 0);
  await tx.append([
    {
      project,
      kind: 'project.created',
      at: now,
      actor: by,
      environment: null,
      subject: `project/${project}`,
      message: `The project ${file.project} was created`,
      payload: { name: file.project },
    },
  ]);
}

/** By its digest, whether or not it is in force anywhere yet. */
export async function keepFile(
  tx: Transaction,
  project: ProjectId,
  { digest, file, text }: Pick<Declaration, 'digest' | 'file' | 'text'>,
): Promise<void> {
  if ((await tx.get(project, 'rules', digest)) === undefined)
    await tx.put(project, 'rules', digest, { id: digest, project, file, text }, 0);
}

async function declareEnvironment(
  tx: Transaction,
  parts: Parts,
  project: ProjectId,
  { name, stored }: { readonly name: EnvironmentName; readonly stored: Stored<'environment'> | undefined },
  declaration: Declaration,
  now: Instant,
): Promise<DeclaredEnvironment> {
  if (stored === undefined) return createEnvironment(tx, parts, project, name, declaration, now);
  const { id, agent } = stored.value;
  return { name, id, agent, waiting: await considerRules(tx, parts, stored, declaration, now) };
}

/** Every environment that is not retired, by its name. */
export async function environmentsByName(
  tx: Transaction,
  project: ProjectId,
): Promise<ReadonlyMap<EnvironmentName, Stored<'environment'>>> {
  const all = await everyOne(tx, project, 'environment');
  return new Map(all.flatMap((one) => (one.value.retiredAt === null ? [[one.value.name, one]] : [])));
}

/** A new environment is ruled by the file that declares it. */
async function createEnvironment(
  tx: Transaction,
  { newId }: Parts,
  project: ProjectId,
  name: EnvironmentName,
  declaration: Declaration,
  now: Instant,
): Promise<DeclaredEnvironment> {
  const id = newId() as EnvironmentId;
  const agent = newId() as AgentId;
  const environment: Environment = {
    id,
    project,
    name,
    spec: declaration.file.environments[name] as EnvironmentSpec,
    agent,
    stable: {},
    deployments: [],
    validation: null,
    revision: 0,
    rules: {
      file: declaration.digest,
      branch: declaration.branch,
      acceptedAt: now,
      acceptedBy: declaration.by,
    },
    retiredAt: null,
  };
  await registerAgent(tx, environment, declaration, now);
  await acceptRules(tx, { value: environment, version: 0 }, declaration, declaration.by, now);
  return { name, id, agent, waiting: [] };
}

async function registerAgent(
  tx: Transaction,
  { id, project, name, agent }: Environment,
  { keys }: Declaration,
  now: Instant,
): Promise<void> {
  const own = keys[name];
  const record = {
    id: agent,
    project,
    environments: [id],
    keys: own === undefined ? [] : [{ ...own, addedAt: now, revokedAt: null }],
    lastHeardAt: null,
    boot: null,
  };
  await tx.put(project, 'agent', agent, record, 0);
}
