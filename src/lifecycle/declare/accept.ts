import type { Actor } from '../../domain/actor.ts';
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
import type { Transaction } from '../../engine/store.ts';
import { desiredChanged } from '../desired-changed.ts';
import type { Parts } from '../parts.ts';

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
  readonly environments: readonly {
    readonly name: EnvironmentName;
    readonly id: EnvironmentId;
    readonly agent: AgentId;
  }[];
}

/**
 * The project file is accepted: what it names comes to exist, and it becomes the rules in force for each of its
 * environments. Doing it again with the same file changes nothing.
 */
export async function declareProject(parts: Parts, declaration: Declaration): Promise<Declared> {
  const { store, clock, newId } = parts;
  const { file } = declaration;
  const known = (await store.projects()).find((one) => one.name === file.project);
  const project = known?.id ?? (newId() as ProjectId);
  return store.transaction(async (tx) => {
    const now = clock.now();
    if (known === undefined) await createProject(tx, project, declaration, now);
    const rules = await tx.get(project, 'rules', declaration.digest);
    if (rules === undefined)
      await tx.put(
        project,
        'rules',
        declaration.digest,
        { id: declaration.digest, project, file, text: declaration.text },
        0,
      );
    const names = Object.keys(file.environments) as EnvironmentName[];
    const environments = [];
    for (const name of names)
      environments.push(await declareEnvironment(tx, parts, project, name, declaration, now));
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

async function declareEnvironment(
  tx: Transaction,
  { newId }: Parts,
  project: ProjectId,
  name: EnvironmentName,
  declaration: Declaration,
  now: Instant,
): Promise<Declared['environments'][number]> {
  const spec = declaration.file.environments[name] as EnvironmentSpec;
  const stored = (await tx.list(project, 'environment', { name }, { limit: 10 })).items.find(
    (one) => one.value.retiredAt === null,
  );
  const rules = {
    file: declaration.digest,
    branch: declaration.branch,
    acceptedAt: now,
    acceptedBy: declaration.by,
  };
  if (stored !== undefined) {
    const { value } = stored;
    if (value.rules.file === declaration.digest) return { name, id: value.id, agent: value.agent };
    const next = { ...value, spec, rules, revision: value.revision + 1 };
    await tx.put(project, 'environment', value.id, next, stored.version);
    await tell(tx, next, 'rules.accepted', declaration, now, `${name} follows a new project file`);
    await tx.append([desiredChanged(next, null, now)]);
    await tx.wake([{ key: `environment/${value.id}`, project, at: now }]);
    return { name, id: value.id, agent: value.agent };
  }
  const id = newId() as EnvironmentId;
  const agent = newId() as AgentId;
  const keys = declaration.keys[name];
  const environment: Environment = {
    id,
    project,
    name,
    spec,
    agent,
    stable: {},
    deployments: [],
    validation: null,
    revision: 1,
    rules,
    retiredAt: null,
  };
  await tx.put(project, 'environment', id, environment, 0);
  await tx.put(
    project,
    'agent',
    agent,
    {
      id: agent,
      project,
      environments: [id],
      keys: keys === undefined ? [] : [{ ...keys, addedAt: now, revokedAt: null }],
      lastHeardAt: null,
      boot: null,
    },
    0,
  );
  await tell(
    tx,
    environment,
    'environment.declared',
    declaration,
    now,
    `${name} was declared (${spec.tier}: ${spec.purpose})`,
  );
  await tx.wake([{ key: `environment/${id}`, project, at: now }]);
  return { name, id, agent };
}

const tell = (
  tx: Transaction,
  environment: Environment,
  kind: 'environment.declared' | 'rules.accepted',
  { digest, branch, by }: Declaration,
  now: Instant,
  message: string,
): Promise<void> =>
  tx.append([
    {
      project: environment.project,
      kind,
      at: now,
      actor: by,
      environment: environment.id,
      subject: `environment/${environment.id}`,
      message,
      payload: { file: digest, branch, spec: environment.spec },
    },
  ]);
