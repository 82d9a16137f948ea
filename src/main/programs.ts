import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Programs, RunningProgram } from '../cli/programs.ts';
import { Failure } from '../domain/failure.ts';
import { systemClock } from '../engine/clock.ts';
import { findServices } from '../lifecycle/declare/find-services.ts';
import { calendarHints } from '../domain/calendar/hints.ts';
import { parseProjectFile } from '../lifecycle/declare/parse.ts';
import { starterFile } from '../lifecycle/declare/starter.ts';
import { isRunning, readRecords, signalGroup } from '../protocol/process-record.ts';
import { down, folders } from '../supervisor/index.ts';
import { auditHeads } from './audit-heads.ts';
import { dataFolder } from './data-folder.ts';
import { takeDatabaseUrl } from './environment.ts';
import { refuseCopied, refuseForeign } from './folder-identity.ts';
import { environmentKeys, newEnvironmentKeys, replaceEnvironmentKeys } from './keys.ts';
import { readOptions } from './options.ts';
import { ownerOf } from './owner.ts';
import { writePinnedKeys } from './pinned-keys.ts';
import { up } from './up.ts';
import { ownVersion } from './own-package.ts';

const run = promisify(execFile);

/** What the command line starts, stops and reaches on this machine. */
export const laptopPrograms = (cwd: string): Programs => ({
  version: ownVersion(),
  checkProjectFile: async (bytes, name, now) => {
    const { file, digest, placed } = parseProjectFile(bytes, name);
    return { file, digest, hints: calendarHints(file, now).map(placed) };
  },
  simulator: async (bytes, name) => (await import('../simulate/index.ts')).createSimulator(bytes, name),
  starterFile: async ({ projectName, files }) =>
    starterFile({ projectName, services: findServices(files), person: await ownerOf(cwd) }),
  up,
  running,
  down: async ({ dataFolder: root, removeData }) => {
    if (removeData) await refuseForeign(dataFolder(root));
    await refuseCopied(dataFolder(root));
    const ended = await running(root);
    await down(root, systemClock);
    if (removeData) await rm(root, { recursive: true, force: true });
    return ended;
  },
  replaceAgentKey: async ({ dataFolder: root, environment }, announce) => {
    const data = dataFolder(root);
    const { file } = await readOptions(data);
    const keys = newEnvironmentKeys();
    const known = { signing: keys.signing.publicKey, sealing: keys.sealing.publicKey };
    await announce(known);
    await replaceEnvironmentKeys(data, environment, keys);
    await restart(join(root, folders.run), `agent-${environment}`);
    const names = Object.keys((await parsedFile(file)).environments);
    await writePinnedKeys(data, file, names);
    return known;
  },
  agentKeys: async ({ dataFolder: root, environment }) => {
    const data = dataFolder(root);
    await needEnvironment(root, environment);
    const { signing, sealing } = await environmentKeys(data, environment);
    return { signing: signing.publicKey, sealing: sealing.publicKey };
  },
  backUp: async (ask) => (await import('./backup/backup.ts')).backUp(ask),
  restore: async (ask) => (await import('./backup/restore.ts')).restore(ask, takeDatabaseUrl()),
  auditHeads: (root) => auditHeads(dataFolder(root)),
  openInBrowser,
});

async function parsedFile(path: string) {
  const { readProjectFile } = await import('../lifecycle/declare/read.ts');
  return (await readProjectFile(path)).file;
}

/** Every program of ours that runs from the folder. */
async function running(root: string): Promise<readonly RunningProgram[]> {
  const records = await readRecords(join(root, folders.run));
  const alive = await Promise.all(records.map(isRunning));
  return records
    .filter((_, index) => alive[index])
    .map(({ name, pid }) => ({ name: name.replaceAll('-', ' '), pid }));
}

/** The supervisor starts it again at once, with what lies in its folder now. */
async function restart(runFolder: string, name: string): Promise<void> {
  const record = (await readRecords(runFolder)).find((one) => one.name === name);
  if (record !== undefined && (await isRunning(record))) signalGroup(record.pid, 'SIGTERM');
}

async function needEnvironment(root: string, environment: string): Promise<void> {
  const { file } = await readOptions(dataFolder(root));
  const names = Object.keys((await parsedFile(file)).environments);
  if (names.includes(environment)) return;
  throw new Failure('absent', 'environment-unknown', `There is no environment ${environment}.`, {
    wayOut: `The environments are: ${names.join(', ')}.`,
  });
}

async function openInBrowser(link: string): Promise<boolean> {
  const opener =
    process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  return run(opener, [link]).then(
    () => true,
    () => false,
  );
}
