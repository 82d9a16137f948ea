import { digestOfJson } from '../../domain/canonical.ts';
import { Failure } from '../../domain/failure.ts';
import { actorName } from '../../domain/actor.ts';
import type { Digest, Instant, ProjectId, RolloutId, ServiceName } from '../../domain/ids.ts';
import { matchesBranch } from '../../domain/branch.ts';
import {
  type ArtifactRef,
  type Release,
  type ReleaseManifest,
  type ReleaseMark,
  releaseIdOf,
} from '../../domain/release.ts';
import { notesOf } from '../../domain/release-notes.ts';
import { listText } from '../../domain/wording.ts';
import { compareVersions, nextVersion } from '../../domain/version.ts';
import type { Reader, Transaction } from '../../engine/store.ts';
import { asPerson, needMember } from '../callers.ts';
import type { Caller, ControlPlane, CreateRelease } from '../face.ts';
import { allEnvironments, everyOne, releaseNamed } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import type { ReleaseView } from '../views.ts';
import type { Environment } from '../../domain/environment.ts';

type Releases = Pick<ControlPlane, 'createRelease' | 'liftMark' | 'putArtifact'>;

type ShowRelease = (release: Release, environments: readonly Environment[]) => ReleaseView;

/** A release comes to be: immutable, and its id is the digest of what it contains. */
export function createReleases(parts: Parts, releaseView: ShowRelease): Releases {
  const { store, clock, objects } = parts;
  return {
    putArtifact: async (project, digest, bytes, caller) => {
      await store.read((tx) => needMember(tx, project, caller));
      return objects.put(digestFrom(digest), bytes);
    },
    createRelease: async (project, ask, caller) => {
      await store.read((tx) => needMember(tx, project, caller));
      await needArtifacts(parts, ask);
      return store.transaction(async (tx) => {
        const manifest = manifestOf(ask);
        const known = (await tx.get(project, 'release', releaseIdOf(manifest)))?.value;
        if (known === undefined) await needNewTree(tx, project, manifest);
        const release = known ?? (await newRelease(tx, project, manifest, ask, caller, clock.now()));
        await finishBuild(tx, project, ask.tree, clock.now());
        await wakeBranches(tx, project, ask.tree, clock.now());
        return releaseView(release, await allEnvironments(tx, project));
      });
    },
    liftMark: async (project, name, { reason, rollout }, caller) => {
      const by = asPerson(caller, 'lift a mark');
      return store.transaction(async (tx) => {
        const stored = await releaseNamed(tx, project, name);
        await needMember(tx, project, caller);
        if (stored.value.mark === null)
          throw new Failure('conflict', 'release-unmarked', `${stored.value.version} carries no mark.`, {
            wayOut: 'There is nothing to lift.',
          });
        needSameMark(stored.value.mark, rollout);
        const release: Release = { ...stored.value, mark: null };
        await tx.put(project, 'release', release.id, release, stored.version);
        await tx.append([
          {
            project,
            kind: 'release.mark-lifted',
            at: clock.now(),
            actor: by,
            environment: null,
            subject: `release/${release.id}`,
            message: `${by.id} lifted the mark of ${release.version}: ${reason}`,
            payload: { reason, mark: stored.value.mark },
          },
        ]);
        const environments = await allEnvironments(tx, project);
        await wakeAllOf(tx, environments, clock.now());
        return releaseView(release, environments);
      });
    },
  };
}

/** Whoever lifts a mark answers for what they read: taken back once more, it may be for something else. */
function needSameMark(mark: ReleaseMark, seen: RolloutId | undefined): void {
  if (seen === undefined || seen === mark.rollout) return;
  throw new Failure('conflict', 'release-marked-anew', 'It was taken back once more since you looked.', {
    wayOut: 'Read why, and lift that mark, if you still want to.',
  });
}

export function digestFrom(text: string): Digest {
  if (/^sha256:[0-9a-f]{64}$/u.test(text)) return text as Digest;
  throw new Failure('invalid', 'digest-malformed', `${text.slice(0, 80)} is not a digest.`, {
    wayOut: 'Write sha256: and 64 hex digits.',
  });
}

async function needArtifacts({ objects }: Parts, ask: CreateRelease): Promise<void> {
  const names = Object.entries(ask.services);
  if (names.length === 0)
    throw new Failure('invalid', 'release-empty', 'A release needs at least one service.', {
      wayOut: 'Name the services and their artifacts.',
    });
  const there = await Promise.all(names.map(([, { artifact }]) => objects.has(digestFrom(artifact))));
  const missing = names.filter((_, index) => there[index] == null).map(([service]) => service);
  if (missing.length > 0)
    throw new Failure('invalid', 'artifact-missing', `There is no artifact for ${missing.join(', ')}.`, {
      wayOut: 'Upload each artifact first: PUT …/artifacts/{digest}',
    });
}

