import { createReadStream } from 'node:fs';
import { mkdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Failure } from '../domain/failure.ts';
import type { ProjectFile, ServiceSpec } from '../domain/project-file/types.ts';
import { compareVersions } from '../domain/version.ts';
import type { Forge } from '../ports/forge.ts';
import { descriptorFile } from '../protocol/descriptor.ts';
import type { BuilderApi, WantedBuild } from './api.ts';
import { type Packed, packFolder } from './archive.ts';
import { runCommand } from './command.ts';
import { descriptorBytes } from './descriptor.ts';
import { tagLast } from './tag-last.ts';
import type { BuilderParts } from './builder.ts';
import { buildFolder, removeFolder } from './build-folders.ts';

const longestProjectFileBytes = 1024 * 1024;

/** Checks a tree out clean, builds and packs each of its services, and makes the release. */
export async function buildTree(
  build: WantedBuild,
  parts: BuilderParts,
): ReturnType<BuilderApi['createRelease']> {
  const folder = join(parts.folder, buildFolder());
  const checkout = join(folder, 'checkout');
  await mkdir(checkout, { recursive: true, mode: 0o700 });
  try {
    await parts.forge.checkout(build.tree, checkout);
    const file = await projectFileIn(build, parts);
    const services = await buildServices(file, checkout, folder, parts);
    return await release(build, services, parts);
  } finally {
    await removeFolder(folder, parts.log);
  }
}

async function projectFileIn(build: WantedBuild, { forge, parse }: BuilderParts): Promise<ProjectFile> {
  return parse(await forge.readFile(build.tree, 'rung.yaml', longestProjectFileBytes), 'rung.yaml').file;
}

type Artifacts = Record<string, { readonly artifact: Awaited<ReturnType<typeof packFolder>>['digest'] }>;

async function buildServices(
  file: ProjectFile,
  checkout: string,
  folder: string,
  parts: BuilderParts,
): Promise<Artifacts> {
  const artifacts: Artifacts = {};
  for (const [name, spec] of Object.entries(file.services)) {
    const place = await serviceFolder(checkout, name, spec);
    await buildService(name, spec, place, folder, parts);
    const added = [{ path: descriptorFile, bytes: descriptorBytes(name, spec) }];
    const packed = await packFolder(place, added, folder);
    await put(packed, parts);
    artifacts[name] = { artifact: packed.digest };
  }
  return artifacts;
}

/** What is not read to its end is closed all the same: a file that stays open keeps its space on the disk for ever. */
async function put({ path, digest }: Packed, { api }: BuilderParts): Promise<void> {
  const bytes = createReadStream(path);
  // Whoever reads is told, too; nobody might.
  bytes.on('error', () => undefined);
  try {
    await api.putArtifact(digest, bytes);
  } finally {
    bytes.destroy();
  }
}

/** The real folder, links followed, which must lie in the checkout. */
async function serviceFolder(checkout: string, name: string, spec: ServiceSpec): Promise<string> {
  const top = await realpath(checkout);
  const place = await realpath(join(top, spec.path)).catch(() => null);
  const way = place === null ? '..' : relative(top, place);
  const inside = way !== '..' && !way.startsWith(`..${sep}`);
  if (place !== null && inside && (await stat(place)).isDirectory()) return place;
  throw new Failure(
    'invalid',
    'service-folder-missing',
    `Service ${name} has no folder ${spec.path} in this commit.`,
    {
      wayOut: 'Commit the folder, or correct `path` in rung.yaml.',
    },
  );
}

async function buildService(
  name: string,
  spec: ServiceSpec,
  place: string,
  folder: string,
  { clock, signal, commandTimeoutMs = 600_000 }: BuilderParts,
): Promise<void> {
  if (spec.build === undefined) return;
  const home = join(folder, 'home');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const result = await runCommand({
    command: spec.build,
    cwd: place,
    home,
    timeoutMs: commandTimeoutMs,
    clock,
    signal,
  });
  if (result.ended === 'passed') return;
  if (result.ended === 'aborted')
    throw new Failure('interrupted', 'build-interrupted', 'The build was stopped.');
  throw new Failure(
    'invalid',
    'build-command-failed',
    `The build of ${name} ${result.what}.\n${result.outputTail}`,
    {
      wayOut: `Run \`${spec.build.join(' ')}\` in ${spec.path} of a fresh clone, and mend what it says.`,
    },
  );
}

async function release(
  build: WantedBuild,
  services: Artifacts,
  parts: BuilderParts,
): ReturnType<BuilderApi['createRelease']> {
  const { api, forge } = parts;
  await tagLast(parts);
  const commits = fitting(await forge.commitsBetween(await lastReleased(forge), build.commit));
  const { tree, commit, branch } = build;
  const made = await api.createRelease({ tree, commit, branch, services, commits });
  await forge.tag(made.version, made.commit);
  return made;
}

/** A release is told in 8 MiB at most, and nobody can make the history of a repository shorter. */
const mostCommitBytes = 6 * 1024 * 1024;

/** The newest of them, as many as can be told. */
function fitting<Commit>(commits: readonly Commit[]): readonly Commit[] {
  let bytes = 0;
  const tooMany = commits.findLastIndex((one) => {
    bytes += Buffer.byteLength(JSON.stringify(one));
    return bytes > mostCommitBytes;
  });
  return commits.slice(tooMany + 1);
}

/** The commit with the highest version, or null before the first. */
async function lastReleased(forge: Forge): Promise<string | null> {
  const released = (await forge.versions()).filter(({ version }) => /^[0-9.]+$/.test(version));
  return (
    released.toSorted((left, right) => compareVersions(left.version, right.version)).at(-1)?.commit ?? null
  );
}
