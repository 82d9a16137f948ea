import type { NewEvent } from '../../domain/event.ts';
import type { AgentId, ProjectId, RolloutId } from '../../domain/ids.ts';
import { inMap } from '../../domain/latest.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import type {
  Filter,
  Page,
  PageAsked,
  RecordKind,
  Records,
  Stored,
  Transaction,
  WakeUp,
} from '../../engine/store.ts';
import { recordChanged } from '../failures.ts';
import { foundBy, pageOfFound } from '../../engine/found-by.ts';
import type { Keep } from './frozen.ts';
import { isProjectCalled, type Kept, type State, shelfOf } from './state.ts';

/** Thrown out of a transaction that read what another has changed meanwhile: it is run again. */
export class SerializationConflict extends Error {
  override readonly name = 'SerializationConflict';
}

/** The place in which all names of projects stand. */
const projectNames = 'names of projects';

/** Reads what is committed, keeps what it writes to itself, and remembers all it looked at. */
export class MemoryTransaction implements Transaction {
  readonly #state: State;
  readonly #keep: Keep;
  readonly #began: number;
  readonly #looked = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #records = new Map<string, Map<string, Kept | null>>();
  readonly #samples = new Map<string, readonly Sample[]>();
  /** null: forgotten. */
  readonly #sequences = new Map<string, number | null>();
  readonly events: NewEvent[] = [];
  readonly wakeUps: WakeUp[] = [];

  constructor(state: State, keep: Keep) {
    this.#state = state;
    this.#keep = keep;
    this.#began = state.revision;
  }

  get hasWritten(): boolean {
    return this.#changed.size + this.events.length + this.wakeUps.length > 0;
  }

  async get<K extends RecordKind>(project: ProjectId, kind: K, id: string): Promise<Stored<K> | undefined> {
    const shelf = shelfOf(project, kind);
    this.#look(`${shelf} ${id}`);
    const found = this.#keptAt(shelf, id);
    return found === undefined ? undefined : storedOf<K>(found);
  }

