import type { ProjectId } from '../../domain/ids.ts';
import { keepLatest } from '../../domain/latest.ts';
import type { RecordKind, Stored } from '../../engine/store.ts';

/**
 * Records that never change once they are there, as they were read before: a project file is found by the digest of its text,
 * nearly every question needs it, and that of a thousand environments takes milliseconds to read.
 */
export interface Unchanging {
  get<K extends RecordKind>(
    project: ProjectId,
    kind: K,
    id: string,
    read: () => Promise<Stored<K> | undefined>,
  ): Promise<Stored<K> | undefined>;
}

const kinds: ReadonlySet<RecordKind> = new Set(['rules']);
const most = 32;

export function rememberUnchanging(): Unchanging {
  const known = new Map<string, Stored<RecordKind>>();
  return {
    get: async <K extends RecordKind>(
      project: ProjectId,
      kind: K,
      id: string,
      read: () => Promise<Stored<K> | undefined>,
    ) => {
      if (!kinds.has(kind)) return read();
      const place = `${project} ${kind} ${id}`;
      const before = known.get(place) as Stored<K> | undefined;
      const found = before ?? (await read());
      if (found === undefined) return undefined;
      // What was asked for last goes last.
      keepLatest(known, most, place, found);
      return found;
    },
  };
}
