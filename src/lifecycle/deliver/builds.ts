import { Failure } from '../../domain/failure.ts';
import { matchesBranch } from '../../domain/branch.ts';
import { actorName } from '../../domain/actor.ts';
import { digestOf } from '../../domain/canonical.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Instant, ProjectId } from '../../domain/ids.ts';
import type { BranchRecord, BuildRecord } from '../../engine/records.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import { needMember } from '../callers.ts';
import type { BranchHead, Caller, ControlPlane } from '../face.ts';
import { allEnvironments, everyOne } from '../lookup.ts';
import type { Parts } from '../parts.ts';

type Builds = Pick<ControlPlane, 'branchesMoved' | 'wantedBuilds' | 'claimBuild' | 'failBuild'>;

/**
 * The commit at which the project file of each branch was read last, by whichever replica: whoever mends one that could not be
 * read brings what was wrong with it, too, and whoever wrote that.
 */
export const headsSeen = (store: Parts['store'], project: ProjectId): Promise<ReadonlyMap<string, string>> =>
  store.read(async (tx) => {
    const branches = await everyOne(tx, project, 'branch');
    return new Map(branches.map(({ value: { id, commit, readAt = commit } }) => [id, readAt]));
  });

/** A builder that has not come back after so long has lost its claim. */
const claimLastsMs = 600_000;
/** Those that are wanted longest: versions are given as builds end, so what was pushed first is built first. */
const mostGiven = 50;

/** Branches only ask: a tree that a release has is that release; one that none has is built once. */
export function createBuilds({ store, clock }: Parts, follow: FollowFile): Builds {
  const change = (
    project: ProjectId,
    tree: string,
    caller: Caller,
    work: (tx: Transaction, stored: Stored<'build'>) => Promise<BuildRecord>,
  ) =>
    store.transaction(async (tx) => {
      await needMember(tx, project, caller);
      const stored = await tx.get(project, 'build', tree);
      if (stored === undefined)
        throw new Failure('absent', 'build-unknown', `No build of tree ${tree.slice(0, 40)} is wanted.`, {
          wayOut: 'Ask which are: GET …/builds',
        });
      return work(tx, stored);
    });
  const wanted = (project: ProjectId, caller: Caller): Promise<readonly BuildRecord[]> =>
    store.read(async (tx) => {
      const wanted = await tx.list(project, 'build', { phase: ['wanted'] }, { limit: mostGiven });
      // No more than there are builders, and have been lost.
      const building = await everyOne(tx, project, 'build', { phase: ['building'] });
      return [...wanted.items, ...building]
        .map((one) => one.value)
        .filter((one) => mayClaim(one, caller, clock.now()))
        .toSorted((one, other) => one.wantedAt - other.wantedAt)
        .slice(0, mostGiven);
    });
  return {
    branchesMoved: (project, heads) =>
      store.transaction(async (tx) => {
        for (const head of heads) await branchMoved(tx, project, head, clock.now(), follow);
      }),
    wantedBuilds: async (project, waitMs, caller) => {
      await store.read((tx) => needMember(tx, project, caller));
      return firstNonEmpty(store, clock, project, waitMs, () => wanted(project, caller));
    },
    claimBuild: (project, tree, caller) => {
      return change(project, tree, caller, async (tx, stored) => claim(tx, stored, caller, clock.now()));
    },
    failBuild: (project, tree, detail, caller) => {
      return change(project, tree, caller, async (tx, stored) =>
        fail(tx, stored, detail.slice(0, 4000), caller, clock.now()),
      );
    },
  };
}

/**
 * A builder asks for work when it has none: what is still claimed in its own name, it was ended in the middle of. A claim that
 * lies ahead was made by a clock that has been set back since.
 */
const mayClaim = ({ state }: BuildRecord, caller: Caller, now: Instant): boolean =>
  state.phase === 'wanted' ||
  (state.phase === 'building' &&
    (state.by === actorName(caller.actor) || Math.abs(now - state.since) > claimLastsMs));

/** Held open until there is something, told by the log and not by looking again and again. */
async function firstNonEmpty<T>(
  store: Parts['store'],
  clock: Parts['clock'],
  project: ProjectId,
  waitMs: number,
  look: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const over = new AbortController();
  let news = Promise.withResolvers<void>();
  using _told = store.onChained(project, () => news.resolve());
  using _timer = clock.after(waitMs, () => {
    over.abort();
    news.resolve();
  });
  for (;;) {
    const found = await look();
    if (found.length > 0 || over.signal.aborted || waitMs <= 0) return found;
    await news.promise;
    news = Promise.withResolvers();
  }
}

/**
 * Takes another project file to the environments that it is for; answers whether it could be read. Put in from outside,
 * because what a file means for them is another chapter.
 */
export type FollowFile = (
  tx: Transaction,
  project: ProjectId,
  head: BranchHead & Required<Pick<BranchHead, 'projectFile'>>,
  now: Instant,
) => Promise<boolean>;

