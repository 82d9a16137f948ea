import type { NewEvent } from '../../domain/event.ts';
import { type AgentId, instant, type ProjectId } from '../../domain/ids.ts';
import type { Log } from '../../domain/log.ts';
import { spanText } from '../../domain/wording.ts';
import type { Clock } from '../../engine/clock.ts';
import type { AgentRecord } from '../../engine/records.ts';
import type { AgentOf, HeardAgent, Reader, Store, Transaction } from '../../engine/store.ts';
import { agentConnected } from '../agent-connected.ts';
import { isSilent, silentAfterMs } from '../agent-seen.ts';
import type { KnownAgents } from '../known-agents.ts';
import { everyOne } from '../lookup.ts';
import { createStopwatch } from '../stopwatch.ts';
import { sweepEvery } from './sweeps.ts';

export interface AgentSilenceParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly agents: KnownAgents;
  /** How often replicas tell each other whom they hear, and look who is not heard. */
  readonly everyMs?: number;
}

/**
 * Notes once that an agent is not heard any more, and once that it is back. Any number of replicas may do so: each tells the
 * others by a count whom it hears. Two statements every 5 s, however many agents and projects there are.
 */
export function noteSilence(parts: AgentSilenceParts): { stop(): Promise<void> } {
  const { clock, log, everyMs = 5_000 } = parts;
  const silence = new Silence(parts, 2 * everyMs);
  return sweepEvery(clock, everyMs, () =>
    silence.look().catch((thrown: unknown) => {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      log.warn({ part: 'silence of agents' }, `Looked at again later: ${message}`);
    }),
  );
}

class Silence {
  readonly #parts: AgentSilenceParts;
  /** While the control plane or its database stood still, nobody could have been heard. */
  readonly #attendedMs: number;
  readonly #stopwatch;
  readonly #times = new Map<AgentId, number>();
  /** Of whom the log says so, or who was never heard; null before that was looked up. */
  #silent: Set<AgentId> | null = null;

  constructor(parts: AgentSilenceParts, attendedMs: number) {
    this.#parts = parts;
    this.#attendedMs = attendedMs;
    this.#stopwatch = createStopwatch(parts.clock);
  }

  async look(): Promise<void> {
    const { store, agents } = this.#parts;
    this.#silent ??= await silentIn(store);
    for (const heard of await store.heard(agents.takeHeard())) await this.#lookAt(heard, this.#silent);
  }

  async #lookAt({ project, agent, times }: HeardAgent, silent: Set<AgentId>): Promise<void> {
    const before = this.#times.get(agent);
    this.#times.set(agent, times);
    const unheardMs = this.#stopwatch.attendedMs(agent, String(times), this.#attendedMs);
    if (silent.has(agent)) {
      if (before === undefined || before === times) return;
      await this.#parts.store.transaction((tx) => this.#noteBack(tx, project, agent));
      silent.delete(agent);
    } else if (unheardMs >= silentAfterMs) {
      await this.#parts.store.transaction((tx) => this.#noteSilent(tx, { project, agent }, unheardMs));
      silent.add(agent);
    }
  }

  async #noteSilent(tx: Transaction, { project, agent }: AgentOf, unheardMs: number): Promise<void> {
    const stored = await tx.get(project, 'agent', agent);
    if (stored === undefined || stored.value.boot === null || isSilent(stored.value)) return;
    const now = this.#parts.clock.now();
    const lastHeardAt = instant(now - unheardMs);
    const next: AgentRecord = { ...stored.value, silentSince: now, lastHeardAt };
    await tx.put(project, 'agent', agent, next, stored.version);
    await tx.append([await silentEvent(tx, stored.value, now)]);
  }

  async #noteBack(tx: Transaction, project: ProjectId, agent: AgentId): Promise<void> {
    const stored = await tx.get(project, 'agent', agent);
    if (stored === undefined || !isSilent(stored.value)) return;
    const now = this.#parts.clock.now();
    await tx.append([await agentConnected(tx, stored.value, stored.value.boot ?? '', now)]);
    const next: AgentRecord = { ...stored.value, lastHeardAt: now, silentSince: null };
    await tx.put(project, 'agent', agent, next, stored.version);
  }
}

async function silentIn(store: Store): Promise<Set<AgentId>> {
  const silent = new Set<AgentId>();
  for (const { id } of await store.projects())
    for (const { value } of await store.read((tx) => everyOne(tx, id, 'agent')))
      if (isSilent(value)) silent.add(value.id);
  return silent;
}

async function silentEvent(
  tx: Reader,
  { id, project, environments }: AgentRecord,
  now: NewEvent['at'],
): Promise<NewEvent> {
  const [environment] = environments;
  const found = environment === undefined ? undefined : await tx.get(project, 'environment', environment);
  return {
    project,
    kind: 'agent.silent',
    at: now,
    actor: { kind: 'automation', rule: 'agent silence' },
    environment: environment ?? null,
    subject: `agent/${id}`,
    message: `The agent of ${found?.value.name ?? 'an environment'} is silent: nothing was heard of it for ${spanText(silentAfterMs)}`,
    payload: { silentAfterMs },
  };
}
