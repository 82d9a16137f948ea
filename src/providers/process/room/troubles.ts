import { isDiskFull, isFailure } from '../../../domain/failure.ts';
import type { InstanceTrouble } from '../../../ports/runtime.ts';
import type { Ending } from './child.ts';

/** By which whoever starts a program says that it could not. */
const notStarted: ReadonlyMap<number | null, string> = new Map([
  [126, 'its program, or one that it calls, may not be run (code 126)'],
  [127, 'its program, or one that it calls, was not found (code 127)'],
]);

/** The outcomes of running a service that a person has to know by name, each with what to do. */

export function exitTrouble(service: string, ending: Ending): InstanceTrouble {
  const failure = ending.failure ?? notStarted.get(ending.code);
  if (failure !== undefined)
    return {
      code: 'start-failed',
      message: `${service} could not be started: ${failure}.`,
      wayOut: 'Look at `run` in the project file: it names a program and its arguments, without a shell.',
    };
  const how = ending.signal === null ? `with code ${ending.code ?? 'unknown'}` : `by ${ending.signal}`;
  return {
    code: 'instance-exited',
    message: `${service} ended ${how}.`,
    wayOut: 'Its log says why; the end of it is shown with it.',
  };
}

/** What kept it from being started that has a name of its own; null of all that `exitTrouble` tells. */
export function startTrouble(service: string, thrown: unknown): InstanceTrouble | null {
  if (isDiskFull(thrown))
    return {
      code: 'disk-full',
      message: `${service} could not be started: the disk is full.`,
      wayOut: 'Free some space; it is started again by itself.',
    };
  if (!isFailure(thrown)) return null;
  return { code: thrown.code, message: thrown.message, wayOut: thrown.wayOut ?? 'See its log.' };
}

export const neverHealthy = (service: string, withinMs: number, detail: string): InstanceTrouble => ({
  code: 'never-healthy',
  message: `${service} was not healthy within ${withinMs} ms of its start: ${detail}.`,
  wayOut: 'Let it listen on HOST and PORT and answer its health path, or raise `start-within`.',
});

export const unhealthy = (service: string, detail: string): InstanceTrouble => ({
  code: 'unhealthy',
  message: `${service} failed its health check twice in a row: ${detail}.`,
  wayOut: 'It gets no requests until it answers again, and is started anew when it does not.',
});

export const portTaken = (service: string, port: number): InstanceTrouble => ({
  code: 'port-taken',
  message: `${service} was given port ${port}, but another program listens there.`,
  wayOut:
    'It is started on another port by itself; nothing needs to be done unless it happens again and again.',
});
