import { livePhases as liveChanges } from '../../domain/change-request.ts';
import type { ProjectId } from '../../domain/ids.ts';
import { openPhases } from '../../domain/promotion.ts';
import { livePhases } from '../../domain/rollout/types.ts';
import { type Findable, foundBy, pageOfFound } from '../../engine/found-by.ts';
import type { Filter, Page, Reader, RecordKind, Stored } from '../../engine/store.ts';
import { everyOne } from '../lookup.ts';

type PageAsked = { readonly after?: string; readonly limit?: number };
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

/**
 * Reads for a page about a whole project: what is asked for of one environment after the other is read for all of them at
 * once, and nothing is read twice. So the number of questions to the store does not grow with the number of environments.
 * Answers as the reader does that it is given, and like that shows one state of the store throughout.
 */
export function pictureOf(reader: Reader, project: ProjectId): Reader {
  return new ProjectPicture(reader, project);
}

class ProjectPicture implements Reader {
  readonly #reader: Reader;
  readonly #project: ProjectId;
  readonly #shelves = new Map<string, Promise<unknown>>();
  readonly #asked = new Map<string, Promise<unknown>>();
  readonly samplesAfter: Reader['samplesAfter'];

  constructor(reader: Reader, project: ProjectId) {
    this.#reader = reader;
    this.#project = project;
    this.samplesAfter = (...of) => reader.samplesAfter(...of);
  }

  async get<K extends RecordKind>(project: ProjectId, kind: K, id: string): Promise<Stored<K> | undefined> {
    if (wholeShelves.has(kind) && project === this.#project) return (await this.#shelf(kind, {})).get(id);
    return this.#once(`${project} ${kind} ${id}`, () => this.#reader.get(project, kind, id));
  }

  async list<K extends RecordKind>(
    project: ProjectId,
    kind: K,
    filter: Filter = {},
    page: PageAsked = {},
  ): Promise<Page<Stored<K>>> {
    const wide = project === this.#project ? widened(kind, filter) : null;
    if (wide !== null) return pageOfFound((await this.#shelf(kind, wide)).values(), filter, page);
    const key = `${project} ${kind} ${JSON.stringify([filter, page])}`;
    return this.#once(key, () => this.#reader.list(project, kind, filter, page));
  }

  #shelf<K extends RecordKind>(kind: K, filter: Filter): Promise<ReadonlyMap<string, Shelved<K>>> {
    return remembered(this.#shelves, `${kind} ${JSON.stringify(filter)}`, async () => {
      const all = await everyOne(this.#reader, this.#project, kind, filter);
      return new Map(all.map((one) => [one.value.id, { ...one, found: foundBy(kind, one.value) }]));
    });
  }

  #once<T>(key: string, read: () => Promise<T>): Promise<T> {
    return remembered(this.#asked, key, read);
  }
}

/** The filter of the shelf on which all of it stands; null: it is read as it is asked for. */
function widened(kind: RecordKind, filter: Filter): Filter | null {
  if (wholeShelves.has(kind)) return {};
  const open = openShelves[kind];
  if (open !== undefined && filter.phase?.every((phase) => open.includes(phase)) === true)
    return { phase: open };
  const { environment, ...rest } = filter;
  // What there is of one release or one tree is about as much as there are environments.
  return environment !== undefined && (rest.name ?? rest.tree) !== undefined ? rest : null;
}

function remembered<T>(
  known: Map<string, Promise<unknown>>,
  key: string,
  read: () => Promise<T>,
): Promise<T> {
  const before = known.get(key) as Promise<T> | undefined;
  if (before !== undefined) return before;
  const reading = read();
  known.set(key, reading);
  return reading;
}
