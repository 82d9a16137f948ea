import { genesisLink, linkOf } from '../../domain/audit/chain.ts';
import type { Checkpoint } from '../../domain/audit/types.ts';
import type { ChainedEvent, EventKind } from '../../domain/event.ts';
import type { Digest, Instant, ProjectId } from '../../domain/ids.ts';
import { inMap } from '../../domain/latest.ts';
import { type Log, silentLog } from '../../domain/log.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Queue } from '../../engine/queue.ts';
import type {
  AgentOf,
  Chained,
  Countersigned,
  EventFilter,
  HeardAgent,
  Reader,
  Records,
  Store,
  Transaction,
  WakeUp,
} from '../../engine/store.ts';
import type { RandomBytes } from '../../engine/uuid.ts';
import { checkpointUnknown, databaseBusy, readOnlyWritten, transactionAttempts } from '../failures.ts';
import { unchained } from '../new-event.ts';
import { Callers } from '../callers.ts';
import { MemoryQueue } from './queue.ts';
import { frozen, type Keep } from './frozen.ts';
import { agentsIn, copyOf, type State, emptyState } from './state.ts';
import { MemoryTransaction, SerializationConflict } from './transaction.ts';

export interface MemoryParts {
  readonly clock: Clock;
  readonly log?: Log;
  /** For ids of events, so that a simulation can be repeated. */
  readonly random?: RandomBytes;
  /**
   * Keeps what it is given as it is, and does not freeze it: a fourth of the time of a simulation, where the code is
   * known to change nothing that it has handed over, because it does so frozen as well.
   */
  readonly trusting?: boolean;
}

/** Store and queue of one process, in memory, that behave as PostgreSQL's do: for tests and simulation. */
export function openMemory(parts: MemoryParts): { readonly store: Store; readonly queue: Queue } {
  const queue = new MemoryQueue(parts.clock, parts.log ?? silentLog);
  const store = new MemoryStore({ add: (wakeUps) => queue.add(wakeUps), stop: () => queue.stop() }, parts);
  return { store, queue };
}

/** The store alone, where another queue takes the wake-ups: for several replicas over one store. */
export const openMemoryStore = (
  parts: Omit<MemoryParts, 'clock' | 'log'>,
  add: (wakeUps: readonly WakeUp[]) => void,
): RestorableStore => new MemoryStore({ add, stop: async () => undefined }, parts);

/** Everything that was committed at one moment. */
export type Backup = State & { readonly isBackup: true };

/** Can be set back, as a database from its backup. Whoever works with it then has to be over: what they began is lost. */
export interface RestorableStore extends Store {
  backUp(): Backup;
  restore(backup: Backup): void;
}

/** Where the wake-ups of a commit go. */
interface WakeUps {
  add(wakeUps: readonly WakeUp[]): void;
  stop(): Promise<void>;
}

