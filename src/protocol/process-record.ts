import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * What one program of ours leaves in a folder so that another finds its process again: a pid alone may long be
 * somebody else's. Pid, time of start and boot together name one process of one machine.
 */
export interface ProcessRecord {
  readonly name: string;
  readonly pid: number;
  /** Since boot in clock ticks (Linux), or as `ps` prints it. */
  readonly startedAt: string;
  readonly boot: string;
  /** Random; the process has it in its environment as RUNG_MARK. Empty for programs that are not ours. */
  readonly mark: string;
}

/** Every process of ours has such a file; `down` ends whatever it finds by this ending. */
export const recordEnding = '.process.json';
export const markVariable = 'RUNG_MARK';
export const newMark = (): string => randomUUID();

/** null when there is no such process any more. */
export async function describeProcess(
  pid: number,
  name: string,
  mark: string,
): Promise<ProcessRecord | null> {
  const startedAt = await startTimeOf(pid);
  return startedAt === null ? null : { name, pid, startedAt, boot: bootId(), mark };
}

/** Whether exactly this process still runs. A zombie does not. */
export async function isRunning(record: ProcessRecord): Promise<boolean> {
  if (record.boot !== bootId()) return false;
  if ((await startTimeOf(record.pid)) !== record.startedAt) return false;
  return hasMark(record);
}

/** The environment can be read only by the same user and in the same room; where it cannot, the start time decides. */
async function hasMark(record: ProcessRecord): Promise<boolean> {
  if (record.mark === '') return true;
  try {
    const environment = await readFile(`/proc/${record.pid}/environ`, 'utf8');
    return environment === '' || environment.split('\0').includes(`${markVariable}=${record.mark}`);
  } catch {
    return true;
  }
}

async function startTimeOf(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? linuxStartTime(pid) : psStartTime(pid);
}

async function linuxStartTime(pid: number): Promise<string | null> {
  const fields = await statFields(pid);
  return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
}

async function psStartTime(pid: number): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
    const line = stdout.trim();
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}

let boot: string | undefined;
function bootId(): string {
  boot ??= process.platform === 'linux' ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : '';
  return boot;
}

/** Where the record of a name lies. */
export const recordFile = (folder: string, name: string): string => join(folder, `${name}${recordEnding}`);

/** Replaces the file in one step; readable by its owner alone. */
export async function writeRecord(folder: string, record: ProcessRecord): Promise<void> {
  const file = recordFile(folder, record.name);
  const draft = `${file}.${newMark()}.tmp`;
  try {
    await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
    await rename(draft, file);
  } catch (thrown) {
    await rm(draft, { force: true });
    throw thrown;
  }
}

/**
 * Of a process that was only just started, as the leader of a group of its own: it is ended where its record cannot
 * be written, for nobody would find it again.
 */
export async function recordOrEnd(folder: string, record: ProcessRecord): Promise<void> {
  try {
    await writeRecord(folder, record);
  } catch (thrown) {
    signalGroup(record.pid, 'SIGKILL');
    throw thrown;
  }
}

/** null when there is none, or none that can be read. */
export async function readRecord<R extends ProcessRecord = ProcessRecord>(
  folder: string,
  name: string,
): Promise<R | null> {
  try {
    const value = JSON.parse(await readFile(recordFile(folder, name), 'utf8')) as unknown;
    return isRecord(value) ? (value as R) : null;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is ProcessRecord =>
  typeof value === 'object' &&
  value !== null &&
  Number.isSafeInteger((value as ProcessRecord).pid) &&
  // A supervisor may be the first process of a container.
  (value as ProcessRecord).pid >= 1 &&
  typeof (value as ProcessRecord).startedAt === 'string' &&
  typeof (value as ProcessRecord).mark === 'string';

export const removeRecord = (folder: string, name: string): Promise<void> =>
  rm(recordFile(folder, name), { force: true });

/** All readable records in a folder; none when the folder is not there. */
export async function readRecords<R extends ProcessRecord = ProcessRecord>(
  folder: string,
): Promise<readonly R[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith(recordEnding))
      .map((name) => readRecord<R>(folder, name.slice(0, -recordEnding.length))),
  );
  return found.filter((record) => record !== null);
}

/**
 * Sends a signal to a process of ours and all it started: each is started as the leader of a group of its own.
 * false: none of them is there any more, or it leads none.
 */
export const signalGroup = (pid: number, signal: NodeJS.Signals): boolean =>
  mayLeadGroup(pid) && signalAlone(-pid, signal);

/** The number with a minus stands for its group, and -1 for every process that there is. */
const mayLeadGroup = (pid: number): boolean => pid > 1;

/** To it alone, and not to what it started. false: it is gone already. */
export function signalAlone(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Whether anything of the group still runs. What has ended and was not collected by its parent does not count. */
export async function isGroupThere(pid: number): Promise<boolean> {
  if (!isGroupKnown(pid)) return false;
  if (process.platform !== 'linux') return true;
  return (await groupMembers(pid)).length > 0;
}

function isGroupKnown(pid: number): boolean {
  if (!mayLeadGroup(pid)) return false;
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * What still runs of its group and carries its mark, when it has ended itself: whoever reuses its number has another one.
 * Nothing where the system does not say.
 */
export async function leftBehind(record: ProcessRecord): Promise<readonly number[]> {
  if (process.platform !== 'linux' || record.mark === '' || record.boot !== bootId()) return [];
  if (!isGroupKnown(record.pid)) return [];
  const members = await groupMembers(record.pid);
  const marks = await Promise.all(members.map(async (pid) => (await markOf(pid)) === record.mark));
  return members.filter((_, index) => marks[index]);
}

async function markOf(pid: number): Promise<string | undefined> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  const prefix = `${markVariable}=`;
  return environment
    .split('\0')
    .find((line) => line.startsWith(prefix))
    ?.slice(prefix.length);
}

async function groupMembers(group: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const isIn = await Promise.all(pids.map((one) => isRunningIn(one, group)));
  return pids.filter((_, index) => isIn[index]).map(Number);
}

async function isRunningIn(pid: string, group: number): Promise<boolean> {
  const [state, , processGroup] = await statFields(pid);
  return processGroup === String(group) && state !== 'Z' && state !== 'X';
}

/** From the third on: see proc_pid_stat(5). The name before them, in parentheses, may hold anything. */
async function statFields(pid: number | string): Promise<readonly string[]> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