  async list<K extends RecordKind>(
    project: ProjectId,
    kind: K,
    filter: Filter = {},
    page: PageAsked = {},
  ): Promise<Page<Stored<K>>> {
    const shelf = shelfOf(project, kind);
    this.#look(shelf);
    const { items, next } = pageOfFound(this.#shelf(shelf), filter, page);
    return { items: items.map(storedOf<K>), next };
  }

  async put<K extends RecordKind>(
    project: ProjectId,
    kind: K,
    id: string,
    value: Records[K],
    expected: number,
  ): Promise<number> {
    const shelf = shelfOf(project, kind);
    this.#look(`${shelf} ${id}`);
    const found = foundBy(kind, value);
    if ((this.#keptAt(shelf, id)?.version ?? 0) !== expected) throw recordChanged(kind, id);
    if (kind === 'project') this.#takeName(found.name, id);
    const version = expected + 1;
    this.#write(shelf, id, { id, value: this.#keep(value), version, found });
    return version;
  }

  /** Of two who create a project of one name at once, the second runs again and finds it. */
  #takeName(name: string | null, id: string): void {
    this.#look(projectNames);
    if (isProjectCalled(this.#state, name, id)) throw recordChanged('project', id);
    this.#changed.add(projectNames);
  }

  async remove(project: ProjectId, kind: RecordKind, id: string): Promise<void> {
    const shelf = shelfOf(project, kind);
    this.#look(`${shelf} ${id}`);
    if (this.#keptAt(shelf, id) !== undefined) this.#write(shelf, id, null);
  }

  async append(events: readonly NewEvent[]): Promise<void> {
    this.events.push(...events.map(this.#keep));
  }

  async wake(wakeUps: readonly WakeUp[]): Promise<void> {
    this.wakeUps.push(...wakeUps);
  }

  async addSamples(project: ProjectId, samples: readonly Sample[]): Promise<void> {
    for (const sample of samples) {
      const place = `${project} samples ${sample.rollout}`;
      const all = this.#samples.get(place) ?? this.#state.samples.get(place) ?? [];
      const before = all.findLastIndex((one) => one.number <= sample.number);
      if (all[before]?.number === sample.number) continue;
      this.#look(place);
      this.#changed.add(place);
      this.#samples.set(place, all.toSpliced(before + 1, 0, this.#keep(sample)));
    }
  }

  async samplesAfter(
    project: ProjectId,
    rollout: RolloutId,
    number: number,
    limit: number,
  ): Promise<readonly Sample[]> {
    const place = `${project} samples ${rollout}`;
    this.#look(place);
    const all = this.#samples.get(place) ?? this.#state.samples.get(place) ?? [];
    const first = all.findLastIndex((sample) => sample.number <= number) + 1;
    return all.slice(first, first + limit);
  }

  async takeSequence(project: ProjectId, agent: AgentId, boot: string, sequence: number): Promise<boolean> {
    const place = `${bootsOf(project, agent)}${boot}`;
    this.#look(place);
    const mine = this.#sequences.get(place);
    const highest = (mine === undefined ? this.#state.sequences.get(place) : mine) ?? -1;
    if (sequence <= highest) return false;
    this.#sequences.set(place, sequence);
    this.#changed.add(place);
    return true;
  }

  async forgetOtherBoots(project: ProjectId, agent: AgentId, boots: readonly string[]): Promise<void> {
    const all = bootsOf(project, agent);
    const kept = new Set(boots.map((boot) => `${all}${boot}`));
    for (const place of [...this.#state.sequences.keys(), ...this.#sequences.keys()]) {
      if (!place.startsWith(all) || kept.has(place)) continue;
      this.#look(place);
      this.#changed.add(place);
      this.#sequences.set(place, null);
    }
  }

  /** Makes it all seen at once. Throws SerializationConflict, and then nothing has happened. */
  commit(): void {
    for (const place of this.#looked) this.#mustBeUnchanged(place);
    const state = this.#state;
    state.revision += 1;
    for (const place of this.#changed) state.changedIn.set(place, state.revision);
    for (const [shelf, written] of this.#records) {
      const records = inMap(state.records, shelf, () => new Map<string, Kept>());
      for (const [id, record] of written) {
        if (record === null) records.delete(id);
        else records.set(id, record);
      }
    }
    for (const [place, samples] of this.#samples) state.samples.set(place, samples);
    for (const [place, sequence] of this.#sequences) {
      if (sequence === null) state.sequences.delete(place);
      else state.sequences.set(place, sequence);
    }
  }

  #look(place: string): void {
    this.#mustBeUnchanged(place);
    this.#looked.add(place);
  }

  #mustBeUnchanged(place: string): void {
    if ((this.#state.changedIn.get(place) ?? 0) > this.#began) throw new SerializationConflict(place);
  }

  #write(shelf: string, id: string, record: Kept | null): void {
    inMap(this.#records, shelf, () => new Map<string, Kept | null>()).set(id, record);
    this.#changed.add(shelf).add(`${shelf} ${id}`);
  }

  #keptAt(shelf: string, id: string): Kept | undefined {
    const mine = this.#records.get(shelf)?.get(id);
    return mine === undefined ? this.#state.records.get(shelf)?.get(id) : (mine ?? undefined);
  }

  #shelf(shelf: string): readonly Kept[] {
    const all = new Map<string, Kept | null>(this.#state.records.get(shelf));
    for (const [id, record] of this.#records.get(shelf) ?? []) all.set(id, record);
    return [...all.values()].filter((record) => record !== null);
  }
}

const bootsOf = (project: ProjectId, agent: AgentId): string => `${project} sequence ${agent} `;

const storedOf = <K extends RecordKind>({ value, version }: Kept): Stored<K> => ({
  value: value as Records[K],
  version,
});
