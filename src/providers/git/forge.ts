import { canonicalJson, type Json } from '../../domain/canonical.ts';
import { Failure } from '../../domain/failure.ts';
import type { AuditHead, DesiredManifest, Forge } from '../../ports/forge.ts';
import { watchMoves } from './moves.ts';
import { auditRef, desiredRef, objectIdOf, versionRef } from './names.ts';
import { checkOut, readCommits, readFileAt, readHeads, readVersions } from './read.ts';
import { type Git, gitIn, GitRefused } from './run.ts';
import { commitFile, headOf } from './write.ts';

const longestMs = 120_000;

/**
 * A forge that is one bare repository on this machine: see `createBare`. No git that reads or writes a ref or a file may
 * take longer than `withinMs`, nor one that checks out say nothing for so long: one that hangs would keep whoever waits for it
 * from everything else.
 */
export function localForge(folder: string, withinMs = longestMs): Forge {
  const git = gitIn(folder, withinMs);
  return {
    heads: () => readHeads(git),
    onMoved: (call) => watchMoves(folder, call),
    commitsBetween: async (from, to) => readCommits(git, from, to),
    readFile: async (at, path, limitBytes) => readFileAt(git, at, path, limitBytes),
    checkout: async (at, into) => checkOut(git, at, into),
    tag: async (version, commit) => writeTag(git, version, commit),
    versions: () => readVersions(git),
    writeDesired: async (manifest, message, at) => {
      const ref = desiredRef(manifest.environment);
      return commitFile(git, { ref, file: desiredFile, text: jsonText(manifest), message, at });
    },
    readDesired: async (environment) => readJson<DesiredManifest>(git, desiredRef(environment), desiredFile),
    writeAuditHead: async (environment, head, at) => writeAuditHead(git, environment, head, at),
    readAuditHead: async (environment) => readJson<AuditHead>(git, auditRef(environment), headFile),
  };
}

const desiredFile = 'desired.json';
const headFile = 'head.json';
const longestOwnFileBytes = 1024 * 1024;

/** Canonical, so that saying the same again is no change; on lines, so that a diff can be read. */
const jsonText = (value: unknown): string =>
  `${JSON.stringify(JSON.parse(canonicalJson(value as Json)), null, 2)}\n`;

async function readJson<T>(git: Git, ref: string, file: string): Promise<T | null> {
  const commit = await headOf(git, ref);
  if (commit === null) return null;
  const bytes = await readFileAt(git, commit, file, longestOwnFileBytes);
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}

async function writeAuditHead(
  git: Git,
  environment: string,
  head: AuditHead,
  at: Parameters<Forge['writeAuditHead']>[2],
): Promise<string> {
  const ref = auditRef(environment);
  const before = await readJson<AuditHead>(git, ref, headFile);
  if (before !== null && before.position > head.position) throw olderHead(before, head);
  const message = `Countersigned up to ${head.position}`;
  return commitFile(git, { ref, file: headFile, text: jsonText(head), message, at });
}

async function writeTag(git: Git, version: string, commit: string): Promise<void> {
  const ref = versionRef(version);
  const there = await headOf(git, ref);
  if (there === objectIdOf(commit)) return;
  if (there !== null) throw tagElsewhere(version);
  try {
    await git.run(['update-ref', ref, objectIdOf(commit), '0'.repeat(40)]);
  } catch (error) {
    if (!(error instanceof GitRefused)) throw error;
    const now = await headOf(git, ref);
    if (now === commit) return;
    // Git has other reasons to refuse, such as a full disk or a lock that was left behind.
    throw now === null ? error : tagElsewhere(version, error);
  }
}

const tagElsewhere = (version: string, cause?: unknown): Failure =>
  new Failure('conflict', 'tag-elsewhere', `The tag v${version} stands on another commit.`, {
    wayOut: 'A version is one release for ever. Remove the tag if Rung did not make it.',
    cause,
  });

const olderHead = (before: AuditHead, head: AuditHead): Failure =>
  new Failure(
    'conflict',
    'audit-head-older',
    `The log was countersigned up to ${before.position} already, and ${head.position} comes before that.`,
    { wayOut: 'Find out why the log is shorter than it was: `rung audit verify`.' },
  );
