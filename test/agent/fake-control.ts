import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type AgentListener, createAgentListener } from '../../src/api/agents/listener.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import { Failure } from '../../src/domain/failure.ts';
import {
  type AgentId,
  type Digest,
  type EnvironmentId,
  type ProjectId,
  instant,
} from '../../src/domain/ids.ts';
import { generateSealingKey, generateSigningKey } from '../../src/domain/keys.ts';
import { silentLog } from '../../src/domain/log.ts';
import type { Sample } from '../../src/domain/rollout/sample.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { AgentKey } from '../../src/engine/records.ts';
import type { AgentFace } from '../../src/lifecycle/agent-face.ts';
import {
  type DesiredEnvironment,
  type Observation,
  type PollResponse,
  protocolVersion,
} from '../../src/protocol/messages.ts';

export const project = '01900000-0000-7000-8000-000000000001' as ProjectId;

/** How long a test waits for what has to come: long enough for a machine that does much else. */
export const patienceMs = 60_000;

export interface TestAgent {
  readonly agent: AgentId;
  readonly environment: EnvironmentId;
  readonly signing: ReturnType<typeof generateSigningKey>;
  keys: AgentKey[];
}

export function testAgent(number: number): TestAgent {
  const signing = generateSigningKey();
  const key = {
    signing: signing.publicKey,
    sealing: generateSealingKey().publicKey,
    addedAt: instant(0),
    revokedAt: null,
  };
  const id = (kind: number) => `01900000-0000-7000-${8000 + kind}-${String(number).padStart(12, '0')}`;
  return { agent: id(1) as AgentId, environment: id(2) as EnvironmentId, signing, keys: [key] };
}

/** What a control plane does for agents, told what to want by a test; everything else about it is real. */
export class FakeControl implements AgentFace {
  readonly audience = project;
  readonly artifacts = new Map<
    Digest,
    { readonly bytes: Buffer; readonly environments: Set<EnvironmentId> }
  >();
  readonly observations: Observation[] = [];
  readonly samples: Sample[] = [];
  readonly sequences: string[] = [];
  readonly countersignatures: { readonly position: number; readonly signature: string }[] = [];
  audit: PollResponse['audit'] = { links: [], checkpoint: null };
  readonly #agents: readonly TestAgent[];
  readonly #desired = new Map<EnvironmentId, { readonly desired: DesiredEnvironment; readonly at: number }>();
  readonly #waiting = new Set<() => void>();
  #version = 0;

  constructor(agents: readonly TestAgent[]) {
    this.#agents = agents;
  }

  want(desired: DesiredEnvironment): void {
    this.#version += 1;
    this.#desired.set(desired.environment, { desired, at: this.#version });
    this.#changed();
  }

  saying(audit: PollResponse['audit']): void {
    this.#version += 1;
    this.audit = audit;
    this.#changed();
  }

  async agent(agent: AgentId) {
    const known = this.#agents.find((one) => one.agent === agent);
    if (!known) return null;
    return { identity: { agent, project, environments: [known.environment] }, keys: known.keys };
  }

  async poll(...[identity, request, signal]: Parameters<AgentFace['poll']>): Promise<PollResponse> {
    const since = Number(request.cursor ?? -1);
    while (this.#version <= since && !signal.aborted) await this.#change(signal);
    const environments = [...this.#desired.values()]
      .filter(({ desired, at }) => at > since && identity.environments.includes(desired.environment))
      .map(({ desired }) => desired);
    const full = request.cursor === null;
    return {
      protocol: protocolVersion,
      cursor: String(this.#version),
      full,
      environments,
      audit: this.audit,
    };
  }

  async observe(...[identity, request]: Parameters<AgentFace['observe']>): Promise<void> {
    const sequence = `${identity.agent} ${request.boot} ${request.sequence}`;
    if (this.sequences.includes(sequence)) return;
    this.sequences.push(sequence);
    this.observations.push(...request.observations);
    this.samples.push(...request.samples);
    if (request.countersignature) this.countersignatures.push(request.countersignature);
    this.#changed();
  }

  async artifact(
    ...[identity, digest]: Parameters<AgentFace['artifact']>
  ): Promise<AsyncIterable<Uint8Array>> {
    const found = this.artifacts.get(digest);
    if (!found || !identity.environments.some((environment) => found.environments.has(environment)))
      throw new Failure('denied', 'artifact-foreign', 'No release meant for this agent names it.');
    return (async function* () {
      yield found.bytes;
    })();
  }

  /** Resolves with the first observation, from now or the last one, of which this is true. */
  async seen(
    environment: EnvironmentId,
    isSo: (one: Observation) => boolean,
    whileMs = patienceMs,
  ): Promise<Observation> {
    const until = AbortSignal.timeout(whileMs);
    for (;;) {
      const last = this.observations.findLast((one) => one.environment === environment);
      if (last && isSo(last)) return last;
      if (until.aborted) throw new Error(`not seen; last: ${JSON.stringify(last, null, 1)}`);
      await this.#change(until);
    }
  }

  /** Resolves as soon as it is so; looked at whenever something was heard. */
  async until(isSo: () => boolean, whileMs = patienceMs): Promise<void> {
    const until = AbortSignal.timeout(whileMs);
    while (!isSo()) {
      if (until.aborted) throw new Error('it did not come to that');
      await this.#change(until);
    }
  }

  #changed(): void {
    for (const call of this.#waiting) call();
    this.#waiting.clear();
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

export const listenFor = (face: AgentFace): Promise<AgentListener> =>
  createAgentListener({ face, clock: systemClock, log: silentLog });

/** An artifact in this kit is a JSON list of files; how real ones are packed is none of the agent's business. */
export function packed(files: Readonly<Record<string, string>>): {
  readonly digest: Digest;
  readonly bytes: Buffer;
} {
  const bytes = Buffer.from(JSON.stringify(files));
  return { digest: digestOf(bytes), bytes };
}

export async function unpackPacked(
  digest: Digest,
  folder: string,
  bytes: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await bytes()) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  if (digestOf(whole) !== digest)
    throw new Failure('invalid', 'artifact-digest-mismatch', 'Not what was asked for.');
  for (const [name, content] of Object.entries(JSON.parse(whole.toString()) as Record<string, string>)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  await setImmediate();
}

export const serviceSource = (): Promise<string> =>
  readFile(join(import.meta.dirname, 'services', 'answering.ts'), 'utf8');
