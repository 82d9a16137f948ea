import type { ActorId, ProjectId } from '../domain/ids.ts';
import { isFailure } from '../domain/failure.ts';
import type { Log } from '../domain/log.ts';
import { systemClock } from '../engine/clock.ts';
import { longestFileBytes } from '../lifecycle/declare/decode.ts';
import { projectFileName } from '../lifecycle/declare/parse.ts';
import type { BranchHead, ControlPlane } from '../lifecycle/face.ts';
import type { Forge, Head } from '../ports/forge.ts';

const lookAgainMs = 1000;
/** Branches that are looked at together: each takes several programs, and a repository may have thousands. */
const atOnce = 8;

/**
 * Tells the control plane of every branch that moved, with the project file that stands there and whose commits are new since
 * `headsSeen`, which it has been told of before; what moved while it was away is found at the start.
 */
export async function followForge(
  control: Pick<ControlPlane, 'branchesMoved'>,
  forge: Forge,
  project: ProjectId,
  log: Log,
  headsSeen: () => Promise<ReadonlyMap<string, string>>,
): Promise<AsyncDisposable> {
  const seen = new Map<string, string>();
  const ending = new AbortController();
  const tell = async (): Promise<void> => {
    const moved = (await forge.heads()).filter(({ ref, commit }) => seen.get(ref) !== commit);
    const before = moved.length === 0 ? seen : await headsSeen();
    for (let from = 0; from < moved.length && !ending.signal.aborted; from += atOnce) {
      const some = moved.slice(from, from + atOnce);
      const heads = await Promise.all(some.map((head) => headOf(forge, head, before.get(head.ref) ?? null)));
      await control.branchesMoved(project, heads);
      for (const { ref, commit } of some) seen.set(ref, commit);
    }
  };
  let looking = Promise.resolve();
  let again: Disposable | undefined;
  const look = (): void => {
    looking = looking.then(tell).catch((thrown: unknown) => {
      log.warn({ error: String(thrown) }, 'The repository could not be looked at');
      // What moved meanwhile is not told a second time by itself.
      again?.[Symbol.dispose]();
      if (!ending.signal.aborted) again = systemClock.after(lookAgainMs, look);
    });
  };
  const watching = await forge.onMoved(look);
  look();
  return {
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      again?.[Symbol.dispose]();
      await watching[Symbol.asyncDispose]();
    },
  };
}

async function headOf(forge: Forge, head: Head, before: string | null): Promise<BranchHead> {
  const projectFile = await projectFileAt(forge, head.commit);
  return projectFile === null
    ? head
    : { ...head, projectFile, authors: await authorsOf(forge, head.commit, before) };
}

async function projectFileAt(forge: Forge, commit: string): Promise<string | null> {
  try {
    return new TextDecoder().decode(await forge.readFile(commit, projectFileName, longestFileBytes));
  } catch (thrown) {
    if (isFailure(thrown) && (thrown.kind === 'absent' || thrown.kind === 'limited')) return null;
    throw thrown;
  }
}

/** Of all that is new; where it is not known since when, of the newest commit alone. */
async function authorsOf(forge: Forge, commit: string, before: string | null): Promise<readonly ActorId[]> {
  const commits = await forge.commitsBetween(before, commit);
  const fresh = before === null ? commits.slice(-1) : commits;
  return [...new Set(fresh.map(({ author }) => addressIn(author)))];
}

/** `Ada <ada@example.org>` */
const addressIn = (author: string): ActorId => (/<([^>]*)>$/u.exec(author)?.[1] ?? author) as ActorId;
