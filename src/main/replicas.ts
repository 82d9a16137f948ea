import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** More would not make one machine safer, and need more connections than its PostgreSQL has. */
export const mostReplicas = 5;

/** What belongs to one replica of the control plane is named by its number; the first has the name that an only one has. */
export const ofReplica = (name: string, replica: number, ending = ''): string =>
  `${replica === 1 ? name : `${name}-${replica}`}${ending}`;

/** The supervisor's name for it. */
export const replicaProgram = (replica: number): string => ofReplica('control-plane', replica);

/** In an environment's folder: where its agent reaches the replica. */
export const controlSocket = (dir: string, replica: number): string =>
  join(dir, ofReplica('control', replica, '.sock'));

const socketName = /^control(?:-[2-5])?\.sock$/u;

export const isControlSocket = (name: string): boolean => socketName.test(name);

/** Of every replica that there is or was, the first one's foremost. */
export async function controlSockets(dir: string): Promise<readonly string[]> {
  const found = (await readdir(dir).catch(() => [])).filter(isControlSocket).toSorted();
  const first = ofReplica('control', 1, '.sock');
  return [first, ...found.filter((name) => name !== first)].map((name) => join(dir, name));
}
