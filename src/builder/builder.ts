import { isDiskFull, isFailure } from '../domain/failure.ts';
import type { Log } from '../domain/log.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import type { Clock } from '../engine/clock.ts';
import type { Forge } from '../ports/forge.ts';
import type { BuilderApi, WantedBuild } from './api.ts';
import { removeLeftBehind } from './build-folders.ts';
import { buildTree } from './build-tree.ts';

export interface BuilderParts {
  readonly api: BuilderApi;
  readonly forge: Forge;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Reads a project file; throws when it is not a good one. */
  readonly parse: (bytes: Uint8Array, name: string) => { readonly file: ProjectFile };
  /** Where checkouts and archives lie while they are made. */
  readonly folder: string;
  /** For one build command; 10 minutes unless told. */
  readonly commandTimeoutMs?: number;
}

const pollMs = 25_000;
const shortestPauseMs = 250;
const longestPauseMs = 10_000;
const mostAttempts = 8;

/**
 * Plays CI on a laptop: builds every tree that is wanted, one after the other, and makes releases of them. Resolves
 * once the signal is aborted, and throws nothing but defects.
 */
export async function runBuilder(parts: BuilderParts): Promise<void> {
  await removeLeftBehind(parts.folder, parts.log);
  let pauseMs = shortestPauseMs;
  while (!parts.signal.aborted) {
    try {
      const wanted = await parts.api.wantedBuilds(pollMs, parts.signal);
      for (const build of wanted) await buildOne(build, parts);
      pauseMs = shortestPauseMs;
    } catch (error) {
      if (parts.signal.aborted) return;
      parts.log.warn(
        { error: String(error), pauseMs },
        'The builder could not ask for work and tries again.',
      );
      await pause(pauseMs, parts);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  }
}

async function pause(ms: number, { clock, signal }: BuilderParts): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch {
    // Aborted: the loop sees it.
  }
}

/** One build, to its end: a release, or a word why not. */
async function buildOne(build: WantedBuild, parts: BuilderParts): Promise<void> {
  if (parts.signal.aborted || !(await claimed(build, parts))) return;
  try {
    const release = await buildPatiently(build, parts);
    parts.log.info({ tree: build.tree, version: release.version }, 'Built a release.');
  } catch (error) {
    if (parts.signal.aborted) return;
    if (isFailure(error) && error.code === 'tree-released') {
      parts.log.info({ tree: build.tree }, 'Another builder was first with this tree.');
      return;
    }
    parts.log.warn({ tree: build.tree, error: String(error) }, 'A build failed.');
    await parts.api.fail(build.tree, wordsFor(error, parts.folder));
  }
}

/** The claim is ours for minutes: a control plane that is away for seconds is waited for. */
async function buildPatiently(
  build: WantedBuild,
  parts: BuilderParts,
): ReturnType<BuilderApi['createRelease']> {
  for (let attempt = 1, pauseMs = shortestPauseMs; ; attempt += 1, pauseMs *= 2) {
    try {
      return await buildTree(build, parts);
    } catch (error) {
      if (attempt === mostAttempts || parts.signal.aborted || !mayPass(error)) throw error;
      parts.log.warn({ tree: build.tree, error: String(error), pauseMs }, 'A build is tried again.');
      await pause(pauseMs, parts);
    }
  }
}

/** What nobody has to change anything for: something is away, or broke off. */
const mayPass = (error: unknown): boolean =>
  !isFailure(error) || error.kind === 'unavailable' || error.kind === 'interrupted';

async function claimed(build: WantedBuild, { api }: BuilderParts): Promise<boolean> {
  try {
    await api.claim(build.tree);
    return true;
  } catch (error) {
    if (isFailure(error) && error.kind === 'conflict') return false;
    throw error;
  }
}

const longestDetail = 8000;

/** For people: what happened, each problem with its place, and what to do. */
function wordsFor(error: unknown, folder: string): string {
  if (isDiskFull(error))
    return `The disk with ${folder} is full.\nFree some space and push again; an empty commit will do.`;
  if (!isFailure(error)) return 'The builder failed by a defect of its own; its log says more.';
  const problems = error.problems.map(({ place, message, instead }) => {
    const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column} `;
    return `${where}${message}${instead === undefined ? '' : ` Write: ${instead}`}`;
  });
  return [error.message, ...problems, error.wayOut ?? '']
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, longestDetail);
}
