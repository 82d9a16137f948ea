import { Failure } from '../domain/failure.ts';
import { mostExceptions, type MadeException } from '../domain/calendar/exception.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { Environment } from '../domain/environment.ts';
import type { EnvironmentName, ProjectId } from '../domain/ids.ts';
import { livePhases } from '../domain/rollout/types.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import type { Filter, Page, Reader, RecordKind, Records, Stored } from '../engine/store.ts';

/** The rules in force: the file that was last accepted for this environment. */
export async function rulesFor(tx: Reader, environment: Environment): Promise<ProjectFile> {
  const rules = await tx.get(environment.project, 'rules', environment.rules.file);
  if (rules !== undefined) return rules.value.file;
  throw new Failure(
    'defect',
    'rules-missing',
    `The rules accepted for ${environment.name} are not in the store.`,
    {
      wayOut: 'Start again with rung up: it accepts the project file anew.',
    },
  );
}

export async function environmentNamed(
  tx: Reader,
  project: ProjectId,
  name: EnvironmentName | string,
): Promise<Stored<'environment'>> {
  const found = await environmentIfThere(tx, project, name);
  if (found !== null) return found;
  throw environmentUnknown(name, await tx.list(project, 'environment', {}, { limit: mostListed }));
}

/** null where there is none: a project file may name one that comes to exist with the next `rung up`. */
export async function environmentIfThere(
  tx: Reader,
  project: ProjectId,
  name: EnvironmentName | string,
): Promise<Stored<'environment'> | null> {
  const { items } = await tx.list(project, 'environment', { name }, { limit: 10 });
  return items.find((one) => one.value.retiredAt === null) ?? null;
}

/** More names in a row than this are not read by anybody. */
const mostListed = 20;

function environmentUnknown(name: string, { items, next }: Page<Stored<'environment'>>): Failure {
  const names = items.map((one) => one.value.name).join(', ');
  const wayOut =
    next !== null
      ? 'Look for it by some letters of its name: rung status --search LETTERS'
      : names === ''
        ? 'No environment is declared yet; see rung.yaml.'
        : `The environments are: ${names}.`;
  return new Failure('absent', 'environment-unknown', `There is no environment ${name}.`, { wayOut });
}

export async function releaseNamed(
  tx: Reader,
  project: ProjectId,
  versionOrId: string,
): Promise<Stored<'release'>> {
  const wanted = versionOrId.replace(/^v(?=\d)/u, '');
  const found = wanted.startsWith('sha256:')
    ? await tx.get(project, 'release', wanted)
    : (await tx.list(project, 'release', { name: wanted }, { limit: 1 })).items[0];
  if (found !== undefined) return found;
  throw new Failure('absent', 'release-unknown', `There is no release ${versionOrId}.`, {
    wayOut: 'See which there are: rung release list',
  });
}

/** What is kept under an id; null where there is nothing. */
export const kept = async <K extends RecordKind>(
  tx: Reader,
  project: ProjectId,
  kind: K,
  id: string,
): Promise<Records[K] | null> => (await tx.get(project, kind, id))?.value ?? null;

/** The promotions and rollbacks that wait to go into an environment. */
export const waitingInto = (
  tx: Reader,
  project: ProjectId,
  environment: Environment['id'],
): Promise<readonly Stored<'promotion'>[]> =>
  everyOne(tx, project, 'promotion', { environment, phase: ['waiting'] });

/** The rollout that is live in an environment, if any. */
export async function liveRollout(
  tx: Reader,
  project: ProjectId,
  environment: Environment['id'],
): Promise<Stored<'rollout'> | null> {
  const live = await tx.list(project, 'rollout', { environment, phase: livePhases }, { limit: 1 });
  return live.items[0] ?? null;
}

