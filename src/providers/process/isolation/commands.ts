import { execFile } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Put before a service's command. In a user namespace of its own it would be root, and could take away the mounts
 * that hide the other environments; so it loses every capability, for good.
 */
export const withoutPrivileges: readonly string[] = [
  'setpriv',
  '--bounding-set=-all',
  '--inh-caps=-all',
  '--no-new-privs',
  '--',
];

/**
 * $1 is the environment's own folder, then the folders to cover up to `--`, then the program. The own folder is
 * reached through the working directory, for the path to it is covered by then.
 */
const furnish = `set -e
own=$1; shift
cd "$own"
ip link set lo up
while [ "$1" != "--" ]; do mount -t tmpfs -o mode=700,size=1m rung "$1"; shift; done
shift
mkdir -p "$own"
mount -c --bind . "$own"
cd "$own"
exec "$@"`;

/** The command that runs a program in new user, network and mount namespaces, with `hidden` folders covered. */
export const inNewRoom = (own: string, hidden: readonly string[], argv: readonly string[]): string[] => [
  'unshare',
  '-Urnm',
  '--',
  'sh',
  '-c',
  furnish,
  'rung-room',
  own,
  ...hidden,
  '--',
  ...argv,
];

/** Whether a room can be made here: tried, because kernels, containers and policies differ in why they refuse. */
export async function canIsolate(own: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const [program = '', ...args] = inNewRoom(own, [], [...withoutPrivileges, 'nsenter', '--version']);
  return promisify(execFile)(program, args).then(
    () => true,
    () => false,
  );
}

const kinds = [
  ['user', '--user'],
  ['mnt', '--mount'],
  ['net', '--net'],
] as const;

/**
 * What to put before a command so that it runs in the namespaces of a process: of those alone in which the caller
 * is not already. Empty when there is none to enter.
 */
export async function intoRoomOf(
  pid: number,
  which: readonly ('user' | 'mnt' | 'net')[] = ['user', 'mnt', 'net'],
): Promise<string[]> {
  const flags: string[] = [];
  for (const [kind, flag] of kinds) {
    const path = `/proc/${pid}/ns/${kind}`;
    if (!which.includes(kind)) continue;
    if ((await readlink(path)) !== (await readlink(`/proc/self/ns/${kind}`))) flags.push(`${flag}=${path}`);
  }
  return flags.length === 0 ? [] : ['nsenter', '--preserve-credentials', ...flags, '--'];
}
