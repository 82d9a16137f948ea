import type { NewEvent } from '../../../../src/domain/event.ts';
import type { Sample } from '../../../../src/domain/rollout/sample.ts';
import type { RecordKind, Records } from '../../../../src/engine/store.ts';

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
  /** As they came: perhaps once more. */
  readonly samples: readonly Sample[];
}

/** What is committed, as it is now; and who is told of each commit. */
export class Ledger {
  readonly #records = new Map<RecordKind, Map<string, unknown>>();
  readonly events: NewEvent[] = [];
  readonly #onCommit: (commit: Commit) => void;

  constructor(onCommit: (commit: Commit) => void) {
    this.#onCommit = onCommit;
  }

  get<K extends RecordKind>(kind: K, id: string): Records[K] | undefined {
    return this.#records.get(kind)?.get(id) as Records[K] | undefined;
  }

  all<K extends RecordKind>(kind: K): readonly Records[K][] {
    return [...(this.#records.get(kind)?.values() ?? [])] as Records[K][];
  }

  commit(by: string, written: Written): void {
    const puts = [...written.puts.values()].map(({ kind, id, after }): Put => {
      const shelf = this.#shelf(kind);
      const before = shelf.get(id);
      if (after === undefined) shelf.delete(id);
      else shelf.set(id, after);
      return { kind, id, before, after };
    });
    this.events.push(...written.events);
    this.#onCommit({ by, puts, events: written.events, samples: written.samples });
  }

  #shelf(kind: RecordKind): Map<string, unknown> {
    const found = this.#records.get(kind) ?? new Map<string, unknown>();
    this.#records.set(kind, found);
    return found;
  }
}

/** What one attempt of a transaction wrote. */
export class Written {
  readonly puts = new Map<
    string,
    { readonly kind: RecordKind; readonly id: string; readonly after: unknown }
  >();
  readonly events: NewEvent[] = [];
  readonly samples: Sample[] = [];

  put(kind: RecordKind, id: string, after: unknown): void {
    this.puts.set(`${kind} ${id}`, { kind, id, after });
  }
}