/** The exceptions that stand in an environment, those that end last first: all that are not over, and latest ones that are. */
export async function exceptionsFor(
  tx: Reader,
  { project, id }: Pick<Environment, 'project' | 'id'>,
): Promise<readonly MadeException[]> {
  const filter = { environment: id, phase: ['standing'] };
  const page = await tx.list(project, 'exception', filter, { limit: mostExceptions });
  return page.items.map((one) => one.value);
}

/** Who stands in for whom, those that end last first: all that are not over, and latest ones that are. */
export async function delegationsOf(tx: Reader, project: ProjectId): Promise<readonly Delegation[]> {
  const page = await tx.list(project, 'delegation', { phase: ['standing'] }, { limit: 200 });
  return page.items.map((one) => one.value);
}

/** Those of these names that are not retired. */
export async function environmentsNamed(
  tx: Reader,
  project: ProjectId,
  names: readonly EnvironmentName[],
): Promise<readonly Environment[]> {
  if (names.length === 0) return [];
  const found = await everyOne(tx, project, 'environment', { name: names });
  return found.map((one) => one.value).filter((one) => one.retiredAt === null);
}

/** Every environment that is not retired. */
export async function allEnvironments(tx: Reader, project: ProjectId): Promise<readonly Environment[]> {
  const all = await everyOne(tx, project, 'environment');
  return all.map((one) => one.value).filter((one) => one.retiredAt === null);
}

/** All pages. For what a ladder has hundreds of at the most. */
export async function everyOne<K extends RecordKind>(
  tx: Reader,
  project: ProjectId,
  kind: K,
  filter: Filter = {},
): Promise<readonly Stored<K>[]> {
  const all: Stored<K>[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof tx.list<K>>> = await tx.list(project, kind, filter, {
      limit: 200,
      ...(after === null ? {} : { after }),
    });
    all.push(...page.items);
    after = page.next;
  } while (after !== null);
  return all;
}

/** The project file that was accepted last: for members, roles and the shape of the pipelines. */
export const anyRules = async (tx: Reader, project: ProjectId): Promise<ProjectFile> =>
  (await fileInForce(tx, project)).file;

export interface FileInForce {
  readonly file: ProjectFile;
  /** Environments that are there and that it does not name. */
  readonly unnamed: readonly EnvironmentName[];
}

/** The project file that was accepted last, and which environments there are besides those that it names. */
export async function fileInForce(tx: Reader, project: ProjectId): Promise<FileInForce> {
  const kept = (await tx.get(project, 'project', project))?.value.inForce;
  const rules = kept === undefined ? undefined : await tx.get(project, 'rules', kept.file);
  if (kept !== undefined && rules !== undefined) return { file: rules.value.file, unnamed: kept.unnamed };
  return fileFoundInForce(tx, project);
}

/** Where nothing was accepted since it is kept with the project. */
async function fileFoundInForce(tx: Reader, project: ProjectId): Promise<FileInForce> {
  const all = await allEnvironments(tx, project);
  const [newest] = all.toSorted((left, right) => right.rules.acceptedAt - left.rules.acceptedAt);
  if (newest === undefined)
    throw new Failure('absent', 'project-undeclared', 'No project file was accepted yet.', {
      wayOut: 'Start with rung up beside a rung.yaml.',
    });
  const file = await rulesFor(tx, newest);
  return { file, unnamed: namesBeside(file, all) };
}

/** The environments that a project file does not name. */
export const namesBeside = (
  file: Pick<ProjectFile, 'environments'>,
  environments: readonly Environment[],
): readonly EnvironmentName[] =>
  environments.flatMap(({ name }) => (file.environments[name] === undefined ? [name] : []));

/** The project file that waits to rule an environment, if any. */
export async function waitingProposal(
  tx: Reader,
  { project, id }: Environment,
): Promise<Stored<'proposal'> | null> {
  const open = await tx.list(project, 'proposal', { environment: id, phase: ['waiting'] }, { limit: 1 });
  return open.items[0] ?? null;
}
