import type { ProjectId } from '../../domain/ids.ts';
import type { RecordKind, Transaction } from '../../engine/store.ts';

/** A transaction that keeps what is put back, and writes it in one go: each answer that is waited for costs more than a row. */
export interface WrittenTogether {
  readonly tx: Transaction;
  /** Writes what was kept back. What cannot be written fails here. */
  readonly flush: () => Promise<void>;
}

/** What is read of something that was kept back is written first. */
export function writtenTogether(tx: Transaction): WrittenTogether {
  let waiting: (() => Promise<unknown>)[] = [];
  /** Records, and kinds of records. */
  const places = new Set<string>();
  const flush = async (): Promise<void> => {
    const writes = waiting;
    waiting = [];
    places.clear();
    await Promise.all(writes.map((write) => write()));
  };
  const after = <T>(place: string, work: () => Promise<T>): Promise<T> =>
    places.has(place) ? flush().then(work) : work();
  return {
    flush,
    tx: {
      ...tx,
      get: (project, kind, id) => after(recordIn(project, kind, id), () => tx.get(project, kind, id)),
      list: (project, kind, filter, page) =>
        after(kindIn(project, kind), () => tx.list(project, kind, filter, page)),
      put: (project, kind, id, value, expected) =>
        after(recordIn(project, kind, id), async () => {
          waiting.push(() => tx.put(project, kind, id, value, expected));
          places.add(recordIn(project, kind, id)).add(kindIn(project, kind));
          return expected + 1;
        }),
      remove: (project, kind, id) => after(recordIn(project, kind, id), () => tx.remove(project, kind, id)),
    },
  };
}

const kindIn = (project: ProjectId, kind: RecordKind): string => `${project} ${kind}`;
const recordIn = (project: ProjectId, kind: RecordKind, id: string): string =>
  `${kindIn(project, kind)} ${id}`;