class MemoryStore implements RestorableStore {
  #state: State = emptyState();
  readonly #wakeUps: WakeUps;
  readonly #random: RandomBytes | undefined;
  readonly #keep: Keep;
  readonly #appended = new Callers<{
    readonly project: ProjectId;
    readonly kinds: readonly EventKind[];
  }>();
  /** As they were at a revision: they are asked for by everything that looks around regularly. */
  #listed:
    | (Pick<State, 'records' | 'revision'> & { readonly projects: readonly Records['project'][] })
    | null = null;
  readonly #chained = new Callers<{ readonly project: ProjectId; readonly what: Chained }>();

  constructor(wakeUps: WakeUps, { random, trusting = false }: Pick<MemoryParts, 'random' | 'trusting'>) {
    this.#wakeUps = wakeUps;
    this.#random = random;
    this.#keep = trusting ? <T>(value: T): T => value : frozen;
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const tx = new MemoryTransaction(this.#state, this.#keep);
      try {
        const result = await work(tx);
        this.#commit(tx);
        return result;
      } catch (thrown) {
        if (!(thrown instanceof SerializationConflict)) throw thrown;
        if (attempt >= transactionAttempts) throw databaseBusy(attempt, thrown);
        await letOthersGoOn(2 ** attempt);
      }
    }
  }

  /** What it sees is what a transaction would that commits: it is run again until nothing changed meanwhile. */
  async read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.transaction(async (tx) => {
      const result = await work(tx);
      if ((tx as MemoryTransaction).hasWritten) throw readOnlyWritten();
      return result;
    });
  }

  async events(
    project: ProjectId,
    after: number,
    limit: number,
    filter?: EventFilter,
  ): Promise<readonly ChainedEvent[]> {
    const chained = this.#eventsOf(project);
    const found: ChainedEvent[] = [];
    for (let place = Math.max(0, after); place < chained.length && found.length < limit; place += 1) {
      const event = chained[place];
      if (event !== undefined && passes(event, filter)) found.push(event);
    }
    return found;
  }

  async eventsBefore(
    project: ProjectId,
    before: number | null,
    limit: number,
    filter?: EventFilter,
  ): Promise<readonly ChainedEvent[]> {
    const found = this.#eventsOf(project).filter(
      (event) => (before === null || event.position < before) && passes(event, filter),
    );
    return found.toReversed().slice(0, limit);
  }

  async expirePayloads(project: ProjectId, before: Instant, limit: number): Promise<number> {
    const chained = inMap(this.#state.chained, project, () => []);
    const old = chained.filter(({ payload, at }) => payload !== null && at < before);
    const expiring = old.toSorted((left, right) => left.at - right.at).slice(0, limit);
    for (const event of expiring) chained[event.position - 1] = this.#keep({ ...event, payload: null });
    return expiring.length;
  }

  async head(project: ProjectId): Promise<{ readonly position: number; readonly link: Digest }> {
    const { position, link } = this.#eventsOf(project).at(-1) ?? { position: 0, link: genesisLink(project) };
    return { position, link };
  }

  async chain(project: ProjectId): Promise<number> {
    const waiting = this.#state.unchained.get(project) ?? [];
    this.#state.unchained.delete(project);
    const chained = inMap(this.#state.chained, project, () => []);
    for (const { content, payload, factsDigest, payloadDigest } of waiting) {
      const position = chained.length + 1;
      const previous = chained.at(-1)?.link ?? genesisLink(project);
      const link = linkOf({ project, position, previous, payloadDigest });
      chained.push(this.#keep({ project, ...content, payload, factsDigest, position, payloadDigest, link }));
    }
    if (waiting.length > 0) this.#chained.call({ project, what: 'events' });
    return waiting.length;
  }

  onChained(project: ProjectId, call: (what: Chained) => void): Disposable {
    return this.#chained.add((one) => {
      if (one.project === project) call(one.what);
    });
  }

  onAppended(call: (project: ProjectId, kinds: readonly EventKind[]) => void): Disposable {
    return this.#appended.add(({ project, kinds }) => call(project, kinds));
  }

  /** Nothing lies between those who commit and those who are told. */
  hearing(): number {
    return 1;
  }

  async checkpoints(
    project: ProjectId,
    page = { after: -1, limit: Number.POSITIVE_INFINITY },
  ): Promise<readonly Checkpoint[]> {
    return [...(this.#state.checkpoints.get(project)?.values() ?? [])]
      .filter((one) => one.position > page.after)
      .toSorted((left, right) => left.position - right.position)
      .slice(0, page.limit);
  }

  async lastCheckpoint(project: ProjectId, upTo = Number.POSITIVE_INFINITY): Promise<Checkpoint | undefined> {
    const all = [...(this.#state.checkpoints.get(project)?.values() ?? [])].filter(
      ({ position }) => position <= upTo,
    );
    const [newest] = all.toSorted((left, right) => right.position - left.position);
    return newest === undefined ? undefined : structuredClone({ ...newest, countersignatures: [] });
  }

  async addCheckpoint(project: ProjectId, checkpoint: Checkpoint): Promise<void> {
    const all = inMap(this.#state.checkpoints, project, () => new Map<number, Checkpoint>());
    if (all.has(checkpoint.position)) return;
    all.set(checkpoint.position, this.#keep(checkpoint));
    this.#chained.call({ project, what: 'checkpoint' });
  }

  async countersign(project: ProjectId, signed: readonly Countersigned[]): Promise<void> {
    const all = this.#state.checkpoints.get(project) ?? new Map<number, Checkpoint>();
    for (const { position } of signed) if (!all.has(position)) throw checkpointUnknown(position);
    for (const { position, agent, signature } of signed) {
      const checkpoint = all.get(position);
      if (checkpoint === undefined || checkpoint.countersignatures.some((one) => one.agent === agent))
        continue;
      const countersignatures = [...checkpoint.countersignatures, { agent, signature }];
      all.set(position, this.#keep({ ...checkpoint, countersignatures }));
    }
  }

  async heard(agents: readonly AgentOf[]): Promise<readonly HeardAgent[]> {
    const { heard, records } = this.#state;
    for (const { agent } of agents) heard.set(agent, (heard.get(agent) ?? 0) + 1);
    return agentsIn(records).map(({ project, agent }) => ({ project, agent, times: heard.get(agent) ?? 0 }));
  }

  async projects(): Promise<readonly Records['project'][]> {
    const { revision, records } = this.#state;
    if (this.#listed?.records !== records || this.#listed.revision !== revision)
      this.#listed = { records, revision, projects: projectsIn(records) };
    return this.#listed.projects;
  }

  backUp(): Backup {
    return { ...copyOf(this.#state), isBackup: true };
  }

  restore(backup: Backup): void {
    this.#state = copyOf(backup);
  }

  async close(): Promise<void> {
    await this.#wakeUps.stop();
  }

  #commit(tx: MemoryTransaction): void {
    const events = tx.events.map((event) => unchained(event, this.#random));
    tx.commit();
    for (const event of events) inMap(this.#state.unchained, event.project, () => []).push(event);
    this.#wakeUps.add(tx.wakeUps);
    for (const [project, of] of Map.groupBy(events, (event) => event.project))
      this.#appended.call({ project, kinds: of.map(({ content }) => content.kind) });
  }

  #eventsOf(project: ProjectId): readonly ChainedEvent[] {
    return this.#state.chained.get(project) ?? [];
  }
}

function projectsIn(records: State['records']): readonly Records['project'][] {
  const found: Records['project'][] = [];
  for (const [shelf, kept] of records)
    if (shelf.endsWith(' project'))
      for (const { value } of kept.values()) found.push(value as Records['project']);
  return found.toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

const passes = (event: ChainedEvent, filter: EventFilter = {}): boolean =>
  (filter.environment === undefined || event.environment === filter.environment) &&
  (filter.kinds === undefined || filter.kinds.includes(event.kind)) &&
  (filter.subject === undefined || event.subject === filter.subject);

/** Without time passing: who has little to do is through before the next try of who has much. */
async function letOthersGoOn(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}
