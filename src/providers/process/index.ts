import { closeSync, openSync } from 'node:fs';
import type { Clock } from '../../engine/clock.ts';
import { Failure } from '../../domain/failure.ts';
import type { Applied, Context, Observed, Log } from '../../ports/provider.ts';
import type { Runtime, Workload, WorkloadChange } from '../../ports/runtime.ts';
import type { ProcessRecord } from '../../protocol/process-record.ts';
import { ensureRoom, type RoomPlace } from './isolation/ensure-room.ts';
import { intoRoomOf } from './isolation/commands.ts';
import { planWorkloads } from './plan.ts';
import { type RoomClient, roomClient } from './room-client.ts';
import type { RoomCall } from './room/messages.ts';

export interface ProcessRuntimeOptions extends RoomPlace {
  readonly clock: Clock;
  readonly log: Log;
}

export interface ProcessRuntime extends Runtime, AsyncDisposable {
  /** What to put before a command so that it runs in the environment's network; empty where there is none of its own. */
  enterNetwork(): readonly string[];
}

const lookAgainMs = 100;
const stopAgainMs = 250;
/** A connection closes a little before its process is gone from the system's list. */
const goneAfterMs = 10;

/**
 * Runs services as processes in the environment's room. Made by an agent that is in the room's user and mount
 * namespaces already, or by a program that is in none.
 */
export async function createProcessRuntime(options: ProcessRuntimeOptions): Promise<ProcessRuntime> {
  const room = await ensureRoom(options);
  const network = await holdNetwork(room);
  const client = roomClient(options.dir);
  const ending = new AbortController();
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((call) => call());
  let isolation = (await client.status()).isolation;
  const watching = watchRoom({ options, client, enter: network.enter, changed, signal: ending.signal });

  const observe = async (context: Context): Promise<Observed<readonly Workload[]>> => {
    const status = await client.status(context.signal);
    isolation = status.isolation;
    return { state: 'present', value: status.workloads };
  };
  const call = async (call: RoomCall, context: Context): Promise<void> => {
    await client.call(call, context.signal);
  };
  return {
    observe,
    plan: planWorkloads,
    apply: (change, context) => apply(change, context, call, observe),
    remove: async (context) => {
      await call({ call: 'stop all' }, context);
      return { done: true };
    },
    smoke: async (spec, instance, context) => {
      const answer = await client.call({ call: 'smoke', spec, address: instance.address }, context.signal);
      if ('smoke' in answer) return answer.smoke;
      throw new Failure(
        'defect',
        'answer-unexpected',
        'The room did not answer with what the smoke tests said.',
      );
    },
    onChange: (call) => {
      listeners.add(call);
      return { [Symbol.dispose]: () => listeners.delete(call) };
    },
    isolation: () => isolation,
    enterNetwork: () => network.enter,
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await watching;
      await client.close();
      network[Symbol.dispose]();
    },
  };
}

async function apply(
  change: WorkloadChange,
  context: Context,
  call: (call: RoomCall, context: Context) => Promise<void>,
  observe: (context: Context) => Promise<Observed<readonly Workload[]>>,
): Promise<Applied> {
  if (change.action === 'start') {
    await call({ call: 'start', spec: change.spec }, context);
    return { done: false, lookAgainMs, waitingFor: `${change.spec.service} to be healthy` };
  }
  const { service, artifact } = change;
  await call({ call: 'stop', service, artifact }, context);
  const observed = await observe(context);
  const isThere =
    observed.state === 'present' &&
    observed.value.some((one) => one.service === service && one.artifact === artifact);
  return isThere
    ? { done: false, lookAgainMs: stopAgainMs, waitingFor: `${service} to end` }
    : { done: true };
}

interface HeldNetwork extends Disposable {
  readonly enter: readonly string[];
}

/**
 * Keeps the room's network namespace alive by holding its file open, so that a new room can be put into it even
 * when everything in it was killed.
 */
async function holdNetwork(room: ProcessRecord): Promise<HeldNetwork> {
  const into = await intoRoomOf(room.pid, ['net']);
  if (into.length === 0) return { enter: [], [Symbol.dispose]: () => undefined };
  const file = openSync(`/proc/${room.pid}/ns/net`, 'r');
  return {
    enter: ['nsenter', `--net=/proc/${process.pid}/fd/${file}`, '--'],
    [Symbol.dispose]: () => closeSync(file),
  };
}

/** Follows the room for ever: tells of changes, and makes a new room in the same place when it is gone. */
async function watchRoom(watch: {
  readonly options: ProcessRuntimeOptions;
  readonly client: RoomClient;
  readonly enter: readonly string[];
  readonly changed: () => void;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { options, client, enter, changed, signal } = watch;
  while (!signal.aborted) {
    await client.watch(changed, signal).catch(() => undefined);
    if (signal.aborted) return;
    changed();
    await options.clock.sleep(goneAfterMs, signal).catch(() => undefined);
    await ensureRoom(options, enter).catch(async (thrown: unknown) => {
      options.log.error({ err: thrown }, 'The room could not be started again');
      await options.clock.sleep(1000, signal).catch(() => undefined);
    });
  }
}

export { agentCommand } from './isolation/agent-command.ts';
export { type GatewayKeeperOptions, createGatewayKeeper } from './gateway-keeper.ts';
export type { RoomPlace } from './isolation/ensure-room.ts';
export { type RoomOptions, roomArguments, runRoom } from './room/run-room.ts';
