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
 * others by a count whom it hears. Two statements every 5 s, however many agents and projects there are, and one for each project
 * of which the log has said that an agent is silent.
 */
export function noteSilence(parts: AgentSilenceParts): { stop(): Promise<void> } {
  const { clock, log, everyMs = 5_000 } = parts;
  const silence = new Silence(parts, 2 * everyMs);
  const sweeps = sweepEvery(clock, everyMs, () =>
    silence.look().catch((thrown: unknown) => {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      log.warn({ part: 'silence of agents' }, `Looked at again later: ${message}`);
    }),
  );
  return {
    stop: async () => {
      silence[Symbol.dispose]();
      await sweeps.stop();
    },
  };
}

class Silence {
  readonly #parts: AgentSilenceParts;
  /** While the control plane or its database stood still, nobody could have been heard. */
  readonly #attendedMs: number;
  readonly #stopwatch;
  readonly #times = new Map<AgentId, number>();
  /** Of whom the log says so, or who was never heard. */
  readonly #silent = new Set<AgentId>();
  /** Where the log may say so of others: whoever wrote it may be gone before they are back. null: in all projects. */
  #unread: Set<ProjectId> | null = null;
  readonly #told;

  constructor(parts: AgentSilenceParts, attendedMs: number) {
    this.#parts = parts;
    this.#attendedMs = attendedMs;
    this.#stopwatch = createStopwatch(parts.clock);
    this.#told = parts.store.onAppended((project, kinds) => {
      if (kinds === null || kinds.includes('agent.silent')) this.#unread?.add(project);
    });
  }

  [Symbol.dispose](): void {
    this.#told[Symbol.dispose]();
  }

  async look(): Promise<void> {
    const { store, agents } = this.#parts;
    await this.#readSilent();
    const all = await store.heard(agents.takeHeard());
    this.#forgetAllBut(new Set(all.map(({ agent }) => agent)));
    for (const heard of all) await this.#lookAt(heard);
  }

  async #readSilent(): Promise<void> {
    const { store } = this.#parts;
    const projects = this.#unread ?? (await store.projects()).map(({ id }) => id);
    this.#unread = new Set();
    try {
      for (const project of projects)
        for (const agent of await silentIn(store, project)) this.#silent.add(agent);
    } catch (thrown) {
      this.#unread = null;
      throw thrown;
    }
  }

  #forgetAllBut(there: ReadonlySet<AgentId>): void {
    for (const agent of this.#times.keys()) {
      if (there.has(agent)) continue;
      this.#times.delete(agent);
      this.#silent.delete(agent);
      this.#stopwatch.forget(agent);
    }
  }

  async #lookAt({ project, agent, times }: HeardAgent): Promise<void> {
    const before = this.#times.get(agent);
    const unheardMs = this.#stopwatch.attendedMs(agent, String(times), this.#attendedMs);
    if (this.#silent.has(agent)) {
      // A count that fell was lost with a crash of the database: nobody was heard for that.
      if (before !== undefined && times > before) {
        await this.#parts.store.transaction((tx) => this.#noteBack(tx, project, agent));
        this.#silent.delete(agent);
      }
    } else if (unheardMs >= silentAfterMs) {
      await this.#parts.store.transaction((tx) => this.#noteSilent(tx, { project, agent }, unheardMs));
      this.#silent.add(agent);
    }
    // Last: what could not be noted is noted with the next look, though nothing more was heard by then.
    this.#times.set(agent, times);
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

async function silentIn(store: Store, project: ProjectId): Promise<readonly AgentId[]> {
  const all = await store.read((tx) => everyOne(tx, project, 'agent'));
  return all.flatMap(({ value }) => (isSilent(value) ? [value.id] : []));
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