async function branchMoved(
  tx: Transaction,
  project: ProjectId,
  head: BranchHead,
  now: Instant,
  follow: FollowFile,
): Promise<void> {
  const stored = await tx.get(project, 'branch', head.ref);
  if (stored?.value.commit === head.commit) return;
  const environments = await allEnvironments(tx, project);
  const asking = environments.filter(
    ({ spec }) => spec.source !== undefined && matchesBranch(spec.source, head.ref),
  );
  if (asking.length === 0 && !environments.some(({ rules }) => rules.branch === head.ref)) return;
  const branch = branchAt(project, head, now);
  if (asking.length > 0) await ask(tx, branch, asking);
  const { projectFile } = head;
  const isRead =
    projectFile !== undefined &&
    (!isOtherFile(stored?.value, projectFile) || (await follow(tx, project, { ...head, projectFile }, now)));
  const next = { ...branch, ...readFrom(stored?.value, isRead ? projectFile : null) };
  await tx.put(project, 'branch', next.id, next, stored?.version ?? 0);
}

const branchAt = (project: ProjectId, { ref, commit, tree }: BranchHead, at: Instant): BranchRecord => ({
  id: ref,
  project,
  commit,
  tree,
  at,
});

/** What is known of its project file; where that could not be read, what was known before. */
function readFrom(
  before: BranchRecord | undefined,
  projectFile: string | null,
): Pick<BranchRecord, 'projectFile' | 'readAt'> {
  if (projectFile !== null) return { projectFile: digestOf(projectFile) };
  if (before?.projectFile === undefined) return {};
  return { projectFile: before.projectFile, readAt: before.readAt ?? before.commit };
}

/** Seen for the first time, it has not been changed by anybody: what Rung was started with is in force. */
const isOtherFile = (before: BranchRecord | undefined, projectFile: string): boolean =>
  before?.projectFile !== undefined && before.projectFile !== digestOf(projectFile);

/** A tree that a release has is that release; one that none has is to be built. */
async function ask(tx: Transaction, branch: BranchRecord, asking: readonly Environment[]): Promise<void> {
  const { project } = branch;
  const release = (await tx.list(project, 'release', { tree: branch.tree }, { limit: 1 })).items[0]?.value;
  const known = release === undefined ? 'a tree that no release has' : `the tree of ${release.version}`;
  await tx.append([
    {
      project,
      kind: 'branch.moved',
      at: branch.at,
      actor: { kind: 'automation', rule: 'forge' },
      environment: null,
      subject: `branch/${branch.id}`,
      message: `${branch.id} moved to ${branch.commit.slice(0, 9)}, ${known}`,
      payload: { commit: branch.commit, tree: branch.tree, release: release?.id ?? null },
    },
  ]);
  if (release === undefined) await wantBuild(tx, branch);
  await tx.wake(asking.map((one) => ({ key: `environment/${one.id}`, project, at: branch.at })));
}

async function wantBuild(tx: Transaction, branch: BranchRecord): Promise<void> {
  const { project, tree } = branch;
  const stored = await tx.get(project, 'build', tree);
  if (stored !== undefined && stored.value.state.phase !== 'failed') return;
  const build: BuildRecord = {
    id: tree,
    project,
    tree,
    commit: branch.commit,
    branch: branch.id,
    wantedAt: branch.at,
    state: { phase: 'wanted' },
  };
  await tx.put(project, 'build', tree, build, stored?.version ?? 0);
  await tx.append([
    {
      project,
      kind: 'build.wanted',
      at: branch.at,
      actor: { kind: 'automation', rule: 'forge' },
      environment: null,
      subject: `build/${tree}`,
      message: `${branch.id} at ${branch.commit.slice(0, 9)} is to be built`,
      payload: { commit: branch.commit, tree },
    },
  ]);
}

async function claim(
  tx: Transaction,
  stored: Stored<'build'>,
  caller: Caller,
  now: Instant,
): Promise<BuildRecord> {
  const { value } = stored;
  if (!mayClaim(value, caller, now))
    throw new Failure('conflict', 'build-claimed', `This tree is ${value.state.phase}.`, {
      wayOut: 'Take another that is wanted.',
    });
  const next: BuildRecord = {
    ...value,
    state: { phase: 'building', by: actorName(caller.actor), since: now },
  };
  await tx.put(value.project, 'build', value.id, next, stored.version);
  return next;
}

/** Not where another builder was quicker or is at it now, after this one's claim was lost; nor once it is said. */
const isToFail = ({ state }: BuildRecord, caller: Caller): boolean =>
  state.phase === 'wanted' || (state.phase === 'building' && state.by === actorName(caller.actor));

async function fail(
  tx: Transaction,
  stored: Stored<'build'>,
  detail: string,
  caller: Caller,
  now: Instant,
): Promise<BuildRecord> {
  const { value } = stored;
  if (!isToFail(value, caller)) return value;
  const next: BuildRecord = { ...value, state: { phase: 'failed', at: now, detail } };
  await tx.put(value.project, 'build', value.id, next, stored.version);
  await tx.append([
    {
      project: value.project,
      kind: 'build.failed',
      at: now,
      actor: caller.actor,
      environment: null,
      subject: `build/${value.tree}`,
      message: `The build of ${value.branch} at ${value.commit.slice(0, 9)} failed: ${detail.split('\n', 1).join()}`,
      payload: { commit: value.commit, tree: value.tree, detail },
    },
  ]);
  return next;
}
