import type { NewEvent } from '../../../../src/domain/event.ts';
import type { ProjectId } from '../../../../src/domain/ids.ts';
import type { Sample } from '../../../../src/domain/rollout/sample.ts';
import type { RecordKind, Records } from '../../../../src/engine/store.ts';
import { projectName } from '../people/project.ts';

export interface Put {
  readonly kind: RecordKind;
  readonly id: string;
  /** undefined: it was not there before, or is not any more. */
  readonly before: unknown;
  readonly after: unknown;
}

/** One transaction that was committed. */
export interface Commit {
  readonly by: string;
  readonly puts: readonly Put[];
  readonly events: readonly NewEvent[];
  /** All that it wrote to, and those of which what it wrote says it is. */
  readonly projects: ReadonlySet<ProjectId>;
}

/**
 * What is committed for the project that a history is about, as it is now; and who is told of each commit. Of what else is in
 * the store it knows the events alone.
 */
export class Ledger {
  readonly #records = new Map<RecordKind, Map<string, unknown>>();
  #own: ProjectId | null = null;
  readonly #events = new Map<ProjectId, NewEvent[]>();
  readonly #samples = new Map<string, Map<number, Sample>>();
  readonly #onCommit: (commit: Commit) => void;

  constructor(onCommit: (commit: Commit) => void) {
    this.#onCommit = onCommit;
  }

  /** null until it is declared. */
  get project(): ProjectId | null {
    return this.#own;
  }

  /** In the order of the commits. */
  get events(): readonly NewEvent[] {
    return this.#own === null ? [] : this.eventsOf(this.#own);
  }

  eventsOf(project: ProjectId): readonly NewEvent[] {
    return this.#events.get(project) ?? [];
  }

  /** Of one rollout, each once, however often it came. */
  samples(rollout: string): readonly Sample[] {
    return [...(this.#samples.get(rollout)?.values() ?? [])];
  }

  /** As it is now. */
  copy(): Ledger {
    const copy = new Ledger(this.#onCommit);
    copy.takeOver(this);
    return copy;
  }

  /** Is from now on as another one is now. */
  takeOver(other: Ledger): void {
    this.#own = other.#own;
    this.#events.clear();
    for (const [project, events] of other.#events) this.#events.set(project, [...events]);
    this.#records.clear();
    for (const [kind, shelf] of other.#records) this.#records.set(kind, new Map(shelf));
    this.#samples.clear();
    for (const [rollout, samples] of other.#samples) this.#samples.set(rollout, new Map(samples));
  }

  #keep(sample: Sample): void {
    const known = this.#samples.get(sample.rollout) ?? new Map<number, Sample>();
    this.#samples.set(sample.rollout, known);
    if (!known.has(sample.number)) known.set(sample.number, sample);
  }

  get<K extends RecordKind>(kind: K, id: string): Records[K] | undefined {
    return this.#records.get(kind)?.get(id) as Records[K] | undefined;
  }

  all<K extends RecordKind>(kind: K): readonly Records[K][] {
    return [...(this.#records.get(kind)?.values() ?? [])] as Records[K][];
  }

  commit(by: string, written: Written): void {
    const all = [...written.puts.values()];
    this.#own ??= all.find(({ kind, after }) => kind === 'project' && isOwn(after))?.project ?? null;
    const own = all.filter(({ project }) => project === this.#own);
    const puts = own.map(({ kind, id, after }): Put => {
      const shelf = this.#shelf(kind);
      const before = shelf.get(id);
      if (after === undefined) shelf.delete(id);
      else shelf.set(id, after);
      return { kind, id, before, after };
    });
    for (const event of written.events) this.#line(event.project).push(event);
    for (const sample of written.samples) this.#keep(sample);
    const events = written.events.filter(({ project }) => project === this.#own);
    const projects = new Set([...all, ...written.events].flatMap(projectsOf));
    this.#onCommit({ by, puts, events, projects });
  }

  #line(project: ProjectId): NewEvent[] {
    const found = this.#events.get(project) ?? [];
    this.#events.set(project, found);
    return found;
  }

  #shelf(kind: RecordKind): Map<string, unknown> {
    const found = this.#records.get(kind) ?? new Map<string, unknown>();
    this.#records.set(kind, found);
    return found;
  }
}

/** Where it was put, and what a record says itself. */
const projectsOf = ({ project, after }: { readonly project: ProjectId; readonly after?: unknown }) => {
  const said = (after as { readonly project?: ProjectId } | undefined)?.project;
  return said === undefined ? [project] : [project, said];
};

const isOwn = (project: unknown): boolean => (project as Records['project']).name === projectName;

/** What one attempt of a transaction wrote. */
export class Written {
  readonly puts = new Map<
    string,
    {
      readonly project: ProjectId;
      readonly kind: RecordKind;
      readonly id: string;
      readonly after: unknown;
    }
  >();
  readonly events: NewEvent[] = [];
  /** As they came: perhaps once more. */
  readonly samples: Sample[] = [];

  put(project: ProjectId, kind: RecordKind, id: string, after: unknown): void {
    this.puts.set(`${project} ${kind} ${id}`, { project, kind, id, after });
  }
}