/** What a tree is known by has to be one thing: evidence binds to the tree, and a merge is matched to a release by it. */
async function needNewTree(
  tx: Reader,
  project: ProjectId,
  { tree, services }: ReleaseManifest,
): Promise<void> {
  const [built] = (await tx.list(project, 'release', { tree }, { limit: 1 })).items;
  if (built === undefined) return;
  const { version, manifest } = built.value;
  const names = [...new Set([...Object.keys(services), ...Object.keys(manifest.services)])] as ServiceName[];
  const other = names.filter(
    (name) => digestOfJson(services[name] ?? null) !== digestOfJson(manifest.services[name] ?? null),
  );
  throw new Failure(
    'conflict',
    'tree-released',
    `This tree is ${version} already, and ${listText(other)} is not what was built of it then.`,
    {
      wayOut: `A tree is built once: use ${version}. What has to be built otherwise needs a change in the source.`,
      facts: { version, release: built.value.id, services: other },
    },
  );
}

function manifestOf(ask: CreateRelease): ReleaseManifest {
  const services = Object.entries(ask.services).map(([service, one]): [string, ArtifactRef] => [
    service,
    {
      artifact: digestFrom(one.artifact),
      ...(one.configSchema === undefined ? {} : { configSchema: digestFrom(one.configSchema) }),
    },
  ]);
  return { services: Object.fromEntries(services) as Record<ServiceName, ArtifactRef>, tree: ask.tree };
}

async function newRelease(
  tx: Transaction,
  project: ProjectId,
  manifest: ReleaseManifest,
  ask: CreateRelease,
  caller: Caller,
  now: Instant,
): Promise<Release> {
  const version = await takeVersion(tx, project, ask.commits);
  const release: Release = {
    id: releaseIdOf(manifest),
    project,
    version,
    manifest,
    commit: ask.commit,
    branch: ask.branch,
    notes: notesOf(ask.commits),
    createdAt: now,
    createdBy: caller.actor,
    mark: null,
  };
  await tx.put(project, 'release', release.id, release, 0);
  await tx.append([
    {
      project,
      kind: 'release.created',
      at: now,
      actor: caller.actor,
      environment: null,
      subject: `release/${release.id}`,
      message: `${actorName(caller.actor)} built ${version} from ${ask.branch} at ${ask.commit.slice(0, 9)}`,
      payload: {
        release: release.id,
        version,
        tree: ask.tree,
        commit: ask.commit,
        branch: ask.branch,
        services: manifest.services,
      },
    },
  ]);
  return release;
}

/**
 * Kept with the project: two builders at once never take the same, and no list of releases has to be read. After a restore
 * something may run whose release was lost, and two things of one version would be told apart by nobody.
 */
async function takeVersion(
  tx: Transaction,
  project: ProjectId,
  commits: CreateRelease['commits'],
): Promise<string> {
  const stored = await tx.get(project, 'project', project);
  const latest = stored?.value.latestVersion ?? (await latestVersion(tx, project));
  const running = versionsIn(await allEnvironments(tx, project));
  let version = nextVersion(latest, commits);
  while (running.has(version)) version = nextVersion(version, commits);
  if (stored !== undefined)
    await tx.put(project, 'project', project, { ...stored.value, latestVersion: version }, stored.version);
  return version;
}

const versionsIn = (environments: readonly Environment[]): ReadonlySet<string> =>
  new Set(environments.flatMap(({ stable }) => Object.values(stable).map((one) => one.version)));

async function latestVersion(tx: Reader, project: ProjectId): Promise<string | null> {
  const all = (await everyOne(tx, project, 'release')).map((one) => one.value.version);
  return all.toSorted(compareVersions).at(-1) ?? null;
}

async function finishBuild(tx: Transaction, project: ProjectId, tree: string, now: Instant): Promise<void> {
  const build = await tx.get(project, 'build', tree);
  if (build !== undefined && build.value.state.phase !== 'built')
    await tx.put(
      project,
      'build',
      tree,
      { ...build.value, state: { phase: 'built', at: now } },
      build.version,
    );
}

/** Environments whose branch has this tree at its head may have something to ask for now. */
async function wakeBranches(tx: Transaction, project: ProjectId, tree: string, now: Instant): Promise<void> {
  const branches = await everyOne(tx, project, 'branch', { tree });
  const heads = branches.map((one) => one.value.id);
  const woken = (await allEnvironments(tx, project)).filter(({ spec }) =>
    heads.some((head) => matchesBranch(spec.source ?? '', head)),
  );
  await wakeAllOf(tx, woken, now);
}

const wakeAllOf = (tx: Transaction, environments: readonly Environment[], now: Instant): Promise<void> =>
  tx.wake(environments.map(({ id, project }) => ({ key: `environment/${id}`, project, at: now })));
