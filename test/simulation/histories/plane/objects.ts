import type { ObjectStore } from '../../../../src/ports/object-store.ts';
import type { Digest } from '../../../../src/domain/ids.ts';

/** Artifacts here are names only: what one holds is told by its digest alone. */
export function nominalObjects(): ObjectStore {
  const known = new Set<Digest>();
  return {
    put: async (digest) => {
      known.add(digest);
      return { stored: true, size: 0 };
    },
    keep: async () => {
      throw new Error('nothing is kept here');
    },
    get: async function* get() {
      yield new Uint8Array();
    },
    has: async (digest) => (known.has(digest) ? 0 : null),
  };
}
