import type { ProjectId } from '../../domain/ids.ts';
import { inMap } from '../../domain/latest.ts';
import type { Page, RecordKind, Stored, Transaction } from '../../engine/store.ts';

type Found = Promise<Stored<RecordKind> | undefined>;
type Listed = Promise<Page<Stored<RecordKind>>>;

/** What was read of one kind of records of one project. */
interface Shelf {
  readonly found: Map<string, Found>;
  /** By what was asked for. */
  readonly listed: Map<string, Listed>;
}

/**
 * A transaction that asks for nothing twice: it sees one state of the store throughout. What it wrote itself it reads
 * again, as it was kept.
 */
export function seenOnce(tx: Transaction): Transaction {
  const shelves = new Map<string, Shelf>();
  const shelfOf = (project: ProjectId, kind: RecordKind): Shelf =>
    inMap(shelves, `${project} ${kind}`, () => ({ found: new Map(), listed: new Map() }));
  const forget = (project: ProjectId, kind: RecordKind, id: string): void => {
    const { found, listed } = shelfOf(project, kind);
    found.delete(id);
    listed.clear();
  };
  return {
    ...tx,
    get: <K extends RecordKind>(project: ProjectId, kind: K, id: string) =>
      inMap(shelfOf(project, kind).found, id, () => tx.get(project, kind, id)) as Promise<
        Stored<K> | undefined
      >,
    list: <K extends RecordKind>(project: ProjectId, kind: K, ...asked: ListAsked) =>
      inMap(shelfOf(project, kind).listed, JSON.stringify(asked), () =>
        tx.list(project, kind, ...asked),
      ) as Promise<Page<Stored<K>>>,
    put: (project, kind, id, value, expected) => {
      forget(project, kind, id);
      return tx.put(project, kind, id, value, expected);
    },
    remove: (project, kind, id) => {
      forget(project, kind, id);
      return tx.remove(project, kind, id);
    },
  };
}

type ListAsked = [filter?: Parameters<Transaction['list']>[2], page?: Parameters<Transaction['list']>[3]];
