import { livePhases as liveChanges } from '../../domain/change-request.ts';
import type { EnvironmentId, ProjectId } from '../../domain/ids.ts';
import { inMap } from '../../domain/latest.ts';
import { openPhases } from '../../domain/promotion.ts';
import { livePhases } from '../../domain/rollout/types.ts';
import { type Findable, foundBy, pageOfFound } from '../../engine/found-by.ts';
import type { Filter, Page, PageAsked, Reader, RecordKind, Stored } from '../../engine/store.ts';
import { everyOne } from '../lookup.ts';

type Shelved<K extends RecordKind> = Stored<K> & Findable;

/** What a project has one of for each environment: a whole shelf of it is read as soon as one is asked for. */
const wholeShelves: ReadonlySet<RecordKind> = new Set(['environment', 'observation', 'agent', 'alarm']);

/** Of these there are few in such a phase, and in others as many as there ever were. */
const openShelves: Partial<Record<RecordKind, readonly string[]>> = {
  promotion: openPhases,
  rollout: livePhases,
  proposal: ['waiting'],
  exception: ['standing'],
  change: liveChanges,
};

/** Some environments of a project: all that are kept by these names. */
export interface Within {
  readonly names: readonly string[];
  readonly environments: readonly Stored<'environment'>[];
}

/**
 * Reads for a page about a whole project, or about some of its environments: what is asked for of one environment after the
 * other is read for all of them at once, and nothing is read twice. So the number of questions to the store does not grow with
 * the number of environments. Answers as the reader does that it is given, and like that shows one state of the store
 * throughout. What is asked about other environments than those that it is for, it asks as it is asked.
 */
export function pictureOf(reader: Reader, project: ProjectId, within: Within | null = null): Reader {
  return new ProjectPicture(reader, project, within === null ? null : new Part(within));
}

class ProjectPicture implements Reader {
  readonly #reader: Reader;
  readonly #project: ProjectId;
  readonly #part: Part | null;
  readonly #shelves = new Map<string, Promise<unknown>>();
  readonly #asked = new Map<string, Promise<unknown>>();
  readonly samplesAfter: Reader['samplesAfter'];

  constructor(reader: Reader, project: ProjectId, part: Part | null) {
    this.#reader = reader;
    this.#project = project;
    this.#part = part;
    this.samplesAfter = (...of) => reader.samplesAfter(...of);
  }

  async get<K extends RecordKind>(project: ProjectId, kind: K, id: string): Promise<Stored<K> | undefined> {
    const isShelved =
      wholeShelves.has(kind) && project === this.#project && this.#part?.hasId(kind, id) !== false;
    if (isShelved) return (await this.#shelf(kind, {})).get(id);
    return this.#once(`${project} ${kind} ${id}`, () => this.#reader.get(project, kind, id));
  }

  async list<K extends RecordKind>(
    project: ProjectId,
    kind: K,
    filter: Filter = {},
    page: PageAsked = {},
  ): Promise<Page<Stored<K>>> {
    const isMine = project === this.#project && this.#part?.has(kind, filter) !== false;
    const wide = isMine ? widened(kind, filter) : null;
    if (wide !== null) return pageOfFound((await this.#shelf(kind, wide)).values(), filter, page);
    const key = `${project} ${kind} ${JSON.stringify([filter, page])}`;
    return this.#once(key, () => this.#reader.list(project, kind, filter, page));
  }

  #shelf<K extends RecordKind>(kind: K, filter: Filter): Promise<ReadonlyMap<string, Shelved<K>>> {
    const read = async (): Promise<ReadonlyMap<string, Shelved<K>>> => {
      const known =
        kind === 'environment' ? (this.#part?.environments as undefined | Stored<K>[]) : undefined;
      const narrow = { ...filter, ...this.#part?.filterOf(kind) };
      const all = known ?? (await everyOne(this.#reader, this.#project, kind, narrow));
      return new Map(
        all.map((one) => [one.value.id, { ...one, id: one.value.id, found: foundBy(kind, one.value) }]),
      );
    };
    const shelf = inMap(this.#shelves, `${kind} ${JSON.stringify(filter)}`, read);
    return shelf as ReturnType<typeof read>;
  }

  #once<T>(key: string, read: () => Promise<T>): Promise<T> {
    return inMap(this.#asked, key, read) as Promise<T>;
  }
}

/** The environments that a picture is of. */
class Part {
  readonly environments: readonly Stored<'environment'>[];
  readonly #names: ReadonlySet<string>;
  readonly #ids: ReadonlySet<EnvironmentId>;
  readonly #agents: ReadonlySet<string>;

  constructor({ names, environments }: Within) {
    this.environments = environments;
    this.#names = new Set(names);
    this.#ids = new Set(environments.map(({ value }) => value.id));
    this.#agents = new Set(environments.map(({ value }) => value.agent));
  }

  hasId(kind: RecordKind, id: string): boolean {
    return kind === 'agent' ? this.#agents.has(id) : this.#ids.has(id as EnvironmentId);
  }

  has(kind: RecordKind, { environment, name }: Filter): boolean {
    if (typeof environment === 'string') return this.#ids.has(environment);
    return kind === 'environment' && typeof name === 'string' && this.#names.has(name);
  }

  filterOf(kind: RecordKind): Filter {
    return kind === 'agent' ? { ids: [...this.#agents] } : { environment: [...this.#ids] };
  }
}

/** The filter of the shelf on which all of it stands; null: it is read as it is asked for. */
function widened(kind: RecordKind, filter: Filter): Filter | null {
  if (wholeShelves.has(kind)) return {};
  const { environment, ...rest } = filter;
  const open = openShelves[kind];
  if (open !== undefined && filter.phase?.every((phase) => open.includes(phase)) === true)
    return { phase: open };
  // What there is of one release or one tree is about as much as there are environments.
  return environment !== undefined && (rest.name ?? rest.tree) !== undefined ? rest : null;
}
