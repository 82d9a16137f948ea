/**
 * Agents that do nothing but what the protocol asks of them, with keys of their own: `node many-agents.ts FOLDER NAME…`. All
 * they are asked for is so at once. Told over IPC: `{ revision }` asks for the time at which the last of them had heard of
 * that revision or a later one.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Auditor } from '../../../src/agent/auditor.ts';
import { type ControlClient, createControlClient } from '../../../src/agent/control-client.ts';
import { createMemoryDisk } from '../../../src/disk/memory-disk.ts';
import type { KeyPair } from '../../../src/domain/keys.ts';
import { silentLog } from '../../../src/domain/log.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import type { AgentFile } from '../../../src/main/agent-file.ts';
import {
  type DesiredEnvironment,
  type Observation,
  type ObservationRequest,
  type PollResponse,
  protocolVersion,
} from '../../../src/protocol/messages.ts';
import { granted } from './granted.ts';

const [folder = '', ...names] = process.argv.slice(2);
const noSignal = new AbortController().signal;
const revisions = new Map<string, { readonly revision: number; readonly atMs: number }>();
let awaited: number | null = null;
let signatures = 0;
let retries = 0;

const json = async <T>(path: string): Promise<T> => JSON.parse(await readFile(path, 'utf8')) as T;

async function runOne(name: string): Promise<void> {
  const dir = join(folder, name);
  const file = await json<AgentFile>(join(dir, 'agent.json'));
  const { signing } = await json<{ signing: KeyPair }>(join(dir, 'key.json'));
  const control = createControlClient({
    socketPath: join(dir, 'control.sock'),
    agent: file.agent,
    audience: file.project,
    privateKey: signing.privateKey,
    clock: systemClock,
  });
  const teller = new Teller(control);
  const auditor = await Auditor.load({
    disk: createMemoryDisk(),
    path: 'head',
    project: file.project,
    privateKey: signing.privateKey,
    controlKey: file.controlKey,
    clock: systemClock,
    log: silentLog,
    push: async () => undefined,
    onSigned: (signed) => teller.tell([], signed),
  });
  await follow(name, control, auditor, teller);
}

async function follow(name: string, control: ControlClient, auditor: Auditor, teller: Teller): Promise<void> {
  let cursor: string | null = null;
  for (;;) {
    const head = auditor.wantsAfter;
    try {
      const answer: PollResponse = await control.poll({ protocol: protocolVersion, cursor, head }, noSignal);
      ({ cursor } = answer);
      note(name, answer.environments);
      teller.tell(answer.environments.map(granted), null);
      await auditor.follow(answer.audit);
    } catch {
      await systemClock.sleep(500);
    }
  }
}

function note(name: string, environments: readonly DesiredEnvironment[]): void {
  for (const { revision } of environments) revisions.set(name, { revision, atMs: systemClock.monotonicMs() });
  answerIfAll();
}

function answerIfAll(): void {
  const at = awaited;
  if (at === null) return;
  const told = names.map((name) => revisions.get(name));
  if (!told.every((one) => one !== undefined && one.revision >= at)) return;
  awaited = null;
  process.send?.({ toldAtMs: Math.max(...told.map((one) => one?.atMs ?? 0)), signatures, retries });
}

/** Tells in turn, as agents do: one message at a time, numbered. */
class Teller {
  readonly #control: ControlClient;
  readonly #boot = Math.random().toString(16).slice(2).padEnd(12, '0');
  #sequence = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(control: ControlClient) {
    this.#control = control;
  }

  tell(
    observations: readonly Observation[],
    countersignature: { readonly position: number; readonly signature: string } | null,
  ): void {
    if (observations.length === 0 && countersignature === null) return;
    this.#sequence += 1;
    const message = {
      protocol: protocolVersion,
      boot: this.#boot,
      sequence: this.#sequence,
      observations,
      samples: [],
      countersignature,
    };
    if (countersignature !== null) signatures += 1;
    this.#last = this.#last.then(() => this.#send(message));
  }

  async #send(message: ObservationRequest): Promise<void> {
    for (let pauseMs = 100; ; pauseMs = Math.min(3_000, pauseMs * 2)) {
      try {
        return await this.#control.observe(message, noSignal);
      } catch {
        retries += 1;
        await systemClock.sleep(pauseMs);
      }
    }
  }
}

process.on('message', (asked: { readonly revision: number }) => {
  awaited = asked.revision;
  answerIfAll();
});
process.on('disconnect', () => process.exit());
for (const name of names) void runOne(name);
